"""What the interpreter knows of models: parts, mode-sensitive layers, mode changes, forwards, gradients and steps.

A *leaf* is a module that is itself sensitive to the mode (`Object.sensitive`), or stands for all leaves of a kind below a library
model that is not modelled inside. Every flag lives in `State.modes` by object; a module without an entry there has an unknown mode,
or is inert (nothing about it depends on the mode).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from modelint.events import Cause, Iteration, LayerKind, LayersKnown, LayerState, Model, Site
from modelint.events import Mode as ModeName
from modelint.interpreter import conditions
from modelint.interpreter.log import ForwardRecord, StepRecord
from modelint.interpreter.state import UNKNOWN_MODE, Mode, Object, State
from modelint.interpreter.values import (
    Bound,
    Choice,
    ClassInfo,
    Const,
    Data,
    Function,
    Key,
    ModeValue,
    Partial,
    Ref,
    Tuple,
    Value,
    options,
    parts_of,
    provenance,
)

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


ClassName: TypeAlias = "tuple[str, str]"
"""Module and qualified name."""


class Leaf(NamedTuple):
    """A mode-sensitive layer below a model: its dotted path, object, kind, whether it is one for sure, and the modules above it, itself
    included. `is_fitted`: its weights were loaded or trained, or those of a module above it."""

    path: str
    oid: int
    kind: LayerKind
    sure: bool
    above: tuple[int, ...]
    is_fitted: bool
    switched_by: tuple[tuple[ClassName, str], ...] = ()
    """The classes with a `train` of their own whose objects hold the layer, with the path of the layer from there."""


Description: TypeAlias = tuple[ClassInfo | None, object, tuple[int, ...]]
HELD = frozenset({"module", "model", "base_model", "_orig_mod"})
"""An attribute of a stub's module with one of these names holds a module, also when nothing is known of it."""


# ------------------------------------------------------------------ objects
def is_module(state: State, oid: int) -> bool:
    obj = state.heap.get(oid)
    return obj is not None and obj.cls is not None and obj.cls.is_module


def module_ids(machine: Machine, state: State, value: Value) -> tuple[int, ...]:
    """The modules that a value is or contains, known ones and unknown ones that were treated as modules."""
    found: dict[int, None] = {}
    containers: set[int] = set()
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, Ref):
            obj = state.heap.get(each.oid)
            if obj is None or each.oid in containers:
                continue
            if obj.kind in ("list", "dict"):
                containers.add(each.oid)
                stack.extend(obj.items or ())
                stack.extend(obj.attributes.values())
                stack.extend(() if obj.rest is None else (obj.rest,))
            elif is_module(state, each.oid):
                found[each.oid] = None
        elif isinstance(each, (Tuple, Choice)):
            stack.extend(each.items if isinstance(each, Tuple) else each.options)
        elif isinstance(each, Data):
            symbol = symbol_of(machine, state, each)
            if symbol is not None:
                found[symbol] = None
        elif isinstance(each, Bound):
            stack.append(each.receiver)
    return tuple(found)


def leads_to_model(state: State, value: Value) -> bool:
    """Whether a model can be reached from a value, or a function is (which may reach one)."""
    seen: set[int] = set()
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, Ref):
            obj = state.heap.get(each.oid)
            if obj is None or each.oid in seen:
                continue
            if (obj.cls is not None and obj.cls.is_module) or obj.kind == "symbol" or len(seen) > 200:
                return True
            seen.add(each.oid)
            stack.extend(obj.attributes.values())
            stack.extend(obj.items or ())
            stack.extend(() if obj.rest is None else (obj.rest,))
        elif isinstance(each, (Tuple, Choice)):
            stack.extend(each.items if isinstance(each, Tuple) else each.options)
        elif isinstance(each, Data):
            if each.parameters or each.graph:
                return True
            stack.extend(Ref(oid) for oid in each.objects)
        elif isinstance(each, Bound):
            stack.append(each.receiver)
        elif isinstance(each, Partial) or (isinstance(each, Function) and each.cells):
            return True
    return False


