"""Abstract values: what a name, a register or an attribute may hold.

Every value is immutable and hashable. Objects with state (modules, instances, lists, dicts) live in the heap of a state and are
referred to by `Ref`. A value that is not known is `Data`: it may have an identity (`key`), so that two tests of it agree and so
that it can turn out to be a model, and it carries its provenance: which forwards it depends on, through the graph or only as
data, which objects it was made of and whose parameters it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

if TYPE_CHECKING:
    from modelint.interpreter.state import Mode
    from modelint.ir.module import ClassIR, FunctionIR

Key: TypeAlias = tuple[object, ...]
Plain: TypeAlias = Union[None, bool, int, float, str]
NONE: frozenset[int] = frozenset()


class Const(NamedTuple):
    """A known constant. Compared with its type, since `True == 1`."""

    value: Plain
    type: type


class Ref(NamedTuple):
    """An object in the heap."""

    oid: int


class Tuple(NamedTuple):
    items: tuple[Value, ...]


class Data(NamedTuple):
    """A value that is not known further. `graph` and `data`: forward records it depends on through autograd, and at all (a superset).
    `objects`: models and optimizers it was made of. `parameters`: modules whose parameters it holds."""

    key: Key | None = None
    graph: frozenset[int] = NONE
    data: frozenset[int] = NONE
    objects: frozenset[int] = NONE
    parameters: frozenset[int] = NONE

    @property
    def has_provenance(self) -> bool:
        return bool(self.data or self.objects or self.parameters)


class Choice(NamedTuple):
    """One of several values, at most `CHOICES`, at most one of them `Data`."""

    options: tuple[Value, ...]


class ModeValue(NamedTuple):
    """The value of `module.training` when it was read: the modes of the object and of everything below it there."""

    oid: int
    own: Mode
    below: tuple[tuple[int, Mode], ...]


class Function:
    """A function object: code, the namespace of its module, its closure and defaults. Equal if made of the same code in the same closure."""

    __slots__ = ("_key", "cells", "defaults", "ir", "module", "owner")

    def __init__(
        self,
        ir: FunctionIR,
        module: str,
        cells: tuple[int, ...],
        defaults: tuple[tuple[str, Value], ...],
        owner: ClassInfo | None = None,
    ) -> None:
        self.ir, self.module, self.cells, self.defaults, self.owner = ir, module, cells, defaults, owner
        self._key = (module, ir.index, cells, defaults)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Function) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key[:3])


class ClassInfo:
    """A class: one per definition and context. `attributes` is its namespace; `mro` holds the known classes it derives from, itself first.
    `is_tuple`: its objects are tuples of its `fields`."""

    __slots__ = (
        "attributes",
        "external_bases",
        "fields",
        "forward_effects",
        "ir",
        "is_module",
        "is_stub",
        "is_tuple",
        "module",
        "mro",
        "name",
        "qualname",
        "reads_training",
        "unresolved_base",
    )

    def __init__(self, name: str, qualname: str, module: str, ir: ClassIR | None, *, is_stub: bool) -> None:
        self.name, self.qualname, self.module, self.ir, self.is_stub = name, qualname, module, ir, is_stub
        self.attributes: dict[str, Value] = {}
        self.mro: tuple[ClassInfo, ...] = (self,)
        self.is_module = False
        self.is_tuple = False
        self.unresolved_base = False
        self.external_bases: tuple[str, ...] = ()
        self.fields: tuple[tuple[str, str, bool], ...] = ()
        self.reads_training: bool | None = None
        self.forward_effects: bool | None = None

    def lookup(self, name: str, after: ClassInfo | None = None) -> tuple[Value, ClassInfo] | None:
        """The attribute as the method resolution order finds it; with `after`, only in the classes behind that one."""
        started = after is None
        for info in self.mro:
            if started and name in info.attributes:
                return info.attributes[name], info
            started = started or info is after
        return None


class Class(NamedTuple):
    info: ClassInfo


class Bound(NamedTuple):
    """A method with its receiver; `function` is what the class holds, or the name of a native method."""

    receiver: Value
    function: Value | str


class Super(NamedTuple):
    after: ClassInfo
    receiver: Value


class Partial(NamedTuple):
    function: Value
    arguments: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]


class Wrapped(NamedTuple):
    """What the decorators of a class body make of a function: `kind` is `property`, `staticmethod`, `classmethod`, `contextmanager`."""

    kind: str
    function: Value


class Module(NamedTuple):
    """A Python module of the project or of the stubs, by its path."""

    path: str


class External(NamedTuple):
    """A module, or a member of one, that is neither in the project nor in the stubs, by its dotted name."""

    name: str


class Native(NamedTuple):
    """A builtin of Python (`len`) or of the stub language (`modelint_stub.forward`)."""

    name: str


class Generator(NamedTuple):
    """A call of a generator function that was not consumed yet."""

    function: Function
    bindings: tuple[tuple[str, Value], ...]


class Range(NamedTuple):
    """`range(...)` or a sequence of unknown length whose elements are integers from `start` on, or one of them, and then `key` says which.
    `least`: it has at least so many, as far as is known; a loop is taken to run once. `stop`: the number above the last one."""

    start: Value
    least: int = 1
    key: Key | None = None
    stop: Key | None = None


Value: TypeAlias = Union[
    Const, Ref, Tuple, Data, Choice, ModeValue, Function, Class, Bound, Super, Partial, Wrapped, Module, External, Native, Generator,
    Range,
]  # fmt: skip
UNKNOWN = Data()
CHOICES = 8
ALTERNATIVES = 8


def constant(value: Plain) -> Const:
    return Const(value, type(value))


NOTHING = constant(None)
TRUE = constant(True)
FALSE = constant(False)


def options(value: Value) -> tuple[Value, ...]:
    return value.options if type(value) is Choice else (value,)


def plain_values(values: Iterable[Value]) -> tuple[Plain, ...] | None:
    """What the constants are, if all values are constants."""
    found: list[Plain] = []
    for value in values:
        if not isinstance(value, Const):
            return None
        found.append(value.value)
    return tuple(found)


def choice(values: Iterable[Value]) -> Value:
    """One value for several: equal ones once, unknown ones merged into one, too many become unknown."""
    found: dict[Value, None] = {}
    unknown: Data | None = None
    for value in values:
        for option in options(value):
            if type(option) is Data:
                unknown = option if unknown is None else join_data(unknown, option)
            else:
                found[option] = None
    if unknown is not None:
        found[unknown] = None
    if len(found) == 1:
        return next(iter(found))
    if len(found) > CHOICES:
        return provenance(found)
    return Choice(tuple(found))


def _either(a: Key | None, b: Key | None) -> Key | None:
    """The identity of a value that is one of two unknown ones; lost where that goes on and on."""
    if a == b or a is None or b is None:
        return a if a == b else None
    parts = tuple(dict.fromkeys((*(a[1:] if a[0] == "either" else (a,)), *(b[1:] if b[0] == "either" else (b,)))))
    return ("either", *parts) if len(parts) <= ALTERNATIVES else None


def key_of(value: Value) -> Key | None:
    """What an assumption about a value is remembered by; None if it has no identity."""
    if isinstance(value, (Data, Range)):
        return value.key
    if isinstance(value, Const):
        return ("const", value.value, value.type.__name__)
    if isinstance(value, Ref):
        return ("object", value.oid)
    if isinstance(value, ModeValue):
        return ("mode", value.oid, value.own.bits)
    if isinstance(value, (Class, Module, External, Native, Function)):
        return ("value", value)
    if isinstance(value, Tuple):
        keys = [key_of(item) for item in value.items]
        return None if None in keys else ("tuple", *keys)
    return None


def parts_of(key: Key) -> list[Key]:
    """The identities that the identity of an operation, or of one of several values, is made of."""
    return [part for part in key[1:] if isinstance(part, tuple)]


def passing_parts(key: Key) -> Iterator[Key]:
    """The results of calls, elements of loops and names that are not known in an identity: they stand for others where the call is made
    again or the loop goes on."""
    left: list[object] = [key]
    while left:
        part = left.pop()
        if isinstance(part, tuple) and part:
            if part[0] in ("call", "element", "local"):
                yield part
            left.extend(part[1:])


def aged(key: Key, part: Key) -> Key | None:
    """An identity once `part`, a result or an element, is made again: it is about the last one. None if it was before."""
    if key == part:
        return ("last", part)
    if key == ("last", part):
        return None
    found: list[object] = []
    for each in key:
        new = aged(each, part) if isinstance(each, tuple) else each
        if new is None and each is not None:
            return None
        found.append(new)
    return tuple(found)


def join_data(a: Data, b: Data) -> Data:
    if a == b:
        return a
    return Data(_either(a.key, b.key), a.graph | b.graph, a.data | b.data, a.objects | b.objects, a.parameters | b.parameters)


def provenance(values: Iterable[Value], key: Key | None = None) -> Data:
    """Unknown data made of the values."""
    graph, data, objects, parameters = NONE, NONE, NONE, NONE
    for value in values:
        if isinstance(value, Data):
            pass
        elif isinstance(value, Tuple):
            value = provenance(value.items)
        elif isinstance(value, Choice):
            value = provenance(value.options)
        elif isinstance(value, Ref):
            objects = objects | {value.oid}
            continue
        elif isinstance(value, Bound):
            value = provenance((value.receiver,))
        elif isinstance(value, Partial):
            value = provenance((value.function, *value.arguments, *(v for _, v in value.keywords)))
        else:
            continue
        if value.data:
            graph, data = graph | value.graph, data | value.data
        if value.objects:
            objects = objects | value.objects
        if value.parameters:
            parameters = parameters | value.parameters
    return Data(key, graph, data, objects, parameters)


def map_refs(value: Value, rename: Callable[[int], int]) -> Value:
    """The value with every object id renamed."""
    if isinstance(value, Ref):
        return Ref(rename(value.oid))
    if isinstance(value, Tuple):
        return Tuple(tuple(map_refs(item, rename) for item in value.items))
    if isinstance(value, Choice):
        return choice(map_refs(item, rename) for item in value.options)
    if isinstance(value, Bound):
        function = value.function
        return Bound(map_refs(value.receiver, rename), function if isinstance(function, str) else map_refs(function, rename))
    if isinstance(value, Super):
        return Super(value.after, map_refs(value.receiver, rename))
    if isinstance(value, Partial):
        return Partial(
            map_refs(value.function, rename),
            tuple(map_refs(item, rename) for item in value.arguments),
            tuple((name, map_refs(item, rename)) for name, item in value.keywords),
        )
    if isinstance(value, Data) and (value.objects or value.parameters):
        return value._replace(
            objects=frozenset(map(rename, value.objects)),
            parameters=frozenset(map(rename, value.parameters)),
        )
    if isinstance(value, ModeValue):
        return ModeValue(rename(value.oid), value.own, tuple((rename(oid), mode) for oid, mode in value.below))
    return value
