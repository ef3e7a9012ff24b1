"""The few functions of the standard library, and of progress bars, that matter to where values go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter import containers, copies, native_calls, natives, records
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.frame import Frame
from modelint.interpreter.state import Returned, State
from modelint.interpreter.values import (
    UNKNOWN,
    Data,
    Function,
    Key,
    Native,
    Partial,
    Value,
    choice,
    constant,
    options,
    provenance,
)
from modelint.text.span import Span

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine


CHAINS = frozenset({"itertools.chain", "itertools.chain.from_iterable", "itertools.islice", "itertools.cycle", "itertools.tee"})
SAME = frozenset({"builtins.input", "tqdm.tqdm", "tqdm.auto.tqdm", "tqdm.notebook.tqdm", "rich.progress.track"})
"""Functions that hand on what they receive."""
EXITS = frozenset({"sys.exit", "os._exit"} | {f"builtins.{name}" for name in natives.EXITS})


def call(machine: Machine, state: State, name: str, arguments: Arguments, frame: Frame, span: Span) -> list[Returned] | None:
    """What a function of another library gives; None if it is not one of these."""
    if name == "functools.partial" and arguments.positional:
        return [(state, Partial(arguments.positional[0], arguments.positional[1:], tuple(arguments.keywords.items())))]
    if name in ("functools.wraps", "functools.update_wrapper"):
        return [(state, Native("iter"))]
    if name == "inspect.isgeneratorfunction" and arguments.positional:
        functions = [each for each in options(arguments.positional[0]) if type(each) is Function]
        return [(state, constant(any(each.ir.is_generator for each in functions)))]
    if name in ("copy.deepcopy", "copy.copy") and arguments.positional:
        is_deep = name == "copy.deepcopy"
        return [(state, copies.copy_value(machine, state, arguments.positional[0], frame, span, is_deep=is_deep))]
    if name in ("contextlib.nullcontext", "nullcontext"):
        return [(state, UNKNOWN if not arguments.positional else arguments.positional[0])]
    if name in records.NAMESPACES:
        return [(state, records.namespace(machine, state, arguments, frame, span))]
    if name == "collections.namedtuple":
        return [(state, records.named_tuple(machine, state, arguments, frame, span) or UNKNOWN)]
    if name in records.REPLACE and arguments.positional:
        return [(state, records.replaced(machine, state, arguments, frame, span) or UNKNOWN)]
    if name in CHAINS:
        return [(state, _chained(machine, state, name, arguments, ("chain", frame.module, span, frame.context)))]
    if name in ("collections.OrderedDict", "collections.defaultdict"):
        positional = arguments.positional if name.endswith("OrderedDict") else arguments.positional[1:]
        given = Arguments(positional, arguments.keywords, arguments.rest)
        key: Key = ("dict", frame.module, span, frame.context)
        return [(state, natives.FUNCTIONS["dict"](machine, state, given, frame, key) or UNKNOWN)]
    if name in ("tqdm.trange", "tqdm.auto.trange"):
        return native_calls.call(machine, state, "range", arguments, frame, span, None)
    if name in SAME:
        return [(state, arguments.first() if arguments.positional or "iterable" in arguments.keywords else UNKNOWN)]
    if name in EXITS:
        return []
    return None


def _chained(machine: Machine, state: State, name: str, arguments: Arguments, key: Key) -> Value:
    """An iterator over what other iterators give."""
    if name != "itertools.chain" or not arguments.positional:
        return arguments.positional[0] if arguments.positional else UNKNOWN
    elements = [containers.element(machine, state, value) for value in arguments.positional]
    if all(type(element) is Data for element in elements):
        return provenance((*arguments.positional, *elements))
    return containers.new_list(machine, state, None, key, choice(elements))