def symbol_of(machine: Machine, state: State, value: Data) -> int | None:
    """The object that stands for an unknown value, if it was ever treated as one."""
    if value.key is None:
        return None
    oid = machine.identities.get(("symbol", value.key))
    return oid if oid is not None and oid in state.heap else None


def promote(machine: Machine, state: State, value: Data) -> int | None:
    """The object that stands for an unknown value: made when it is first treated as one."""
    key = value.key
    if key is None:
        return None
    oid = machine.identity(("symbol", key))
    if key[0] == "either":
        for part in parts_of(key):
            machine.alternatives.setdefault(part, set()).add(key)
    if oid not in state.heap:
        state.add(oid, Object("symbol"))
        made = machine.constructed.get(key)
        mode = UNKNOWN_MODE if made is None else Mode(train=made, certain=False)
        if made is not None:
            machine.created_at[oid] = made.site, made.calls
        if key[0] == "attribute" and isinstance(key[1], tuple):
            parent = key[1][1] if key[1][0] == "object" else machine.identities.get(("symbol", key[1]))
            if isinstance(parent, int) and parent in state.heap:
                state.write(parent).attributes.setdefault(str(key[2]), value)
                mode = state.modes.get(parent, UNKNOWN_MODE)
        state.set_mode(oid, mode)
    return oid


def forget_symbol(machine: Machine, state: State, key: Key) -> None:
    """A call is executed again: what was known of its last result does not hold for the new one."""
    for wider in machine.alternatives.get(key, ()):
        forget_symbol(machine, state, wider)
    oid = machine.identities.get(("symbol", key))
    if oid is not None and oid in state.heap:
        del state.heap[oid]
        state.changes.discard(oid)
        state.owned.discard(oid)
        state.modes.pop(oid, None)
    if key in machine.guarded:
        state.ways = conditions.forgotten(state.ways, machine.guarded[key])


def parts(machine: Machine, state: State, oid: int) -> list[tuple[str, int]]:
    """The direct child modules with their names."""
    obj = state.heap.get(oid)
    if obj is None:
        return []
    if obj.children is not None:
        return obj.children
    found: list[tuple[str, int]] = []
    lasting = True
    for name, value in obj.attributes.items():
        if isinstance(value, Ref) and is_module(state, value.oid):
            found.append((str(name), value.oid))
            lasting = lasting and state.heap[value.oid].kind != "symbol"  # which can be forgotten
        elif name == "_modules":
            lasting = False
            found.extend(contained_modules(machine, state, value))
        elif isinstance(value, Choice):
            found.extend((str(name), o.oid) for o in value.options if type(o) is Ref and is_module(state, o.oid))
            lasting = False
        elif isinstance(value, Data) and value.key is not None:
            lasting = False
            if name in HELD and obj.cls is not None and obj.cls.is_stub and not value.data:
                held = promote(machine, state, value)
                if held is not None:
                    machine.log.note(held, "wrapped")
            symbol = symbol_of(machine, state, value)
            if symbol is not None and machine.log.evidence.get(symbol):
                found.append((str(name), symbol))
    if lasting:
        obj.children = found
    return found


def contained_modules(machine: Machine, state: State, container: Value) -> list[tuple[str, int]]:
    """The elements of a container of modules, named by their place in it where that is known."""
    found: dict[int, str] = {}
    for value in options(container):
        obj = state.heap.get(value.oid) if type(value) is Ref else None
        if obj is None:
            continue
        named = [(str(key), each) for key, each in obj.attributes.items()] + [
            (str(i), each) for i, each in enumerate(obj.items or ())
        ]
        named += [("*", obj.rest)] if obj.rest is not None else []
        for name, each in named:
            if type(each) is Data and each.key is not None and not each.data and not each.objects:
                held = promote(machine, state, each)
                if held is not None:
                    machine.log.note(held, "wrapped")
            for oid in module_ids(machine, state, each):
                found.setdefault(oid, name)
            for oid in provenance((each,)).objects:
                if is_module(state, oid):
                    found.setdefault(oid, name)
    return [(name, oid) for oid, name in found.items()]


