"""What Python itself does: builtins, containers, iteration, methods of strings, lists and dicts, and of unknown data.

A native function takes the machine, the state, the frame and its arguments and gives a value; the few that run code (map, next,
...) go through `calls`. A name that is not listed here is an unresolved call like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from modelint.interpreter import models
from modelint.interpreter.guards import key_of, truth
from modelint.interpreter.state import Object, State, deep, join_values
from modelint.interpreter.values import (
    FALSE,
    NOTHING,
    TRUE,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    ClassInfo,
    Const,
    Data,
    External,
    Function,
    Generator,
    Key,
    ModeValue,
    Module,
    Native,
    Partial,
    Plain,
    Range,
    Ref,
    Super,
    Tuple,
    Value,
    Wrapped,
    choice,
    constant,
    options,
    plain_values,
    provenance,
)
from modelint.ir import ops
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.calls import Arguments
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

GeneratorType = Generator
UNROLLED = 16
MODULES = 256
"""The same for what `modules()` and its kin give: each of them has a mode of its own."""
NativeFunction: TypeAlias = "Callable[[Machine, State, Arguments, Frame, Key], Value | None]"
"""None: the call cannot be decided here and is treated as unresolved."""

EXCEPTIONS = frozenset(
    "Exception BaseException ValueError TypeError RuntimeError KeyError IndexError AttributeError NotImplementedError AssertionError"
    " StopIteration KeyboardInterrupt ImportError OSError IOError FileNotFoundError".split()
)
BUILTINS = frozenset(
    "print len range enumerate zip list tuple dict set frozenset str int float bool isinstance hasattr getattr setattr callable iter next"
    " map filter sorted reversed min max sum abs round any all type super property staticmethod classmethod object issubclass vars dir id"
    " repr format open input eval exec globals locals hash ord chr bytes divmod pow slice reveal_mode __import__ delattr".split()
)
TEXT_METHODS = frozenset(
    "lower upper strip startswith endswith replace removeprefix removesuffix title capitalize split".split()
)
CONSTANTS: dict[str, Value] = {"True": TRUE, "False": FALSE, "None": NOTHING, "NotImplemented": UNKNOWN, "Ellipsis": UNKNOWN}


def builtin(name: str) -> Value | None:
    if name in BUILTINS:
        return Native(name)
    if name in EXCEPTIONS:
        return External(f"builtins.{name}")
    return CONSTANTS.get(name)


def span_of(key: Key) -> Span:
    """Where the call of a native function stands whose key this is."""
    span = key[3]
    assert isinstance(span, Span)
    return span


# ------------------------------------------------------------------ containers
def new_list(machine: Machine, state: State, items: tuple[Value, ...] | None, key: Key, rest: Value | None = None) -> Ref:
    oid = machine.identity(("list", key))
    return state.add(oid, Object("list", items=items, rest=rest))


def new_dict(machine: Machine, state: State, entries: dict[Plain, Value], key: Key, rest: Value | None = None) -> Ref:
    oid = machine.identity(("dict", key))
    return state.add(oid, Object("dict", attributes=entries, rest=rest))


def summarise(obj: Object, value: Value | None) -> None:
    """Forget how many elements a list has; `value` joins them."""
    elements = [*(obj.items or ()), *((obj.rest,) if obj.rest is not None else ()), *((value,) if value is not None else ())]
    obj.items = None
    obj.rest = choice(elements) if elements else None


def build(machine: Machine, op: ops.Build, state: State, frame: Frame) -> Value:
    key: Key = (frame.module, op.span, frame.context)
    values: list[Value] = []
    known = True
    for argument in op.items:
        value = state.locals[argument.value]
        if argument.name == "*":
            elements = known_elements(machine, state, value)
            if elements is None:
                known = False
                values.append(element(machine, state, value))
            else:
                values.extend(elements)
        elif argument.name == "**":
            continue
        else:
            values.append(value)
    if op.kind == "tuple":
        return Tuple(tuple(values)) if known else provenance(values)
    if op.kind == "dict":
        return _build_dict(machine, op, state, key)
    if known and len(values) <= 64:
        return new_list(machine, state, tuple(values), key)
    return new_list(machine, state, None, key, choice(values) if values else None)


def _build_dict(machine: Machine, op: ops.Build, state: State, key: Key) -> Value:
    entries: dict[Plain, Value] = {}
    rest: Value | None = None
    pending: Value | None = None
    for argument in op.items:
        value = state.locals[argument.value]
        if argument.name == "**":
            other = state.heap.get(value.oid) if type(value) is Ref else None
            if other is not None and other.kind == "dict":
                entries.update(other.attributes)
                rest = other.rest if rest is None else rest if other.rest is None else join_values(rest, other.rest)
            else:
                rest = value if rest is None else join_values(rest, value)
        elif pending is None:
            pending = value
        else:
            if type(pending) is Const:
                entries[pending.value] = value
            else:
                rest = value if rest is None else join_values(rest, value)
            pending = None
    return new_dict(machine, state, entries, key, rest)


def known_elements(machine: Machine, state: State, value: Value) -> tuple[Value, ...] | None:
    """The elements of a container whose number is known and small."""
    if isinstance(value, Tuple):
        short = len(value.items) <= (MODULES if all(type(item) is Ref for item in value.items) else UNROLLED)
        return value.items if short else None
    if isinstance(value, Const) and isinstance(value.value, str):
        return None
    if isinstance(value, Ref):
        obj = state.heap.get(value.oid)
        if obj is None:
            return None
        if obj.kind == "list":
            return obj.items if obj.items is not None and len(obj.items) <= 64 else None
        if obj.kind == "dict" and obj.rest is None and len(obj.attributes) <= UNROLLED:
            return tuple(constant(k) for k in obj.attributes)
        if obj.kind == "instance" and "_modules" in obj.attributes:
            return known_elements(machine, state, obj.attributes["_modules"])
    return None


def element(machine: Machine, state: State, value: Value, *, first: bool = True, key: Key | None = None) -> Value:
    """One element of a container, whichever."""
    if isinstance(value, Tuple):
        return choice(value.items) if value.items else UNKNOWN
    if isinstance(value, Range):
        start = value.start
        return start if first and type(start) is Const else value
    if isinstance(value, Choice):
        return (
            choice(element(machine, state, o, first=first, key=key) for o in value.options if o != NOTHING)
            if any(o != NOTHING for o in value.options)
            else UNKNOWN
        )
    if isinstance(value, Ref):
        obj = state.heap.get(value.oid)
        if obj is not None and obj.kind == "list":
            elements = [*(obj.items or ()), *((obj.rest,) if obj.rest is not None else ())]
            if len(elements) == 1 and type(elements[0]) is Tuple and _has_range(elements[0]):
                return Tuple(
                    tuple(element(machine, state, e, first=first) if type(e) is Range else e for e in elements[0].items)
                )
            return choice(elements) if elements else Data(key)
        if obj is not None and obj.kind == "dict":
            return choice(constant(k) for k in obj.attributes) if obj.attributes and obj.rest is None else Data(key)
        if obj is not None and "_modules" in obj.attributes:
            return element(machine, state, obj.attributes["_modules"], first=first, key=key)
        return Data(key)
    if isinstance(value, Data):
        return value._replace(key=key)
    return Data(key)


def _has_range(value: Tuple) -> bool:
    return any(type(item) is Range for item in value.items)


def each_option(machine: Machine, state: State, iterable: Value) -> tuple[Value, ...] | None:
    """What a loop over a container of unknown length visits, if that is a few different modules: one iteration for each, so that
    what every iteration does to its variable is done to all of them."""
    if type(iterable) is Ref and iterable.oid in state.heap:
        obj = state.heap[iterable.oid]
        if "_modules" in obj.attributes:
            return each_option(machine, state, obj.attributes["_modules"])
        if obj.kind == "list" and obj.items is None and type(obj.rest) is Choice:
            if all(type(o) is Ref and models.is_module(state, o.oid) for o in obj.rest.options):
                return obj.rest.options
    return None


def get_item(machine: Machine, state: State, owner: Value, index: Value, frame: Frame) -> Value:
    if isinstance(owner, Tuple):
        number = _number(index, len(owner.items))
        if number is not None:
            return owner.items[number]
        sliced = _slice(index, owner.items)
        return Tuple(sliced) if sliced is not None else choice(owner.items) if owner.items else UNKNOWN
    if isinstance(owner, Choice):
        found = [get_item(machine, state, o, index, frame) for o in owner.options if o != NOTHING]
        return choice(found) if found else UNKNOWN
    if isinstance(owner, Data):
        key = key_of(index)
        chosen = owner._replace(key=("item", owner.key, key) if owner.key is not None and key is not None else None)
        by = provenance((index,)).data  # what was chosen depends on what chose it, though no gradient goes that way
        return chosen._replace(data=chosen.data | by) if by else chosen
    if isinstance(owner, Ref):
        return _item_of_object(machine, state, owner, index, frame)
    if isinstance(owner, Range):
        return owner
    first, second = key_of(owner), key_of(index)
    return provenance((owner,), ("item", first, second) if first is not None and second is not None else None)


def _item_of_object(machine: Machine, state: State, owner: Ref, index: Value, frame: Frame) -> Value:
    obj = state.heap.get(owner.oid)
    if obj is None:
        return UNKNOWN
    if obj.kind == "dict":
        if type(index) is Const and index.value in obj.attributes:
            return obj.attributes[index.value]
        if type(index) is Const and obj.rest is None and not obj.attributes:
            return UNKNOWN
        if type(index) is Const and obj.rest is not None:
            return obj.rest
        values = [*obj.attributes.values(), *((obj.rest,) if obj.rest is not None else ())]
        return choice(values) if values else UNKNOWN
    if obj.kind == "list":
        if obj.items is not None:
            number = _number(index, len(obj.items))
            if number is not None:
                return obj.items[number]
            sliced = _slice(index, obj.items)
            if sliced is not None:
                return new_list(machine, state, sliced, ("slice", owner.oid, index))
        elif type(index) is Tuple and index.items[:1] == (constant("slice"),):
            return new_list(machine, state, None, ("slice", owner.oid, index), obj.rest)
        return element(machine, state, owner)
    return UNKNOWN


def _number(index: Value, length: int) -> int | None:
    if type(index) is Const and index.type is int and isinstance(index.value, int) and -length <= index.value < length:
        return index.value
    return None


def _slice(index: Value, items: tuple[Value, ...]) -> tuple[Value, ...] | None:
    if type(index) is not Tuple or not index.items or index.items[0] != constant("slice"):
        return None
    bounds: list[int | None] = []
    for item in index.items[1:]:
        bound = item.value if isinstance(item, Const) else None
        if bound is not None and not isinstance(bound, int):
            return None
        bounds.append(bound)
    return items[slice(*bounds)] if 1 <= len(bounds) <= 3 else None


def set_item(machine: Machine, state: State, owner: Value, index: Value, value: Value) -> None:
    for option in options(owner):
        if type(option) is not Ref or option.oid not in state.heap:
            machine.log.use(provenance((value,)).graph, "escaped")
            continue
        obj = state.heap[option.oid]
        if obj.kind == "dict":
            changed = state.write(option.oid)
            if type(index) is Const:
                changed.attributes[index.value] = value
            else:
                changed.rest = value if changed.rest is None else join_values(changed.rest, value)
        elif obj.kind == "list":
            changed = state.write(option.oid)
            number = _number(index, len(changed.items)) if changed.items is not None else None
            if number is not None and changed.items is not None:
                items = list(changed.items)
                items[number] = value
                changed.items = tuple(items)
            else:
                summarise(changed, value)
        elif "_modules" in obj.attributes:
            set_item(machine, state, obj.attributes["_modules"], index, value)


def unpack(machine: Machine, state: State, value: Value, count: int, star: int | None) -> list[Value]:
    elements = known_elements(machine, state, value)
    if elements is not None and star is None and len(elements) == count:
        return list(elements)
    if elements is not None and star is not None and len(elements) >= count - 1:
        after = count - 1 - star
        middle = elements[star : len(elements) - after]
        rest = new_list(machine, state, middle, ("unpack", value))
        return [*elements[:star], rest, *elements[len(elements) - after :]]
    if type(value) is Choice:
        usable = [o for o in value.options if o != NOTHING]
        columns = [unpack(machine, state, o, count, star) for o in usable]
        if columns:
            return [choice(column) for column in zip(*columns, strict=True)]
    if type(value) is Data:
        return [
            value._replace(key=("item", value.key, ("const", i, "int")) if value.key is not None else None)
            for i in range(count)
        ]
    one = element(machine, state, value)
    return [one] * count


# ------------------------------------------------------------------ isinstance
def is_instance(machine: Machine, state: State, value: Value, classes: Value) -> Value:
    answers: set[bool | None] = set()
    for option in options(value):
        for info in _classes_of(classes):
            answers.add(_instance_of(machine, state, option, info))
            if True in answers and len(options(value)) == 1:
                return TRUE
    if answers == {False}:
        return FALSE
    if answers == {True}:
        return TRUE
    first, second = key_of(value), key_of(classes) or _class_key(classes)
    return Data(("isinstance", first, second)) if first is not None and second is not None else UNKNOWN


def _class_key(classes: Value) -> Key | None:
    if type(classes) is Tuple:
        keys = tuple(key_of(item) for item in classes.items)
        return None if None in keys else ("classes", *keys)
    return None


def _classes_of(classes: Value) -> list[Value]:
    if type(classes) is Tuple:
        return [each for item in classes.items for each in _classes_of(item)]
    if type(classes) is Choice:
        return [each for item in classes.options for each in _classes_of(item)]
    return [classes]


_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}


def _instance_of(machine: Machine, state: State, value: Value, of: Value) -> bool | None:
    if isinstance(value, Const):
        if type(of) is Native and of.name in _TYPES:
            return isinstance(value.value, _TYPES[of.name])
        return False if type(of) in (Class, Native) else None
    if isinstance(value, (Function, Bound, Class, Partial, Module)):
        return False if type(of) is Class and not isinstance(value, Class) else None
    if isinstance(value, Tuple):
        if value.items and value.items[0] == constant("slice"):
            return of == Native("slice")
        return of == Native("tuple") if type(of) is Native else False if type(of) is Class else None
    if isinstance(value, Ref):
        obj = state.heap.get(value.oid)
        if obj is None or obj.kind == "symbol":
            return None
        if obj.kind in ("list", "dict"):
            return of == Native(obj.kind) if type(of) is Native else False if type(of) is Class else None
        if obj.cls is not None and type(of) is Class:
            if of.info in obj.cls.mro:
                return True
            if obj.cls.unresolved_base or machine.linker.is_placeholder(obj.cls):
                return (
                    machine.linker.kind_of_class(of.info) in [k for k, _ in obj.sensitive]
                    if machine.linker.is_placeholder(obj.cls)
                    else None
                )
            return False
        if type(of) is Native:
            return False
        return None
    if isinstance(value, ModeValue):
        return of == Native("bool") if type(of) is Native else None
    return None


# ------------------------------------------------------------------ builtin functions
def _len(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    value = arguments.first()
    elements = known_elements(machine, state, value)
    if elements is not None:
        return constant(len(elements))
    inner = key_of(value)
    return Data(("len", inner)) if inner is not None else UNKNOWN


def _range(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    given = arguments.positional
    if arguments.rest is not None or not given:
        return UNKNOWN
    start = given[0] if len(given) > 1 else constant(0)
    stop = given[1] if len(given) > 1 else given[0]
    if (
        type(start) is Const
        and type(stop) is Const
        and isinstance(start.value, int)
        and isinstance(stop.value, int)
        and len(given) < 3
    ):
        if stop.value <= start.value:
            return Tuple(())
        if stop.value - start.value == 1:
            return Tuple((start,))
    return Range(start)


def _enumerate(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    value = arguments.first()
    start = arguments.get(1, "start") or constant(0)
    elements = known_elements(machine, state, value)
    if elements is not None and type(start) is Const and isinstance(start.value, int):
        return Tuple(tuple(Tuple((constant(start.value + i), each)) for i, each in enumerate(elements)))
    pair = Tuple((Range(start), element(machine, state, value, key=("element", key))))
    return new_list(machine, state, None, key, pair)


def _zip(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    columns = [known_elements(machine, state, value) for value in arguments.positional]
    if columns and all(column is not None for column in columns) and arguments.rest is None:
        return Tuple(tuple(Tuple(row) for row in zip(*(column or () for column in columns), strict=False)))
    row = Tuple(tuple(element(machine, state, value, key=("element", key, i)) for i, value in enumerate(arguments.positional)))
    return new_list(machine, state, None, key, row)


def _list(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if not arguments.positional:
        return new_list(machine, state, (), key)
    value = arguments.first()
    elements = known_elements(machine, state, value)
    if elements is not None:
        return new_list(machine, state, elements, key)
    if type(value) is Data and value.has_provenance:
        return value
    one = element(machine, state, value)
    return new_list(machine, state, None, key, one)


def _tuple(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if not arguments.positional:
        return Tuple(())
    elements = known_elements(machine, state, arguments.first())
    return (
        Tuple(elements) if elements is not None else provenance((arguments.first(), element(machine, state, arguments.first())))
    )


def _dict(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    entries: dict[Plain, Value] = dict(arguments.keywords.items())
    rest = arguments.rest
    if arguments.positional:
        source = arguments.first()
        obj = state.heap.get(source.oid) if type(source) is Ref else None
        if obj is not None and obj.kind == "dict":
            entries = {**obj.attributes, **entries}
            rest = obj.rest
        else:
            elements = known_elements(machine, state, source)
            pairs = [e.items for e in elements or () if type(e) is Tuple and len(e.items) == 2]
            if elements is not None and len(pairs) == len(elements):
                for name, value in pairs:
                    if type(name) is Const:
                        entries[name.value] = value
                    else:
                        rest = value if rest is None else join_values(rest, value)
            else:
                rest = element(machine, state, source)
    return new_dict(machine, state, entries, key, rest)


def _same(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    return arguments.first() if arguments.positional else UNKNOWN


def _reversed(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    elements = known_elements(machine, state, arguments.first())
    return Tuple(elements[::-1]) if elements is not None else arguments.first()


def _next(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    elements = known_elements(machine, state, arguments.first())
    if elements:
        return elements[0] if len(elements) == 1 else choice(elements)
    return element(machine, state, arguments.first(), key=("next", key))


def _isinstance(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if len(arguments.positional) < 2:
        return UNKNOWN
    return is_instance(machine, state, arguments.positional[0], arguments.positional[1])


def _hasattr(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if len(arguments.positional) < 2 or type(arguments.positional[1]) is not Const:
        return UNKNOWN
    owner, name = arguments.positional[0], str(arguments.positional[1].value)
    answers: set[bool | None] = set()
    for option in options(owner):
        obj = state.heap.get(option.oid) if type(option) is Ref else None
        if obj is not None and obj.kind == "instance" and obj.cls is not None:
            if name in obj.attributes or obj.cls.lookup(name) is not None:
                answers.add(True)
            else:
                whole = (
                    not obj.cls.unresolved_base
                    and not obj.cls.is_module
                    and obj.cls.lookup("__getattr__") is None
                    and not obj.cls.is_stub
                )
                answers.add(False if whole and not frame.in_forward else None)
        else:
            answers.add(None)
    if len(answers) == 1 and None not in answers:
        return TRUE if True in answers else FALSE
    inner = key_of(owner)
    return Data(("hasattr", inner, name)) if inner is not None else UNKNOWN


def _plain(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    """Functions whose arguments end as plain data: print, float, int, str."""
    data = provenance(deep(state, arguments.all())).data
    machine.log.use(data, "plain")
    machine.log.use(data, "used")
    inner = key_of(arguments.first()) if len(arguments.positional) == 1 else None
    return Data(("plain", inner) if inner is not None and not data else None, data=data)


def _bool(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    value = arguments.first()
    known = truth(machine, state, value)
    return (TRUE if known else FALSE) if known is not None else value


def _type(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    value = arguments.first()
    if len(arguments.positional) == 3 and type(value) is Const:
        return _made_class(machine, state, str(value.value), arguments, frame)
    if len(arguments.positional) == 1 and type(value) is Ref and value.oid in state.heap:
        cls = state.heap[value.oid].cls
        return Class(cls) if cls is not None else UNKNOWN
    return UNKNOWN


def _made_class(machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame) -> Value:
    """`type(name, bases, namespace)`, as stubs make the classes of a library that they do not list."""
    bases = known_elements(machine, state, arguments.positional[1]) or ()
    key: Key = ("made", frame.module, name, *bases)
    info = machine.classes.get(key)
    if info is None:
        info = machine.classes[key] = ClassInfo(name, name, frame.module, None, is_stub=frame.is_stub)
        machine.linker.link_class(info, bases)
        namespace = arguments.positional[2]
        obj = state.heap.get(namespace.oid) if type(namespace) is Ref else None
        if obj is not None and obj.kind == "dict":
            info.attributes.update({str(each): value for each, value in obj.attributes.items()})
    return Class(info)


def _super(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if len(arguments.positional) == 2 and type(arguments.positional[0]) is Class:
        return Super(arguments.positional[0].info, arguments.positional[1])
    owner = frame.owner
    receiver: Value | None = None
    parameters = frame.ir.parameters
    if parameters:
        receiver = state.locals.get(parameters[0].name)
        if receiver is None:
            for oid in frame.cells:
                receiver = state.heap[oid].attributes.get(parameters[0].name) if oid in state.heap else None
                if receiver is not None:
                    break
    return Super(owner, receiver) if owner is not None and receiver is not None else UNKNOWN


def _wrapped(kind: str) -> NativeFunction:
    def make(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
        return Wrapped(kind, arguments.first()) if arguments.positional else UNKNOWN

    return make


def _reveal(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    from modelint.interpreter import reveal

    reveal.note(machine, state, arguments.first(), frame, span_of(key))
    return arguments.first()


def _reduce(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    """`sum`, `max` and their kin: made of all elements."""
    return provenance(deep(state, arguments.all()))


def _quiet(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    return UNKNOWN


FUNCTIONS: dict[str, NativeFunction] = {
    "len": _len, "range": _range, "enumerate": _enumerate, "zip": _zip, "list": _list, "set": _list, "frozenset": _list, "sorted": _list,
    "tuple": _tuple, "dict": _dict, "iter": _same, "reversed": _reversed, "next": _next, "isinstance": _isinstance, "hasattr": _hasattr,
    "print": _plain, "float": _plain, "int": _plain, "str": _plain, "repr": _plain, "round": _plain, "format": _plain, "bool": _bool,
    "type": _type, "super": _super, "property": _wrapped("property"), "staticmethod": _wrapped("staticmethod"),
    "classmethod": _wrapped("classmethod"), "reveal_mode": _reveal, "min": _reduce, "max": _reduce, "sum": _reduce, "abs": _reduce,
    "callable": _quiet, "id": _quiet, "vars": _quiet, "dir": _quiet, "open": _quiet, "input": _quiet, "hash": _quiet, "object": _quiet,
    "any": _plain, "all": _plain, "issubclass": _quiet, "globals": _quiet, "locals": _quiet, "ord": _quiet, "chr": _quiet,
}  # fmt: skip


def version_value(machine: Machine, library: str, frame: Frame) -> Value:
    """A version to be compared with tuples of numbers."""
    return Data(("version", library))


# ------------------------------------------------------------------ methods of containers and strings
def container_method(
    machine: Machine, state: State, receiver: Ref, name: str, arguments: Arguments, frame: Frame, key: Key
) -> Value | None:
    obj = state.heap[receiver.oid]
    if obj.kind == "list":
        return _list_method(machine, state, receiver, obj, name, arguments, frame, key)
    return _dict_method(machine, state, receiver, obj, name, arguments, frame, key)


def _list_method(
    machine: Machine, state: State, receiver: Ref, obj: Object, name: str, arguments: Arguments, frame: Frame, key: Key
) -> Value | None:
    if name in ("append", "add", "insert", "appendleft"):
        value = arguments.positional[-1] if arguments.positional else UNKNOWN
        changed = state.write(receiver.oid)
        if changed.items is not None and len(changed.items) < 64 and not frame.loops and name != "insert":
            changed.items = (*changed.items, value)
        elif changed.items is not None and not frame.loops and name == "insert" and arguments.positional[0] == constant(0):
            changed.items = (value, *changed.items)
        else:
            summarise(changed, value)
        return NOTHING
    if name in ("extend", "update", "__iadd__"):
        source = arguments.first()
        elements = known_elements(machine, state, source)
        changed = state.write(receiver.oid)
        if elements is not None and changed.items is not None and not frame.loops:
            changed.items = (*changed.items, *elements)
        else:
            summarise(changed, element(machine, state, source))
        return NOTHING
    if name == "pop":
        return element(machine, state, receiver)
    if name == "clear":
        changed = state.write(receiver.oid)
        changed.items, changed.rest = (), None
        return NOTHING
    if name == "copy":
        return new_list(machine, state, obj.items, key, obj.rest)
    return UNKNOWN


def _dict_method(
    machine: Machine, state: State, receiver: Ref, obj: Object, name: str, arguments: Arguments, frame: Frame, key: Key
) -> Value | None:
    values = (*obj.attributes.values(), *((obj.rest,) if obj.rest is not None else ()))
    if name in ("values", "keys", "items"):
        return _dict_view(machine, state, obj, name, key)
    if name in ("get", "pop", "setdefault"):
        index = arguments.first()
        default = arguments.get(1, "default") or NOTHING
        if type(index) is Const and index.value in obj.attributes:
            return obj.attributes[index.value]
        if type(index) is Const and obj.rest is None:
            if name == "setdefault":
                state.write(receiver.oid).attributes[index.value] = default
            return default
        return choice((*values, default))
    if name == "update":
        changed = state.write(receiver.oid)
        changed.attributes.update(arguments.keywords)
        source = arguments.first() if arguments.positional else NOTHING
        other = state.heap.get(source.oid) if type(source) is Ref else None
        if other is not None and other.kind == "dict":
            changed.attributes.update(other.attributes)
            rest = other.rest
        else:
            rest = None if source == NOTHING else provenance((source,))
        if rest is not None:
            changed.rest = rest if changed.rest is None else join_values(changed.rest, rest)
        return NOTHING
    if name == "copy":
        return new_dict(machine, state, dict(obj.attributes), key, obj.rest)
    if name == "clear":
        changed = state.write(receiver.oid)
        changed.attributes, changed.rest = {}, None
        return NOTHING
    return UNKNOWN


def _dict_view(machine: Machine, state: State, obj: Object, name: str, key: Key) -> Value:
    def entry(k: Plain, value: Value) -> Value:
        label = constant(k)
        return label if name == "keys" else value if name == "values" else Tuple((label, value))

    entries = [entry(k, value) for k, value in obj.attributes.items()]
    if obj.rest is None and len(entries) <= UNROLLED:
        return Tuple(tuple(entries))
    rest = obj.rest if obj.rest is not None else UNKNOWN
    more = UNKNOWN if name == "keys" else rest if name == "values" else Tuple((UNKNOWN, rest))
    return new_list(machine, state, None, key, choice([*entries, more]))


def _plain_text(value: Value) -> object:
    """A constant, or a tuple of constants (as `startswith` takes); None if it is neither."""
    if isinstance(value, Tuple):
        return plain_values(value.items)
    return value.value if type(value) is Const else None


def text_method(receiver: Const, name: str, arguments: Arguments) -> Value:
    if not isinstance(receiver.value, str) or arguments.rest is not None:
        return UNKNOWN
    values = [_plain_text(v) for v in arguments.positional]
    if name not in TEXT_METHODS or None in values:
        return UNKNOWN
    try:
        result = getattr(receiver.value, name)(*values)
    except Exception:
        return UNKNOWN
    if isinstance(result, list):
        return Tuple(tuple(map(constant, result[:UNROLLED])))
    return constant(result) if isinstance(result, (bool, str)) else UNKNOWN


__all__ = [
    "FUNCTIONS",
    "Super",
    "build",
    "builtin",
    "container_method",
    "element",
    "get_item",
    "known_elements",
    "set_item",
    "unpack",
]
