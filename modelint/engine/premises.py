"""What a look at the real model says of a finding: a function from facts to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from modelint.diagnostics.diagnostic import Premise, ProbeResult, Verdict
from modelint.probe.examine import Facts, SeenLayer, named


def verdict(premise: Premise, facts: Facts) -> ProbeResult:
    """Refuted only by what was seen; whatever could not be seen is inconclusive."""
    if facts.layers is None:
        return _inconclusive(f"{facts.error} ({facts.stage})" if facts.stage else facts.error)
    return _JUDGES[premise](facts, facts.layers)


def _sensitive(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    """There are layers that depend on the mode."""
    live = [layer for layer in layers if layer.kind != "rnn"]
    if not live:
        return _refuted(f"no layer of `{facts.class_name}` depends on the mode")
    details = [_described(live)]
    if facts.differences is not None:
        # That they are equal refutes nothing: an adapter begins at zero, and what training makes of it is seen nowhere yet.
        train, rest, between = (f"{facts.differences[what]:.2g}" for what in ("train", "eval", "between"))
        details.append(f"two forwards in train mode differ by {train}, two in eval mode by {rest}, one in each by {between}")
    else:
        details.append(facts.inputs or f"no forward was made: {facts.error}".removesuffix(": "))
    return _confirmed(facts, *details)


def _made_in_eval(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    result = _sensitive(facts, layers)
    if result.verdict is not Verdict.PREMISES_CONFIRMED or facts.device == "meta":
        return result
    live = [layer for layer in layers if layer.kind != "rnn"]
    resting = [layer for layer in live if not layer.training]
    if not resting:
        return _refuted(f"`{facts.class_name}` is made with all its layers in train mode")
    root = "train" if facts.training else "eval"
    made = f"made in {root} mode, with {len(resting)} of {len(live)} layers in eval mode"
    return ProbeResult(result.verdict, (*result.details, made))


def _recurrent(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    recurrent = [layer for layer in layers if layer.kind == "rnn"]
    if not recurrent:
        return _refuted(f"`{facts.class_name}` has no recurrent layer")
    if facts.device != "cuda":
        here = {None: "was not tried here", "": "works here"}.get(facts.backward, f"raises here: {facts.backward}")
        return _confirmed(facts, _described(recurrent), f"a backward in eval mode {here}, cuDNN raises on a GPU")
    if facts.backward is None:
        return _inconclusive(facts.error or facts.inputs)
    if not facts.backward:
        return _refuted(_described(recurrent), "a backward in eval mode works on this GPU")
    return _confirmed(facts, _described(recurrent), f"a backward in eval mode raises: {facts.backward}")


def _moving(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    normalising = [layer for layer in layers if layer.kind == "batch_norm"]
    if not normalising:
        return _refuted(f"`{facts.class_name}` has no running statistics")
    if facts.moved is None:
        return _inconclusive(facts.error or facts.inputs or "no training step was made")
    if not facts.moved:
        return _refuted("one training step moves no statistics")
    return _confirmed(facts, f"one training step moves {named(facts.moved)}")


def _statistics(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    if not any(layer.kind == "batch_norm" for layer in layers):
        return _refuted(f"`{facts.class_name}` has no running statistics")
    adapter = facts.adapter
    if adapter is None:
        return _inconclusive(facts.error or "nothing was saved and loaded")
    if not adapter.moved:
        return _refuted("one training step moves no statistics that the save leaves out")
    details = [
        f"one training step moves {named(adapter.moved)}",
        f"after saving and loading, outputs differ by {adapter.difference:.2g}",
    ]
    if adapter.remaining is not None:
        names = ", ".join(f'"{name}"' for name in adapter.names)
        details.append(f"with `modules_to_save=[{names}]` by {adapter.remaining:.2g}")
    return _confirmed(facts, *details)


def _frozen(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    if facts.trainable:
        return _refuted(f"{facts.trainable} of {facts.parameters} parameters can be trained")
    return _confirmed(facts, f"none of {facts.parameters} parameters can be trained")


def _eval_raises(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    if facts.evaluated is None:
        return _unfinished(facts)
    if not facts.evaluated.raised:
        return _refuted(f"`eval()` of `{facts.class_name}` works")
    return _confirmed(facts, f"`eval()` raises {facts.evaluated.raised}")


def _eval_is_partial(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    if facts.evaluated is None or facts.evaluated.raised:
        return _unfinished(facts)
    left = [*(["the object itself"] if facts.evaluated.own else []), *filter(None, [named(facts.evaluated.live)])]
    if not left:
        return _refuted(f"`eval()` puts `{facts.class_name}` and all its layers in eval mode")
    return _confirmed(facts, f"in train mode after `eval()`: {' and '.join(left)}")


def _eval_returns_no_self(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    if facts.evaluated is None or facts.evaluated.raised:
        return _unfinished(facts)
    if not facts.evaluated.returned:
        return _refuted(f"`eval()` of `{facts.class_name}` returns the object")
    return _confirmed(facts, f"`eval()` returns {facts.evaluated.returned}")


def _train_keeps_eval(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    if facts.kept is None:
        return _unfinished(facts)
    if not facts.kept:
        return _refuted(f"`train()` puts no layer of `{facts.class_name}` in eval mode that is made in train mode")
    return _confirmed(facts, f"made in train mode, and put in eval mode by `train()`: {named(facts.kept)}")


def _out_of_reach(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    hidden = facts.hidden
    if hidden is None:
        return _unfinished(facts)
    if not hidden.kind:
        return _refuted(f"`{facts.class_name}` has no `{hidden.attribute}`")
    if not hidden.held:
        without = "without modules" if hidden.kind in ("list", "tuple", "dict") else "and no plain container"
        return _refuted(f"`{hidden.attribute}` is a {hidden.kind} {without}")
    if not hidden.missed:
        return _refuted(f"all {hidden.held} modules in `{hidden.attribute}` are parts of `{facts.class_name}`")
    details = [
        f"{hidden.missed} of {hidden.held} modules in the {hidden.kind} `{hidden.attribute}` are no parts of `{facts.class_name}`"
    ]
    if hidden.parameters:
        details.append(f"`parameters()` leaves out {hidden.parameters} weights")
    if hidden.live:
        details.append(f"`eval()` leaves {hidden.live} of their layers in train mode")
    return _confirmed(facts, *details)


def _unfinished(facts: Facts) -> ProbeResult:
    """The look ended before, or `eval()` did."""
    raised = facts.evaluated.raised if facts.evaluated is not None else ""
    return _inconclusive(f"`eval()` raises {raised}" if raised else f"{facts.error} ({facts.stage})")


def _nothing(facts: Facts, layers: tuple[SeenLayer, ...]) -> ProbeResult:
    return _inconclusive("the finding is about the source, not about a model")


_JUDGES: dict[Premise, Callable[[Facts, tuple[SeenLayer, ...]], ProbeResult]] = {
    "": _nothing,
    "made-in-eval": _made_in_eval,
    "sensitive": _sensitive,
    "recurrent": _recurrent,
    "moving": _moving,
    "statistics": _statistics,
    "frozen": _frozen,
    "made-frozen": _frozen,
    "eval-raises": _eval_raises,
    "eval-is-partial": _eval_is_partial,
    "eval-returns-no-self": _eval_returns_no_self,
    "train-keeps-eval": _train_keeps_eval,
    "out-of-reach": _out_of_reach,
}


def _described(layers: Iterable[SeenLayer]) -> str:
    """`8 dropout layers: `a` (p=0.1), `b` (p=0.1) and 6 more`."""
    by_kind: dict[str, list[SeenLayer]] = {}
    for layer in layers:
        by_kind.setdefault(layer.kind, []).append(layer)
    return "; ".join(_of_kind(kind, found) for kind, found in by_kind.items())


def _of_kind(kind: str, layers: list[SeenLayer]) -> str:
    what = {"batch_norm": "BatchNorm", "rnn": "recurrent"}.get(kind, kind)
    if not layers[0].path:  # the very thing that was looked at
        return f"1 {what} layer{_in_brackets(layers[0].details)}"
    first = ", ".join(f"`{layer.path}`{_in_brackets(layer.details)}" for layer in layers[:2])
    more = f" and {len(layers) - 2} more" if len(layers) > 2 else ""
    return f"{len(layers)} {what} layer{'s' if len(layers) > 1 else ''}: {first}{more}"


def _in_brackets(details: str) -> str:
    return f" ({details})" if details else ""


def _confirmed(facts: Facts, *details: str) -> ProbeResult:
    where = ("seen on the configuration alone",) if facts.device == "meta" else ()
    return ProbeResult(Verdict.PREMISES_CONFIRMED, (*details, *where))


def _refuted(*details: str) -> ProbeResult:
    return ProbeResult(Verdict.REFUTED, details)


def _inconclusive(reason: str) -> ProbeResult:
    return ProbeResult(Verdict.INCONCLUSIVE, (reason,))