def tree(machine: Machine, state: State, oid: int) -> list[int]:
    """A module and all modules below it."""
    seen: dict[int, None] = {}
    stack = [oid]
    while stack:
        each = stack.pop()
        if each not in seen:
            seen[each] = None
            stack.extend(child for _, child in parts(machine, state, each))
    return list(seen)


def class_names(machine: Machine, state: State, oids: Iterable[int]) -> tuple[str, ...]:
    """The dotted names of the classes of modules."""
    classes = {cls for oid in oids if (cls := state.heap[oid].cls) is not None and cls.ir is not None}
    return tuple(sorted(f"{machine.linker.dotted_module(cls.module)}.{cls.qualname}" for cls in classes))


def leaves(machine: Machine, state: State, oid: int) -> Iterator[Leaf]:
    """The mode-sensitive layers below a model, itself included. Unknown insides count as one leaf of kind `unknown`."""
    seen: set[int] = set()
    stack: list[tuple[str, int, tuple[int, ...]]] = [("", oid, ())]
    while stack:
        path, each, above = stack.pop()
        obj = state.heap.get(each)
        if each in seen or obj is None:
            continue
        seen.add(each)
        above = (*above, each)
        is_fitted = any((other, "weights") in state.facts for other in above)
        for kind, sure in obj.sensitive:
            yield Leaf(path, each, kind, sure, above, is_fitted)
        if obj.kind == "symbol" or (obj.cls is not None and _opaque(machine, state, obj)):
            yield Leaf(path, each, "unknown", False, above, is_fitted)
        for name, child in reversed(parts(machine, state, each)):
            stack.append((f"{path}.{name}".strip("."), child, above))


def _opaque(machine: Machine, state: State, obj: Object) -> bool:
    """Whether something inside could be sensitive without our knowing: a base that is not resolved, an unknown value that is called."""
    cls = obj.cls
    assert cls is not None
    if cls.unresolved_base:
        return True
    if cls.is_stub:
        return False
    called = machine.linker.called_attributes(cls)
    return any(type(value) is Data and name in called for name, value in obj.attributes.items())


def is_inert(machine: Machine, state: State, oid: int) -> bool:
    obj = state.heap.get(oid)
    return (
        obj is not None and obj.kind == "instance" and obj.cls is not None and obj.cls.is_stub and not obj.sensitive
        and not obj.cls.lookup("__modelint_wrapper__") and not parts(machine, state, oid)
    )  # fmt: skip


# ------------------------------------------------------------------ modes
def set_flag(machine: Machine, state: State, oid: int, value: Value, frame: Frame) -> None:
    """Set a module's own flag to a constant, to a mode that was read, or to something unknown."""
    from modelint.interpreter.frozen import note_switch

    if type(value) is Data:
        from modelint.interpreter.guards import truth

        known = truth(machine, state, value)
        value = value if known is None else Const(known, bool)
    mode = _new_mode(machine, state, oid, value, frame)
    if not mode.unknown and is_inert(machine, state, oid):
        return
    state.set_mode(oid, mode)
    note_switch(machine, state, oid, mode, frame)
    machine.log.activity += 1
    if frame.site is not None:
        machine.log.note(oid, "mode")


def _new_mode(machine: Machine, state: State, oid: int, value: Value, frame: Frame) -> Mode:
    if type(value) is ModeValue:
        if value.own.bits in (1, 2):
            # `train(flag)` gives one flag to all; where that is what a part had, its own story stays.
            was = dict(value.below).get(oid, value.own)
            return was if was.bits == value.own.bits else value.own
        for known, mode in ((value.oid, value.own), *value.below):
            if known == oid:
                return mode
        return value.own
    if type(value) is Const and value.type in (bool, int):
        cause = cause_of(machine, state, oid, frame)
        machine.mode_sites.setdefault(oid, {})[cause.site] = None
        if frame.stub_receiver == oid and cause.kind == "called":
            machine.apart.add((oid, cause.site))
        return Mode(train=cause) if value.value else Mode(eval=cause)
    if type(value) is Choice and all(type(o) is ModeValue for o in value.options):
        mine = [o for o in value.options if type(o) is ModeValue and (o.oid == oid or oid in dict(o.below))]
        if mine:
            return next((o.own for o in mine if o.oid == oid), None) or dict(mine[0].below)[oid]
    if type(value) is Choice and all(type(o) is Const for o in value.options):
        modes = [_new_mode(machine, state, oid, option, frame) for option in value.options]
        joined = modes[0]
        for mode in modes[1:]:
            joined = joined.join(mode)
        return joined
    return UNKNOWN_MODE


