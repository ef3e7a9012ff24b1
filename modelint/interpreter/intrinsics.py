"""The intrinsics of the stub language: what `from modelint_stub import ...` gives. docs/stubs.md describes each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar, get_args

from modelint.errors import StubError
from modelint.events import AdapterAttached, AdapterLoaded, DropoutProblem, LayerKind
from modelint.interpreter import (
    calls,
    copies,
    dropouts,
    intrinsics_training,
    layers,
    models,
    modes,
    natives,
    outdated,
    passes,
    places,
    saves,
)
from modelint.interpreter.arguments import Arguments, accepts
from modelint.interpreter.guards import assume, truth
from modelint.interpreter.state import UNKNOWN_MODE, State, deep
from modelint.interpreter.values import (
    FALSE,
    NOTHING,
    TRUE,
    UNKNOWN,
    Bound,
    Choice,
    Const,
    Data,
    Function,
    Key,
    ModeValue,
    Ref,
    Tuple,
    Value,
    constant,
    options,
    provenance,
)
from modelint.interpreter.weights import give_weights
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

Word = TypeVar("Word", bound=str)
LAYER_KINDS: dict[str, LayerKind] = {kind: kind for kind in get_args(LayerKind)}
DROPOUT_PROBLEMS: dict[str, DropoutProblem] = {problem: problem for problem in get_args(DropoutProblem)}
Intrinsic: TypeAlias = "Callable[[Machine, State, Arguments, Frame, Key], Value]"


def call(
    machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame, key: Key, span: Span
) -> list[tuple[State, Value]]:
    if name == "forward":
        return _forward(machine, state, arguments, frame, span)
    if name in ("switch", "set_flag"):
        return _with_flag(machine, state, TABLE[name], arguments, frame, key)
    function = TABLE.get(name)
    if function is None:
        raise StubError(f"{frame.module}:{span.row}: there is no intrinsic {name!r}")
    return [(state, function(machine, state, arguments, frame, key))]


def _modules(machine: Machine, state: State, arguments: Arguments) -> tuple[int, ...]:
    return models.module_ids(machine, state, arguments.positional[0]) if arguments.positional else ()


def _oid(machine: Machine, state: State, value: Value) -> int | None:
    if type(value) is Ref:
        return value.oid
    found = models.module_ids(machine, state, value)
    return found[0] if found else None


def _word(words: dict[str, Word], value: Const, frame: Frame, key: Key) -> Word:
    """One of the words that an intrinsic takes."""
    word = words.get(str(value.value))
    if word is None:
        raise StubError(f"{frame.module}:{natives.span_of(key).row}: {value.value!r} is not one of {', '.join(words)}")
    return word


def _with_flag(
    machine: Machine, state: State, setter: Intrinsic, arguments: Arguments, frame: Frame, key: Key
) -> list[tuple[State, Value]]:
    """A mode that depends on an unknown flag: a state for each value of the flag, which the guards remember."""
    flag = arguments.positional[1] if len(arguments.positional) > 1 else UNKNOWN
    if not _is_flag(flag) or truth(machine, state, flag) is not None:
        return [(state, setter(machine, state, arguments, frame, key))]
    results: list[tuple[State, Value]] = []
    for each, literal in ((state.fork(), TRUE), (state, FALSE)):
        if assume(machine, each, flag, truth=literal == TRUE):
            decided = replace(arguments, positional=(arguments.positional[0], literal))
            results.append((each, setter(machine, each, decided, frame, key)))
    return results


def _is_flag(value: Value) -> bool:
    """Whether a value is true or false, nobody knows which, and is the same wherever it is looked at."""
    if type(value) is Choice:
        return all(type(option) is Const or _is_flag(option) for option in value.options)
    return type(value) is Data and value.key is not None and not value.data


def _set_flag(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target = arguments.positional[0]
    mode = arguments.positional[1] if len(arguments.positional) > 1 else UNKNOWN
    oids = (target.oid,) if type(target) is Ref else models.module_ids(machine, state, target)
    modes.set_flags(machine, state, oids, mode, frame)
    return NOTHING


def _give_back(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    for was in options(arguments.positional[0]):
        if type(was) is ModeValue:
            modes.give_back(machine, state, was)
    return NOTHING


def _parts(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target = arguments.positional[0]
    oid = _oid(machine, state, target)
    if oid is None:
        return Tuple(())
    return Tuple(tuple(Ref(child) for _, child in models.parts(machine, state, oid)))


def _switch(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    """Sets the flags of a module and of all below it, except of those whose class has a `train` of its own: these are returned, for
    the caller to tell. Inert modules are left out, so that switching a large model costs little."""
    target, mode = arguments.positional[:2]
    oid = _oid(machine, state, target)
    if oid is None:
        return Tuple(())
    told: dict[int, None] = {}
    switched: dict[int, None] = {}
    pending = [oid]
    while pending:
        each = pending.pop()
        if each in switched:
            continue
        switched[each] = None
        for _, child in models.parts(machine, state, each):
            if machine.linker.overrides_train(state.heap[child].cls):
                told[child] = None
            else:
                pending.append(child)
    modes.set_flags(machine, state, switched, mode, frame)
    return Tuple(tuple(map(Ref, told)))


def _all_modules(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    """A module and all below it. Of what is not known, the modules inside are not either: it is not the whole of it that a test of a
    class finds."""
    oid = _oid(machine, state, arguments.positional[0])
    if oid is None:
        return UNKNOWN
    found = models.tree(machine, state, oid)
    unknown = {each for each in found if state.heap[each].kind == "symbol" and state.heap[each].cls is None}
    return Tuple(tuple(Data(("inside", each), objects=frozenset({each})) if each in unknown else Ref(each) for each in found))


def _sensitive(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target, kind = arguments.positional[0], arguments.positional[1]
    if type(target) is Ref and type(kind) is Const:
        obj = state.write(target.oid)
        layer = (_word(LAYER_KINDS, kind, frame, key), True)
        if layer not in obj.sensitive:
            obj.sensitive = (*obj.sensitive, layer)
        if layer[0] == "other":
            machine.sensitive_by_library.add(target.oid)
        if target.oid not in state.modes:
            state.set_mode(target.oid, modes.inert_mode(machine, state, target.oid))
    return NOTHING


def _add_layers(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    oid = _oid(machine, state, arguments.positional[0])
    if oid is None or oid not in state.heap:
        return NOTHING
    for value in arguments.positional[1:]:
        if type(value) is not Const:
            continue
        layers.add(machine, state, oid, _word(LAYER_KINDS, value, frame, key))
    return NOTHING


def _lost(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    modes.lose(machine, state, _modules(machine, state, arguments))
    return NOTHING


def _loaded(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    others = provenance(deep(state, list(arguments.positional[1:]))).parameters
    for oid in _modules(machine, state, arguments):
        if others - {oid}:
            machine.log.note(oid, "written")
        give_weights(machine, state, oid, "loaded", frame, frame.stub_text)
        if oid in machine.created_at and machine.created_at[oid] == (frame.site, frame.calls):
            machine.loaders[oid] = modes.entry_name(machine, frame)
    return NOTHING


def _copy(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    return copies.copy_value(machine, state, arguments.positional[0], frame, None)


def _name(state: State, oid: int, frame: Frame) -> str:
    """How the program may name a model that a library runs: as it names what it calls, or as an attribute of the object that it calls a
    method of."""
    owner = state.heap.get(frame.stub_receiver) if frame.stub_receiver is not None else None
    text, _, _ = frame.stub_text.rpartition(".")
    if text and owner is not None and not (owner.cls is not None and owner.cls.is_module):
        for name, value in owner.attributes.items():
            if value == Ref(oid):
                return f"{text}.{name}"
    return frame.stub_text


def _forward(machine: Machine, state: State, arguments: Arguments, frame: Frame, span: Span) -> list[tuple[State, Value]]:
    target, *inputs = arguments.positional
    values = deep(state, [*inputs, *arguments.keywords.values(), *((arguments.rest,) if arguments.rest is not None else ())])
    oids = (target.oid,) if type(target) is Ref else models.module_ids(machine, state, target)
    site = frame.site or machine.site(frame, span)
    key: Key = ("call", frame.module, span, frame.context)
    own = _own_forward(state, target)
    if isinstance(own, Function) and _is_called_by_the_program(frame) and not accepts(own, arguments):
        models.forget_symbol(machine, state, key)
        return [(state, Data(key))]
    running, ends = _inside(machine, state, own, arguments, frame, span)
    numbers: tuple[int, ...] = ()
    if frame.in_forward:
        passes.note_modes(machine, running, oids)
    else:
        numbers = tuple(passes.record_forward(machine, running, oid, frame, site, _name(running, oid, frame)) for oid in oids)
    cls = running.heap[target.oid].cls if own is not None and type(target) is Ref else None
    for end in ends:
        models.forget_symbol(machine, end, key)  # the model may be what the same call gave before
    result: Value = passes.output(machine, running, numbers, values, key)
    machine.log.use(provenance(values).data, "used")
    if cls is not None and machine.linker.forward_trains(cls):
        for end in ends:
            passes.backward(machine, end, result, site, frame)
    return [(end, result) for end in ends]


def _is_called_by_the_program(frame: Frame) -> bool:
    """Whether the arguments are the program's: a stub of a trainer need not know which ones the library gives."""
    entry = frame.stub_entry
    return entry is not None and entry.owner is not None and entry.owner.is_module and entry.ir.name == "__call__"


