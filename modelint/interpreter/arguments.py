"""The arguments of a call, as it gives them and bound to the parameters of the function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from modelint.interpreter import containers, models
from modelint.interpreter.frame import Frame
from modelint.interpreter.state import State
from modelint.interpreter.values import UNKNOWN, Const, Function, Key, Plain, Ref, Tuple, Value, choice, provenance
from modelint.ir import ops
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


@dataclass(slots=True)
class Arguments:
    """The arguments of a call. `rest`: what an unpacked container of unknown contents may add."""

    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    rest: Value | None

    def all(self) -> list[Value]:
        return [*self.positional, *self.keywords.values(), *((self.rest,) if self.rest is not None else ())]

    def first(self) -> Value:
        return self.positional[0] if self.positional else next(iter(self.keywords.values()), UNKNOWN)

    def get(self, position: int, name: str) -> Value | None:
        if position < len(self.positional):
            return self.positional[position]
        return self.keywords.get(name)

    def behind(self, receiver: Value) -> Arguments:
        return Arguments((receiver, *self.positional), self.keywords, self.rest)


def arguments_of(machine: Machine, op: ops.Call, state: State) -> Arguments:
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    rest: Value | None = None
    for argument in op.arguments:
        value = state.locals[argument.value]
        if argument.name == "":
            positional.append(value)
        elif argument.name == "*":
            elements = containers.known_elements(machine, state, value)
            if elements is not None and rest is None:
                positional.extend(elements)
            else:
                more = containers.element(machine, state, value)
                rest = more if rest is None else provenance((rest, more))
        elif argument.name == "**":
            obj = state.heap.get(value.oid) if type(value) is Ref else None
            if obj is not None and obj.kind == "dict":
                keywords.update({str(k): v for k, v in obj.attributes.items()})
                more_values = () if obj.rest is None else (obj.rest,)
            else:
                more_values = (value,)
            for more in more_values:
                rest = more if rest is None else provenance((rest, more))
        else:
            keywords[argument.name] = value
    return Arguments(tuple(positional), keywords, rest)


def accepts(function: Function, arguments: Arguments) -> bool:
    """Whether a function takes as many arguments as these, and needs no others. Not asked of a decorated one: a decorator may pass on
    others."""
    parameters = function.ir.parameters
    kinds = [parameter.kind for parameter in parameters]
    if function.ir.decorators or arguments.rest is not None:
        return True
    in_order = [parameter.name for parameter in parameters if parameter.kind in ("positional", "normal")]
    by_name = {parameter.name for parameter in parameters if parameter.kind in ("normal", "keyword")}
    given = {*in_order[: len(arguments.positional)], *by_name.intersection(arguments.keywords)}
    needed = {parameter.name for parameter in parameters if not parameter.has_default and "star" not in parameter.kind}
    return (
        ("star" in kinds or len(arguments.positional) <= len(in_order))
        and ("double_star" in kinds or by_name >= set(arguments.keywords))
        and given >= needed
    )


def bind(
    machine: Machine, state: State, function: Function, arguments: Arguments, frame: Frame, span: Span
) -> dict[str, Value]:
    """Parameters to values. What is missing or not known is unknown, with an identity."""

    def key_of(name: str) -> Key:
        return ("parameter", function.module, function.ir.index, name, frame.context)

    def given(name: str, value: Value) -> Value:
        return value if frame.is_stub else models.named(machine, state, value, key_of(name))

    positional = list(arguments.positional)
    keywords = dict(arguments.keywords)
    defaults = dict(function.defaults)
    bindings: dict[str, Value] = {}
    for parameter in function.ir.parameters:
        name = parameter.name
        if parameter.kind == "star":
            bindings[name] = _starred(machine, state, function, positional, arguments.rest, frame)
            positional = []
        elif parameter.kind == "double_star":
            entries: dict[Plain, Value] = dict(keywords.items())
            bindings[name] = containers.new_dict(
                machine, state, entries, ("kwargs", frame.context, function.module, function.ir.index), arguments.rest
            )
            keywords = {}
        elif positional and parameter.kind in ("positional", "normal"):
            bindings[name] = given(name, positional.pop(0))
        elif name in keywords:
            bindings[name] = given(name, keywords.pop(name))
        elif name in defaults and (arguments.rest is None or _is_zero(defaults[name])):
            bindings[name] = defaults[name]
        else:
            data = provenance((arguments.rest,)) if arguments.rest is not None else UNKNOWN
            bindings[name] = data._replace(key=key_of(name))
    return bindings


def _is_zero(value: Value) -> bool:
    """A number that switches something off, such as a rate: an unpacked container that nobody knows is not taken to switch it on."""
    return type(value) is Const and value.type in (int, float) and not value.value


def _starred(
    machine: Machine, state: State, function: Function, positional: list[Value], rest: Value | None, frame: Frame
) -> Value:
    """What `*args` is: where modules are among it and their number is not known, a list of such."""
    if rest is None:
        return Tuple(tuple(positional))
    if not models.module_ids(machine, state, rest):
        return provenance((*positional, rest))
    key: Key = ("args", frame.context, function.module, function.ir.index)
    return containers.new_list(machine, state, None, key, choice((*positional, rest)))