def cause_of(machine: Machine, state: State, oid: int, frame: Frame) -> Cause:
    """Why a mode changes here: a mode call in the user's code, or something inside a library function that it calls."""
    site = frame.site
    if not frame.is_stub or site is None:
        return Cause("called", machine.site(frame, frame.ir.header), frame.calls, text=frame.ir.qualname)
    entry = frame.stub_entry
    kind: Literal["created", "loaded", "called", "library"] = "library"
    if entry is not None and entry.owner is not None and entry.owner.is_module and entry.ir.name in ("train", "eval"):
        kind = "called"
    elif machine.created_at.get(oid) == (site, frame.calls):
        kind = "loaded"
    return Cause(kind, site, frame.calls, by=entry_name(machine, frame), text=frame.stub_text)


def entry_name(machine: Machine, frame: Frame) -> str:
    entry = frame.stub_entry
    if entry is None:
        return frame.stub_text
    return machine.linker.dotted(entry)


def lose(machine: Machine, state: State, oids: tuple[int, ...]) -> None:
    """Forget the modes of modules and everything below them."""
    for oid in oids:
        for each in tree(machine, state, oid):
            if each in state.modes:
                state.set_mode(each, UNKNOWN_MODE)


def doubt(machine: Machine, state: State, oids: tuple[int, ...]) -> None:
    """Something unresolved received the modules: their modes are likely, not certain, from now on."""
    for oid in oids:
        own = state.modes.get(oid)
        if own is not None and (own.unknown or not own.certain):
            continue  # nothing was set since they were doubted last
        for each in tree(machine, state, oid):
            mode = state.modes.get(each)
            if mode is not None and mode.certain and not mode.unknown:
                state.set_mode(each, mode._replace(certain=False))


def read_mode(machine: Machine, state: State, oid: int) -> ModeValue:
    below = tuple((each, state.modes.get(each, UNKNOWN_MODE)) for each in tree(machine, state, oid)[1:] if each in state.modes)
    return ModeValue(oid, state.modes.get(oid, UNKNOWN_MODE), below)


def inert_mode(machine: Machine, state: State, oid: int) -> Mode:
    """The mode of a module about which nothing depended on it so far, and which therefore has none of its own: that of what holds it."""
    holders = [
        each
        for each in list(state.modes)
        if each in state.heap and any(child == oid for _, child in parts(machine, state, each))
    ]
    if not holders:
        created = machine.created_at.get(oid)
        return Mode(train=Cause("created", *created)) if created is not None else UNKNOWN_MODE
    mode = state.modes[holders[0]]
    for holder in holders[1:]:
        mode = mode.join(state.modes[holder])
    return mode


def mode_name(mode: Mode | None) -> ModeName:
    if mode is None or mode.unknown or mode.bits == 0:
        return "unknown"
    return "both" if mode.bits == 3 else "train" if mode.bits == 1 else "eval"