def _own_forward(state: State, target: Value) -> Value | None:
    """The `forward` of a class of the project; None if it is not known, or a library's."""
    obj = state.heap.get(target.oid) if type(target) is Ref else None
    found = obj.cls.lookup("forward") if obj is not None and obj.cls is not None else None
    return found[0] if found is not None and not found[1].is_stub else None


def _inside(
    machine: Machine, state: State, own: Value | None, arguments: Arguments, frame: Frame, span: Span
) -> tuple[State, list[State]]:
    """Run the body of a project's `forward` where it may change modes: the state in which it is called, with the modes in which its
    parts run, and those in which it returns."""
    target = arguments.positional[0]
    cls = state.heap[target.oid].cls if own is not None and type(target) is Ref else None
    if own is None or cls is None or not machine.linker.forward_matters(cls):
        return state, [state]
    running = state.fork()
    outer, frame.in_forward = frame.in_forward, True
    outer_modes, machine.modes_inside = machine.modes_inside, {}
    try:
        given = Arguments(arguments.positional, arguments.keywords, arguments.rest)
        ends = [end for end, _ in calls.call_value(machine, state, own, given, frame, span)]
        for oid, mode in machine.modes_inside.items():
            if mode.eval is not None and mode.eval != running.modes.get(oid, UNKNOWN_MODE).eval:
                machine.taken_back.add((oid, mode.eval.site))  # whoever holds a part, it asks for eval mode each time
            running.set_mode(oid, mode)
        return running, ends
    finally:
        frame.in_forward = outer
        machine.modes_inside = outer_modes


