"""Dropouts that do not look at the mode, while `forward` is run to find them.

Functional ones and layers that are built where they are used say what they are. A dropout made by hand is known by its arithmetic: numbers
that are 1 with some probability, and something divided by that very probability, multiplied. Only the division tells it from noise, zoneout
and sampling, which are meant in eval mode too. While it is being looked for, the identity of a value says what the value is in such a product:

    ("uniform", place)        random numbers between 0 and 1
    ("kept", probability, site, what)    1 with the probability, else 0, perhaps times other numbers; `site` and `what`: the draw
    ("scaled", probability)   numbers divided by the probability
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.events import DropoutProblem, FunctionalDropout, Site
from modelint.interpreter.conditions import Way
from modelint.interpreter.values import Const, Data, Key, Value, key_of, provenance

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine
    from modelint.interpreter.state import State
    from modelint.interpreter.unresolved import Call
    from modelint.text.span import Span

ONES = (("const", 1, "int"), ("const", 1.0, "float"))
COMPARED = frozenset({"<", "<=", ">", ">="})
IN_WORDS = {
    "div": "/",
    "div_": "/",
    "true_divide": "/",
    "mul": "*",
    "mul_": "*",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "add": "+",
}
"""Methods of tensors that are operators."""
NUMBERS_CHANGE = frozenset("eq ne logical_not log exp sum mean item tolist numel size dim".split())
"""Methods after which a draw is a draw no more. Others move, repeat or cast it."""


def note(machine: Machine, state: State, site: Site, what: str, problem: DropoutProblem, frame: Frame) -> None:
    """A dropout runs that does not follow the mode. One that an argument asks for is the caller's business."""
    if any(_is_asked_for(machine, way) for way in state.ways):
        return
    machine.note_dropout(FunctionalDropout(site, what, problem, machine.enclosing_class(frame)))


def _is_asked_for(machine: Machine, way: Way) -> bool:
    """Whether a way is one on which an argument of a method is true: `if use_dropout:`."""
    return any(key[0] == "parameter" and truth is True and not _is_setting(machine, key) for key, truth in way.items())


def is_settled(machine: Machine, value: Value) -> bool:
    """Whether what decides about a dropout was written there, or is a setting of the module, and so does not follow the mode."""
    if type(value) is not Data:
        return type(value) is Const
    return value.key is not None and _is_setting(machine, value.key)


def _is_setting(machine: Machine, key: Key) -> bool:
    if key[0] == "parameter":
        return machine.linker.module(str(key[1])).functions[int(str(key[2]))].name == "__init__"
    if key[0] == "op":
        return all(_is_setting(machine, part) for part in key[2:] if isinstance(part, tuple))
    return key[0] in ("attribute", "const")


def method(machine: Machine, state: State, receiver: Value, call: Call) -> Value | None:
    """What a method of a tensor gives that is part of a dropout made by hand; None for every other one."""
    first = call.arguments.positional[0] if call.arguments.positional else None
    place: Key = ("call", call.frame.module, call.span, call.frame.context)
    result: Value | None = None
    if call.name == "bernoulli_" and first is not None:
        probability = _probability(machine, first)
        if probability is not None:
            result = _marked((receiver,), ("kept", probability, machine.site(call.frame, call.span), call.name))
    elif call.name == "uniform_" and first is None:
        result = _marked((receiver,), ("uniform", *place))
    elif call.name in IN_WORDS and first is not None:
        result = operate(machine, state, IN_WORDS[call.name], [receiver, first], call.frame, call.span)
    elif _mark(receiver) is not None and call.name not in NUMBERS_CHANGE:
        result = receiver
    if result is not None and call.name.endswith("_") and key_of(receiver) is not None:
        for name in [name for name, value in state.locals.items() if value == receiver]:
            state.locals[name] = result
    return result


def operate(machine: Machine, state: State, operator: str, operands: list[Value], frame: Frame, span: Span) -> Value | None:
    """What an operator gives that is part of a dropout made by hand; None for every other one. A product that is one is noted."""
    if len(operands) != 2:
        return None
    left, right = operands
    one, other = _mark(left), _mark(right)
    operator = operator.removesuffix("=") if operator in ("*=", "/=") else operator
    if operator == "/":
        probability = _probability(machine, right)
        return _multiplied(machine, state, operands, one, ("scaled", probability), frame) if probability is not None else None
    if operator == "*":
        return _multiplied(machine, state, operands, one, other, frame) if one or other else None
    if operator not in COMPARED | {"+"} or (one or other or ("",))[0] != "uniform":
        return None
    return _drawn(machine, operator, operands, one is not None, frame, span)


def _drawn(machine: Machine, operator: str, operands: list[Value], is_left: bool, frame: Frame, span: Span) -> Value | None:
    """Uniform numbers, on the left side or not, compared with a probability, or added to one and then rounded down."""
    probability = _probability(machine, operands[1 if is_left else 0])
    if probability is None:
        return None
    if (operator in (">", ">=") and is_left) or (operator in ("<", "<=") and not is_left):
        probability = _complement(probability)
    return _marked(operands, ("kept", probability, machine.site(frame, span), "rand"))


def _probability(machine: Machine, value: Value) -> Key | None:
    """The identity of a setting that may be a probability."""
    key = key_of(value)
    if key is None or not is_settled(machine, value):
        return None
    if type(value) is Const and not (isinstance(value.value, float) and 0 < value.value < 1):
        return None
    return _complement(_complement(key))


def _complement(key: Key) -> Key:
    """The identity of `1 - p`, for that of `p`."""
    if key[0] == "const" and isinstance(key[1], float):
        return ("const", 1 - key[1], "float")
    if key[:2] == ("op", "-") and key[2] in ONES and isinstance(key[3], tuple):
        return key[3]
    return ("op", "-", ONES[0], key)


def _mark(value: Value) -> Key | None:
    key = value.key if type(value) is Data else None
    return key if key is not None and key[0] in ("uniform", "kept", "scaled") else None


def _marked(values: tuple[Value, ...] | list[Value], key: Key | None) -> Data:
    return provenance(values)._replace(key=key)


def _multiplied(
    machine: Machine, state: State, operands: list[Value], one: Key | None, other: Key | None, frame: Frame
) -> Value:
    """A product of two factors that are each something or not."""
    kept = next((key for key in (one, other) if key is not None and key[0] == "kept"), None)
    scaled = next((key for key in (one, other) if key is not None and key[0] == "scaled"), None)
    if kept is not None and scaled is not None and kept[1] == scaled[1] and isinstance(kept[2], Site):
        note(machine, state, kept[2], str(kept[3]), "made", frame)
    return _marked(operands, kept or scaled)