# ------------------------------------------------------------------ layers
def layer_states(machine: Machine, state: State, oid: int) -> tuple[tuple[LayerState, ...], tuple[Leaf, ...], LayersKnown]:
    """The sensitive layers of a model with their modes now; leaves of one part and kind in one mode count once."""
    from modelint.interpreter.frozen import left_in_train

    rows: dict[tuple[object, ...], tuple[LayerState, Leaf]] = {}
    known: LayersKnown = "none"
    overridden = {each for each in tree(machine, state, oid) if machine.linker.overrides_train(state.heap[each].cls)}
    switched = _switched_by_classes(machine, state)
    for leaf in leaves(machine, state, oid):
        if leaf.oid in switched:
            leaf = leaf._replace(switched_by=tuple(switched[leaf.oid]))
        mode = state.modes.get(leaf.oid, UNKNOWN_MODE)
        if leaf.kind == "unknown" or not leaf.sure:
            known = "unknown" if known == "none" else known
        else:
            known = "some"
        frozen = state.facts.get((leaf.oid, "frozen"), False) is not False
        set_by = mode.eval or mode.train
        apart = set_by is not None and (leaf.oid, set_by.site) in machine.apart and leaf.oid != oid
        intended = apart or bool(leaf.switched_by or overridden & set(leaf.above))
        left = left_in_train(machine, state, leaf, mode)
        key = (
            leaf.path.rpartition(".")[0] if known == "some" else leaf.path,
            leaf.kind,
            mode.bits,
            frozen,
            intended,
            leaf.is_fitted,
            mode.train,
            mode.eval,
            left,
        )
        if key not in rows:
            rows[key] = (
                LayerState(
                    leaf.path,
                    leaf.kind,
                    mode_name(mode),
                    mode.train,
                    mode.eval,
                    frozen,
                    mode.certain and leaf.sure,
                    intended,
                    left_in_train=left,
                ),
                leaf,
            )
    return tuple(row for row, _ in rows.values()), tuple(leaf for _, leaf in rows.values()), known


def _switched_by_classes(machine: Machine, state: State) -> dict[int, list[tuple[ClassName, str]]]:
    """The layers that an object with a `train` of its own holds, a whole that is not at work itself included: by layer, the classes of
    such objects, each with the path of the layer from there."""
    found: dict[int, list[tuple[ClassName, str]]] = {}
    for oid in sorted(machine.overriding & state.heap.keys()):
        cls = state.heap[oid].cls
        if cls is not None:
            for leaf in leaves(machine, state, oid):
                found.setdefault(leaf.oid, []).append(((cls.module, cls.qualname), leaf.path))
    return found


# ------------------------------------------------------------------ forwards
def record_forward(
    machine: Machine,
    state: State,
    oid: int,
    frame: Frame,
    site: Site,
    text: str,
    *,
    method: str = "",
    resolved: bool = True,
    infer: bool = False,
) -> int:
    """Note a forward and give its number. The same place, object and modes give the same number."""
    layers, found, known = layer_states(machine, state, oid)
    bits = tuple((leaf.oid, state.modes.get(leaf.oid, UNKNOWN_MODE).bits, leaf.is_fitted) for leaf in found)
    weights, everywhere = weights_of(machine, state, oid)
    key: Key = (site, frame.calls, oid, bits, state.grad, machine.iteration, weights is None, everywhere, infer, method)
    number = machine.log.by_key.get(key)
    if number is None:
        number = machine.log.by_key[key] = len(machine.log.forwards)
        machine.log.forwards.append(
            ForwardRecord(
                number, oid, site, frame.calls, layers, known, state.grad, frame.concrete, _iteration(machine), text, method, weights,
                everywhere, frame.is_stub, resolved, infer=infer,
            )
        )  # fmt: skip
        machine.forward_leaves.append(found)
        machine.snapshots.append(describe(machine, state, oid))
    machine.log.activity += 1
    record = machine.log.forwards[number]
    record.feasible = record.feasible or state.feasible
    return number


def told(machine: Machine, state: State, oid: int, text: str) -> Model:
    """A model as events tell of it; `text` is how the code names it there."""
    cls = state.heap[oid].cls
    created = machine.created_at.get(oid)
    return Model(
        str(oid), text, cls.name if cls is not None else "", created[0] if created is not None else None,
        loader=machine.loaders.get(oid, ""), adapter=(oid, "adapter") in state.facts,
    )  # fmt: skip