def _infer(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target, *inputs = arguments.positional
    name = arguments.keywords.get("name")
    method = str(name.value) if type(name) is Const else ""
    site = natives.place_of(machine, frame, key)
    oids = (target.oid,) if type(target) is Ref else models.module_ids(machine, state, target)
    numbers: tuple[int, ...] = ()
    if frame.in_forward:
        passes.note_modes(machine, state, oids)
    else:
        text = frame.stub_text
        numbers = tuple(
            passes.record_forward(machine, state, oid, frame, site, text, method=method, infer=True) for oid in oids
        )
    inputs_data = provenance(deep(state, list(inputs)))
    return Data(None, frozenset(), inputs_data.data | frozenset(numbers))


def _data(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    values = deep(state, arguments.all())
    result = provenance(values, None)
    machine.log.use(result.data, "used")
    return Data(None, result.graph if state.grad is not False else frozenset(), result.data)


def _detached(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    result = provenance(deep(state, arguments.all()))
    return Data(None, frozenset(), result.data, result.objects, result.parameters)


def _sink(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    source = provenance(deep(state, arguments.all()))
    machine.log.use(source.data, "plain")
    machine.log.use(source.data, "used")
    return NOTHING


def _unknown(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    models.forget_symbol(machine, state, key)
    return Data(key)


def _adapter(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target = arguments.positional[0]
    config = arguments.positional[2] if len(arguments.positional) > 2 else UNKNOWN
    if type(target) is Ref:
        base = arguments.positional[1]
        if type(base) is Ref:
            outdated.attach(machine, state, target.oid, base.oid, natives.place_of(machine, frame, key))
            for each in models.tree(machine, state, base.oid):
                machine.log.note(each, "adapted")
        state.facts[target.oid, "adapter"] = True
        values = state.heap[config.oid].attributes if type(config) is Ref and config.oid in state.heap else {}
        settings = tuple((str(name), value.value) for name, value in values.items() if type(value) is Const)
        configured = places.of_object(machine, config.oid) if isinstance(config, Ref) else None
        event = AdapterAttached(
            models.told(machine, state, target.oid, frame.stub_text.rpartition(".")[0]),
            natives.place_of(machine, frame, key),
            settings,
            configured,
        )
        machine.log.event(event)
    return NOTHING


def _adapter_loaded(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    target, flag = (
        arguments.positional[0],
        arguments.positional[1] if len(arguments.positional) > 1 else arguments.keywords.get("trainable", UNKNOWN),
    )
    if type(target) is Ref:
        state.facts[target.oid, "adapter"] = True
        trainable = bool(flag.value) if type(flag) is Const else None
        site = natives.place_of(machine, frame, key)
        state.facts[target.oid, "adapter_trainable"] = trainable
        machine.log.event(
            AdapterLoaded(models.told(machine, state, target.oid, frame.stub_text.rpartition(".")[0]), site, trainable)
        )
    return NOTHING


def _saved(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    saves.note(machine, state, arguments, frame, natives.span_of(key))
    return NOTHING


def _saved_values(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    saves.note_values(machine, state, arguments, frame, natives.span_of(key))
    return NOTHING


def _functional_dropout(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    name, problem = arguments.positional[:2]
    given = arguments.positional[2] if len(arguments.positional) > 2 else NOTHING
    if not isinstance(problem, Const) or frame.site is None:
        return NOTHING
    if machine.active_dropouts is not None and dropouts.is_settled(machine, given):
        text = frame.stub_text or (str(name.value) if isinstance(name, Const) else "")
        dropouts.note(machine, state, frame.site, text, _word(DROPOUT_PROBLEMS, problem, frame, key), frame)
    return NOTHING


def _uniform(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    """Random numbers between 0 and 1, of which a dropout may be made by hand."""
    return Data(("uniform", *key) if machine.active_dropouts is not None else key)


def _known(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    return constant(all(type(each) in (Const, Bound) for value in arguments.all() for each in options(value)))


def _version(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value:
    """A version to be compared with tuples of numbers."""
    name = arguments.positional[0]
    return Data(("version", str(name.value) if type(name) is Const else ""))


TABLE: dict[str, Intrinsic] = {
    "set_flag": _set_flag, "give_back": _give_back, "parts": _parts, "switch": _switch, "modules": _all_modules, "sensitive": _sensitive,
    "add_layers": _add_layers, "lost": _lost, "loaded": _loaded, "copy": _copy, "infer": _infer, "data": _data, "detached": _detached,
    "sink": _sink, "unknown": _unknown, "adapter": _adapter, "adapter_loaded": _adapter_loaded, "saved": _saved,
    "saved_values": _saved_values, "functional_dropout": _functional_dropout, "uniform": _uniform, "version": _version, "known": _known,
    **intrinsics_training.TABLE,
}  # fmt: skip
