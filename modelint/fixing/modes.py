"""The edit that puts a model in the mode that a forward needs: which function of the chain of calls gets it, on which
expression, at which place, and whether it is safe.

The chain of a forward is the calls that led to it, outermost first, and the forward. A mode call may stand in any function of
the chain from the one on in which the wrong mode was set: further out it would be undone on the way.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal, TypeAlias

from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.events import Cause, Event, Forward, InferenceForward, Model, Site, TrainingStep
from modelint.fixing import insertion
from modelint.fixing.code import Code
from modelint.fixing.names import keys_of, parameters
from modelint.fixing.placement import Place, Target, find_place
from modelint.fixing.receivers import caller_receiver, is_method, is_module_method, receiver_at, written
from modelint.judge.layers import is_below
from modelint.judge.repair import SetMode
from modelint.text.span import Span

Chain: TypeAlias = "tuple[Site, ...]"
Mode: TypeAlias = Literal["train", "eval"]
CodeOf: TypeAlias = "Callable[[str], Code | None]"

_WHERE = {
    "loop": "before the loop",
    "start": "at the start of the loop's body",
    "restore": "after what switches the mode",
    "statement": "before the forward pass",
}


class Uses:
    """Where a program trains a model and where it infers with it, as chains."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._chains: dict[tuple[Mode, str], dict[Chain, None]] = {}
        self._forwards: dict[tuple[str, str, str], dict[Forward, None]] = {}
        self._frozen: dict[str, set[tuple[str, Cause]]] = {}
        for event in events:
            if isinstance(event, TrainingStep):
                for forward in event.forwards:
                    self._add("train", forward)
            elif isinstance(event, InferenceForward):
                self._add("eval", event.forward)

    def _add(self, mode: Mode, forward: Forward) -> None:
        self._chains.setdefault((mode, forward.model.key), {})[chain_of(forward)] = None
        if mode == "eval" or not forward.method:
            # A method that trains may belong to something else that holds the model: `criterion.loss(model, batch)`.
            place = (forward.model.key, forward.site.path, forward.site.function)
            self._forwards.setdefault(place, {})[forward] = None
        put = {(layer.path, layer.eval) for layer in forward.kept if layer.eval is not None and layer.eval.kind == "called"}
        self._frozen.setdefault(forward.model.key, set()).update(put)

    def needing_other(self, mode: Mode, key: str) -> list[Chain]:
        """The forwards of a model that need the mode that is not `mode`."""
        return list(self._chains.get(("eval" if mode == "train" else "train", key), ()))

    def names_beside(self, forward: Forward, code: Code) -> dict[str, ast.expr]:
        """What the function of a forward calls the model at its other forwards, by text."""
        beside = self._forwards.get((forward.model.key, forward.site.path, forward.site.function), ())
        found = filter(None, (receiver_at(code, other) for other in beside))
        return {ast.unparse(receiver): receiver for receiver in found}

    def frozen(self, model: Model, causes: AbstractSet[Cause]) -> set[str]:
        """The frozen layers of a model that something else than these causes has put in eval mode: they are meant to stay there.
        An adapter freezes all of its base, whose mode is that of the whole."""
        if model.adapter:
            return set()
        return {path for path, cause in self._frozen.get(model.key, ()) if cause not in causes}


@dataclass(frozen=True, slots=True)
class _Frame:
    """One function of the chain: the place in it that leads to the forward, and the model's name there."""

    code: Code
    site: Site
    receiver: ast.expr
    depth: int


@dataclass(frozen=True, slots=True)
class _Choice:
    frame: _Frame
    place: Place


def chain_of(forward: Forward) -> Chain:
    """The calls that led to a forward and the forward itself."""
    return (*forward.calls, forward.site)


def set_mode(repair: SetMode, causes: Collection[Cause], others: Sequence[Forward], uses: Uses, code_of: CodeOf) -> Fix | None:
    """The fix for a model in the wrong mode. `causes` are all that set it for the forward, the repair's own among them; `others`
    are further forwards that are wrong in the same way."""
    chain = chain_of(repair.forward)
    caused = [(*cause.calls, cause.site) for cause in causes]
    opposites = uses.needing_other(repair.mode, repair.forward.model.key)
    first = max((_shared(chain, each) for each in caused), default=0)
    choices = []
    for frame in _frames(repair.forward, repair.mode, uses, code_of):
        if frame.depth < min(first, len(chain) - 1):
            break
        if not _is_separate(frame, opposites):
            continue
        target = _target(frame, chain, repair.mode, caused, opposites)
        if frame.depth == len(chain) - 1:
            target = replace(target, sites=(*target.sites, *_alike(frame, others)))
        place = find_place(frame.code, target)
        if place is not None:
            choices.append(_Choice(frame, place))
    choice = _best(choices, repair.mode)
    return _fix(choice, repair, uses.frozen(repair.forward.model, set(causes))) if choice is not None else None


