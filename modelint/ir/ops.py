"""The operations of the intermediate representation (IR).

A `Block` is a tuple of operations. Simple operations read and write *registers*: small integers, local to one function,
numbered anew for each statement unless a region (a loop, a `with`) still needs one. *Regions* hold blocks (`If`, `For`,
`While`, `Try`, `With`); *terminators* leave a block (`Return`, `Raise`, `Break`, `Continue`). The IR is structured rather than
a graph of basic blocks because the analysis treats the first iteration of a loop apart from the later ones, and because
leaving a `with` or a `try` must run code: both are plain recursion over regions.

No operation is a subclass of another, so `match` and `type(op)` are exact.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, Union

import msgspec

from modelint.text.span import NOWHERE, Span

Register: TypeAlias = int
Scope: TypeAlias = Literal["local", "cell", "global", "class"]
"""Where a name lives: `local` to the function; `cell`: a local that a nested function reads or writes, seen from either
side; `global`: the module, else a builtin; `class`: the body of a class, then what encloses it."""
Block: TypeAlias = "tuple[Op, ...]"
ConstantValue: TypeAlias = Union[None, bool, int, float, str]


class _Struct(msgspec.Struct, frozen=True, array_like=True, tag=True):
    pass


class Argument(msgspec.Struct, frozen=True, array_like=True):
    """One argument of a call. `name` is "" for a positional one, "*" and "**" for unpacked ones, else the keyword."""

    name: str
    value: Register


class Constant(_Struct, frozen=True):
    """`into = value`. Bytes, complex numbers and Ellipsis are represented by their `repr`."""

    into: Register
    value: ConstantValue


class Load(_Struct, frozen=True):
    """`into = name`"""

    into: Register
    name: str
    scope: Scope
    span: Span = NOWHERE


class Store(_Struct, frozen=True):
    """`name = value`"""

    name: str
    scope: Scope
    value: Register


class Move(_Struct, frozen=True):
    """`into = value`, both registers: gives the branches of a conditional expression one result."""

    into: Register
    value: Register


class GetAttribute(_Struct, frozen=True):
    """`into = owner.name`. `statement` is true where the expression stands alone as a statement."""

    into: Register
    owner: Register
    name: str
    span: Span
    statement: bool = False


class SetAttribute(_Struct, frozen=True):
    """`owner.name = value`"""

    owner: Register
    name: str
    value: Register
    span: Span


class GetItem(_Struct, frozen=True):
    """`into = owner[index]`"""

    into: Register
    owner: Register
    index: Register


class SetItem(_Struct, frozen=True):
    """`owner[index] = value`"""

    owner: Register
    index: Register
    value: Register


class Build(_Struct, frozen=True):
    """`into` = a new container. Items are like arguments: "" plain, "*" unpacked, "**" an unpacked dict. A dict's items are
    its keys and values in turn (an unpacked dict is one item). Comprehensions build an empty one and `Collect` into it."""

    into: Register
    kind: Literal["tuple", "list", "set", "dict"]
    items: tuple[Argument, ...]
    span: Span


class Collect(_Struct, frozen=True):
    """Add `value` (under `key`, for a dict) to the container of a comprehension."""

    container: Register
    key: Register | None
    value: Register


class Unpack(_Struct, frozen=True):
    """`*into = value`: destructure. `star` is the position of the starred target, if there is one."""

    into: tuple[Register, ...]
    value: Register
    star: int | None


class Operate(_Struct, frozen=True):
    """`into = operator(operands)`, free of side effects. Operators: Python's own tokens (`+`, `==`, `not in`, `is not`, ...);
    `not`, `and`, `or` over operands that are themselves free of effects; `slice`; `format` for f-strings."""

    into: Register
    operator: str
    operands: tuple[Register, ...]
    span: Span


class Call(_Struct, frozen=True):
    """`into = function(arguments)`. `statement` is true where the call stands alone as a statement, result unused.
    `text` is the callee as written, when that is a dotted name, else ""."""

    into: Register
    function: Register
    arguments: tuple[Argument, ...]
    span: Span
    text: str = ""
    statement: bool = False


class Decorate(_Struct, frozen=True):
    """`into = decorator(target)`: a call, but one that cannot be resolved leaves the target as it is."""

    into: Register
    decorator: Register
    target: Register
    span: Span


class MakeFunction(_Struct, frozen=True):
    """`into` = a function object: `functions[index]` of the module, with the values of its defaults by parameter name."""

    into: Register
    index: int
    defaults: tuple[Argument, ...]


class MakeClass(_Struct, frozen=True):
    """`into` = a class object: `classes[index]` of the module. Its body runs here, in a namespace of its own."""

    into: Register
    index: int
    bases: tuple[Argument, ...]


class Import(_Struct, frozen=True):
    """`into` = the module (`name` None), or its member `name`; `name` "*" binds all public names and gives nothing.
    `level` counts the dots of a relative import. `import a.b` asks for `a` after importing `a.b`: `bind_root` is then true."""

    into: Register
    module: str
    name: str | None
    level: int
    span: Span
    bind_root: bool = False


class Yield(_Struct, frozen=True):
    """`into = yield value`; `from_` for `yield from`."""

    into: Register
    value: Register
    from_: bool = False


class Havoc(_Struct, frozen=True):
    """A construct that is not modelled: the local names it may write become unknown. Counted in the summary."""

    reason: str
    names: tuple[str, ...]
    span: Span


class If(_Struct, frozen=True):
    """`kept`: the registers from it on are not read any more after the `If`."""

    condition: Register
    then: tuple[Op, ...]
    orelse: tuple[Op, ...]
    span: Span
    kept: Register


class For(_Struct, frozen=True):
    """`for target in iterable`. The body begins with what binds the target register to names. `comprehension` is true for the
    loops inside comprehensions and generator expressions."""

    iterable: Register
    target: Register
    body: tuple[Op, ...]
    orelse: tuple[Op, ...]
    span: Span
    comprehension: bool = False


class While(_Struct, frozen=True):
    """`while`: `test` computes `condition` before each iteration."""

    test: tuple[Op, ...]
    condition: Register
    body: tuple[Op, ...]
    orelse: tuple[Op, ...]
    span: Span


class Handler(msgspec.Struct, frozen=True, array_like=True):
    """`except types as name`: the types as written (dotted names; empty for a bare `except`). The body binds the name itself."""

    types: tuple[str, ...]
    body: tuple[Op, ...]


class Try(_Struct, frozen=True):
    body: tuple[Op, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Op, ...]
    final: tuple[Op, ...]
    span: Span


class With(_Struct, frozen=True):
    """`with context as target`: one item; several are nested. The body begins with what binds the target register."""

    context: Register
    target: Register
    body: tuple[Op, ...]
    span: Span


class Return(_Struct, frozen=True):
    value: Register
    span: Span


class Raise(_Struct, frozen=True):
    """`raise value`, or a bare `raise` (None). `assert` lowers to an `If` around one."""

    value: Register | None
    span: Span


class Break(_Struct, frozen=True):
    pass


class Continue(_Struct, frozen=True):
    pass


SimpleOp: TypeAlias = Union[
    Constant, Load, Store, Move, GetAttribute, SetAttribute, GetItem, SetItem, Build, Collect, Unpack, Operate, Call, Decorate,
    MakeFunction, MakeClass, Import, Yield, Havoc,
]  # fmt: skip
Region: TypeAlias = Union[If, For, While, Try, With]
Terminator: TypeAlias = Union[Return, Raise, Break, Continue]
Op: TypeAlias = Union[SimpleOp, Region, Terminator]
