"""Functions that Python has built in, as far as they run no code of the program.

A native function takes the machine, the state, its arguments and the frame and gives a value. A name that is not listed here is an
unresolved call like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from modelint.events import Site
from modelint.interpreter import containers, instances, reveal
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.guards import truth
from modelint.interpreter.joins import join_values
from modelint.interpreter.state import State, deep
from modelint.interpreter.values import (
    FALSE,
    NOTHING,
    TRUE,
    UNKNOWN,
    Class,
    ClassInfo,
    Const,
    Data,
    External,
    Key,
    Native,
    Plain,
    Range,
    Ref,
    Super,
    Tuple,
    Value,
    Wrapped,
    choice,
    constant,
    key_of,
    options,
    plain_values,
    provenance,
)
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine

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
EXITS = frozenset({"exit", "quit"})
CONSTANTS: dict[str, Value] = {"True": TRUE, "False": FALSE, "None": NOTHING, "NotImplemented": UNKNOWN, "Ellipsis": UNKNOWN}


def builtin(name: str) -> Value | None:
    if name in BUILTINS:
        return Native(name)
    if name in EXCEPTIONS or name in EXITS:
        return External(f"builtins.{name}")
    return CONSTANTS.get(name)


def span_of(key: Key) -> Span:
    """Where the call of a native function stands whose key this is."""
    span = key[3]
    assert isinstance(span, Span)
    return span


def place_of(machine: Machine, frame: Frame, key: Key) -> Site:
    """The place in the user's code that an event of this call belongs to."""
    return frame.site or machine.site(frame, span_of(key))


def _len(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    value = arguments.first()
    elements = containers.known_elements(machine, state, value)
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
        return Range(start, stop.value - start.value, stop=key_of(stop))
    return Range(start, stop=key_of(stop) if len(given) < 3 else None)


def _enumerate(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    value = arguments.first()
    start = arguments.get(1, "start") or constant(0)
    elements = containers.known_elements(machine, state, value)
    if elements is not None and type(start) is Const and isinstance(start.value, int):
        return Tuple(tuple(Tuple((constant(start.value + i), each)) for i, each in enumerate(elements)))
    inner = key_of(value) if start == constant(0) else None
    number = Range(start, stop=("len", inner) if inner is not None else None)
    pair = Tuple((number, containers.element(machine, state, value, key=("element", key))))
    return containers.new_list(machine, state, None, key, pair)


def _zip(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    columns = [containers.known_elements(machine, state, value) for value in arguments.positional]
    if columns and all(column is not None for column in columns) and arguments.rest is None:
        return Tuple(tuple(Tuple(row) for row in zip(*(column or () for column in columns), strict=False)))
    row = Tuple(
        tuple(
            containers.element(machine, state, value, key=("element", key, i)) for i, value in enumerate(arguments.positional)
        )
    )
    return containers.new_list(machine, state, None, key, row)


def _list(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if not arguments.positional:
        return containers.new_list(machine, state, (), key)
    value = arguments.first()
    elements = containers.known_elements(machine, state, value)
    if elements is not None:
        return containers.new_list(machine, state, elements, key)
    if type(value) is Data and value.has_provenance:
        return value
    one = containers.element(machine, state, value)
    return containers.new_list(machine, state, None, key, one)


def _sorted(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    """A list; of constants, in order."""
    names = plain_values(containers.known_elements(machine, state, arguments.first()) or (UNKNOWN,))
    if names is None or arguments.keywords or not all(isinstance(name, str) for name in names):
        return _list(machine, state, arguments, frame, key)
    return containers.new_list(machine, state, tuple(map(constant, sorted(map(str, names)))), key)


def _tuple(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if not arguments.positional:
        return Tuple(())
    elements = containers.known_elements(machine, state, arguments.first())
    return (
        Tuple(elements)
        if elements is not None
        else provenance((arguments.first(), containers.element(machine, state, arguments.first())))
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
            elements = containers.known_elements(machine, state, source)
            pairs = [e.items for e in elements or () if type(e) is Tuple and len(e.items) == 2]
            if elements is not None and len(pairs) == len(elements):
                for name, value in pairs:
                    if type(name) is Const:
                        entries[name.value] = value
                    else:
                        rest = value if rest is None else join_values(rest, value)
            else:
                rest = containers.element(machine, state, source)
    return containers.new_dict(machine, state, entries, key, rest)


def _same(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    return arguments.first() if arguments.positional else UNKNOWN


def _reversed(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    elements = containers.known_elements(machine, state, arguments.first())
    return Tuple(elements[::-1]) if elements is not None else arguments.first()


def _next(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    elements = containers.known_elements(machine, state, arguments.first())
    if elements:
        return elements[0] if len(elements) == 1 else choice(elements)
    return containers.element(machine, state, arguments.first(), key=("next", key))


def _isinstance(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    if len(arguments.positional) < 2:
        return UNKNOWN
    return instances.is_instance(machine, state, arguments.positional[0], arguments.positional[1])


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
    bases = containers.known_elements(machine, state, arguments.positional[1]) or ()
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
    reveal.note(machine, state, arguments.first(), frame, span_of(key))
    return arguments.first()


def _reduce(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    """`sum`, `max` and their kin: made of all elements."""
    return provenance(deep(state, arguments.all()))


def _quiet(machine: Machine, state: State, arguments: Arguments, frame: Frame, key: Key) -> Value | None:
    return UNKNOWN


FUNCTIONS: dict[str, NativeFunction] = {
    "len": _len, "range": _range, "enumerate": _enumerate, "zip": _zip, "list": _list, "set": _list, "frozenset": _list, "sorted": _sorted,
    "tuple": _tuple, "dict": _dict, "iter": _same, "reversed": _reversed, "next": _next, "isinstance": _isinstance, "hasattr": _hasattr,
    "print": _plain, "float": _plain, "int": _plain, "str": _plain, "repr": _plain, "round": _plain, "format": _plain, "bool": _bool,
    "type": _type, "super": _super, "property": _wrapped("property"), "staticmethod": _wrapped("staticmethod"),
    "classmethod": _wrapped("classmethod"), "reveal_mode": _reveal, "min": _reduce, "max": _reduce, "sum": _reduce, "abs": _reduce,
    "callable": _quiet, "id": _quiet, "vars": _quiet, "dir": _quiet, "open": _quiet, "input": _quiet, "hash": _quiet, "object": _quiet,
    "any": _plain, "all": _plain, "issubclass": _quiet, "globals": _quiet, "locals": _quiet, "ord": _quiet, "chr": _quiet,
}  # fmt: skip