def _shared(one: Chain, other: Chain) -> int:
    """How many calls two chains have in common at their beginning."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _frames(forward: Forward, mode: Mode, uses: Uses, code_of: CodeOf) -> Iterator[_Frame]:
    """The functions of the chain, the forward's own first, as far as the model has a name there."""
    chain = chain_of(forward)
    code = code_of(chain[-1].path)
    receiver = _receiver(code, forward, uses, mode) if code is not None else None
    depth = len(chain) - 1
    while code is not None and receiver is not None:
        yield _Frame(code, chain[depth], receiver, depth)
        if depth == 0:
            return
        callee = code.function_of(code.levels(chain[depth].span))
        bound = is_method(code, callee)
        code = code_of(chain[depth - 1].path)
        call = code.call_at(chain[depth - 1].span) if code is not None else None
        if code is None or call is None:
            return
        receiver = caller_receiver(code, call, receiver, callee, is_method=bound)
        depth -= 1


def _receiver(code: Code, forward: Forward, uses: Uses, mode: Mode) -> ast.expr | None:
    """The model's name at its forward, or where it has none, as in `unwrap(model).generate()`, the only one in the function."""
    names = uses.names_beside(forward, code)
    receiver = receiver_at(code, forward)
    is_model = receiver is not None and (mode == "eval" or not forward.method or ast.unparse(receiver) in names)
    if is_model or (receiver is not None and not names and not _is_plain_self(code, forward, receiver)):
        return receiver
    return next(iter(names.values())) if len(names) == 1 else None


def _is_plain_self(code: Code, forward: Forward, receiver: ast.expr) -> bool:
    """`self` in a class that is no module: its method trains a model that it holds or is given."""
    function = code.function_of(code.levels(forward.site.span))
    if function is None or not is_method(code, function) or is_module_method(code, function):
        return False
    return ast.unparse(receiver) in parameters(function)[:1]


def _is_separate(frame: _Frame, opposites: list[Chain]) -> bool:
    """No forward that needs the other mode comes through the very same place of this function."""
    return not any(frame.site in other for other in opposites)


def _target(frame: _Frame, chain: Chain, mode: Mode, caused: list[Chain], opposites: list[Chain]) -> Target:
    keys = keys_of(frame.receiver) or frozenset()
    here = tuple(
        each[frame.depth].span
        for each in caused
        if _shared(chain, each) == frame.depth < len(each) and _same_function(each[frame.depth], frame.site)
    )
    needing = tuple({site.span: None for other in opposites for site in other if _same_function(site, frame.site)})
    return Target((frame.site.span,), mode, keys, here, needing)


def _alike(frame: _Frame, others: Sequence[Forward]) -> tuple[Span, ...]:
    """The places of further forwards in the same function, of what has the same name there."""
    name = ast.unparse(frame.receiver)
    found = {
        other.site.span: None
        for other in others
        if _same_function(other.site, frame.site)
        and other.site != frame.site
        and (receiver := receiver_at(frame.code, other)) is not None
        and ast.unparse(receiver) == name
    }
    return tuple(found)


def _same_function(one: Site, other: Site) -> bool:
    return (one.path, one.function) == (other.path, other.function)


def _best(choices: list[_Choice], mode: Mode) -> _Choice | None:
    """Training: where a loop makes it once and not in every step. Inference: in the forward's own function, unless that is a
    method of a module, whose caller decides about its mode."""
    if not choices:
        return None
    outside = [choice for choice in choices if not _in_module_method(choice.frame)] or choices
    if mode == "train":
        return next((choice for choice in outside if choice.place.kind != "statement"), outside[0])
    return outside[0]


def _in_module_method(frame: _Frame) -> bool:
    return is_module_method(frame.code, frame.code.function_of(frame.code.levels(frame.site.span)))


def _fix(choice: _Choice, repair: SetMode, frozen: AbstractSet[str]) -> Fix | None:
    frame, place = choice.frame, choice.place
    receiver, is_clean = _on_part(written(frame.code, frame.receiver), repair, frozen)
    text = f"{receiver}.{repair.mode}()"
    put = insertion.before if place.side == "before" else insertion.after
    inserted = put(frame.code, place.statement, text)
    if inserted is None:
        return None
    span, content = inserted
    is_safe = is_clean and not (place.kind == "statement" and repair.mode == "train" and frame.site.function == "<module>")
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    return Fix(applicability, f"Call `{text}` {_WHERE[place.kind]}", (Edit(frame.site.path, span, content),))


def _on_part(receiver: str, repair: SetMode, frozen: AbstractSet[str]) -> tuple[str, bool]:
    """The expression for what is to be switched: the whole model, or the wrong part of it where another part is meant to keep its
    mode. And whether that touches nothing that is meant to stay."""
    wrong = "eval" if repair.mode == "train" else "train"
    layers = repair.forward.layers
    meant = {layer.path for layer in layers if layer.intended and layer.mode == wrong} | frozen
    if not meant:
        return receiver, True
    part = _common_part([layer.path for layer in layers if not layer.intended and layer.mode in (wrong, "both")])
    inside = any(is_below(path, part) for path in meant)
    return (f"{receiver}.{part}" if part else receiver), not inside


def _common_part(paths: list[str]) -> str:
    """The path of the innermost object that holds all of these layers and can be written with dots."""
    names = [list(takewhile(str.isidentifier, path.split("."))) for path in paths]
    alike = takewhile(lambda together: len(set(together)) == 1, zip(*names, strict=False))
    return ".".join(together[0] for together in alike)