def describe(machine: Machine, state: State, oid: int) -> Description:
    """What is to be told of an object: class, whether it is an adapter or a LightningModule, all above the parts."""
    obj = state.heap.get(oid)
    cls = obj.cls if obj is not None else None
    return (cls, state.facts.get((oid, "adapter")), tuple(tree(machine, state, oid)))


def _iteration(machine: Machine) -> Iteration:
    tags = {tag for _, tag in machine.iteration}
    return "later" if "later" in tags else "first" if "first" in tags else "only"


def weights_of(machine: Machine, state: State, oid: int) -> tuple[Cause | None, bool]:
    """What gave the weights of a model, or of a part of it, their meaning, and whether something did on every path."""
    found: Cause | None = None
    for each in tree(machine, state, oid):
        cause = state.facts.get((each, "weights"))
        if isinstance(cause, Cause):
            if (each, "untrained") not in state.facts:
                return cause, True
            found = found or cause
    return found, False


def give_weights(
    machine: Machine,
    state: State,
    oid: int,
    kind: Literal["loaded", "called"],
    frame: Frame,
    text: str,
    site: Site | None = None,
) -> None:
    where = site or frame.site or machine.site(frame, frame.ir.header)
    cause = Cause(kind, where, frame.calls, text=text)
    for each in tree(machine, state, oid):
        state.facts.setdefault((each, "weights"), cause)
        state.facts.pop((each, "untrained"), None)


def output(machine: Machine, state: State, numbers: tuple[int, ...], values: list[Value], key: Key | None) -> Data:
    """The result of a forward: it depends on the forward and on what went in, through the graph if gradients are recorded."""
    inputs = provenance(values)
    mine = frozenset(numbers)
    if state.grad is False:
        return Data(key, frozenset(), inputs.data | mine)
    return Data(key, inputs.graph | mine, inputs.data | mine)


# ------------------------------------------------------------------ gradients and steps
def backward(machine: Machine, state: State, value: Value, site: Site, frame: Frame) -> None:
    """A backward pass: adds to the pending gradients of the models it reaches; what it depends on only as data is a target."""
    source = provenance((value,))
    log = machine.log
    number = log.backward_number(site)
    log.use(source.graph, "backward")
    for each in source.graph:
        oid = log.forwards[each].oid
        state.pending[oid] = state.pending.get(oid, frozenset()) | {(each, number)}
        log.note(oid, "backward")
    log.use(source.data - source.graph, "target")


def owned_by(machine: Machine, state: State, optimizer: int) -> frozenset[int]:
    owned = state.facts.get((optimizer, "owns"))
    return owned if isinstance(owned, frozenset) else frozenset()


def related(machine: Machine, state: State, owned: frozenset[int]) -> set[int]:
    """The models that an optimizer trains: what it owns, everything below it, and every model that has it as a part."""
    below = {each for oid in owned for each in tree(machine, state, oid)}
    above = {oid for oid in state.pending if oid not in below and owned & set(tree(machine, state, oid))}
    return below | above


def step(
    machine: Machine, state: State, owned: frozenset[int] | None, site: Site | None, frame: Frame, trainer: str = ""
) -> None:
    """An optimizer step: every pending forward of a model that it owns was trained. `owned` None: nobody knows what it owns."""
    models = set(state.pending) if owned is None else related(machine, state, owned)
    for oid in sorted(models & set(state.pending)):
        for forward, number in sorted(state.pending[oid]):
            record = StepRecord(forward, machine.log.backward_sites[number], site, trainer, owned is not None, frame.calls)
            machine.log.step(record, feasible=state.feasible)
            machine.step_owned.setdefault(record, set()).update(owned or {oid})
        give_weights(machine, state, oid, "called", frame, "training", site)
    for oid in owned or ():
        machine.log.note(oid, "owned")


def clear_gradients(machine: Machine, state: State, owned: frozenset[int] | None) -> None:
    machine.log.activity += 1
    for oid in [oid for oid in state.pending if owned is None or oid in related(machine, state, owned)]:
        del state.pending[oid]
