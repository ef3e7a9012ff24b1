"""What the mode methods of a new object do, and which modules in an attribute of it they do not reach."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from torch import nn

from modelint.probe.inside.layers import Found, of_others, sensitive

EVAL = frozenset({"eval-raises", "eval-is-partial", "eval-returns-no-self"})


def seen(premises: Collection[str], model: nn.Module, attribute: str, is_users: Callable[[object], bool]) -> dict[str, Any]:
    """What premises about objects of a class ask; nothing for others."""
    facts: dict[str, Any] = {}
    if "out-of-reach" in premises:
        facts["hidden"] = _hidden(model, attribute, is_users)
    if "train-keeps-eval" in premises:
        facts["kept"] = _kept_by_train(model, is_users)
    if EVAL.intersection(premises):
        facts["evaluated"] = _evaluated(model, is_users)
    return facts


def _kept_by_train(model: nn.Module, is_users: Callable[[object], bool]) -> list[str]:
    """The layers that are made in train mode, and that `train()` puts in eval mode."""
    made = [found for found in _own_layers(model, is_users) if found.module.training]
    model.train()
    return [found.path for found in made if not found.module.training]


def _evaluated(model: nn.Module, is_users: Callable[[object], bool]) -> dict[str, Any]:
    """`raised`: what `eval()` raised; `returned`: what it returned instead of the object; `live`: layers that it left in train mode; `own`: whether
    the object itself."""
    raised, returned = "", ""
    try:
        result: object = model.eval()
        returned = "" if result is model else "None" if result is None else f"a {type(result).__qualname__}"
    except Exception as error:  # a stranger's method
        raised = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
    live = [found.path for found in _own_layers(model, is_users) if found.module.training]
    return {"raised": raised, "returned": returned, "live": live, "own": model.training}


def _own_layers(model: nn.Module, is_users: Callable[[object], bool]) -> list[Found]:
    """Without those of parts that switch themselves."""
    apart = of_others(model, is_users)
    return [found for found in sensitive(model, is_users) if found.kind != "rnn" and id(found.module) not in apart]


def _hidden(model: nn.Module, attribute: str, is_users: Callable[[object], bool]) -> dict[str, Any]:
    """`kind`: the type of the attribute, "" if there is none; `held`: how many modules a plain container in it holds, `missed`: how many of them are no parts,
    `parameters`: how many numbers these have, `live`: how many of their layers `eval()` leaves in train mode."""
    missing = object()
    value = getattr(model, attribute, missing)
    held = list(_modules_in(value))
    known = set(map(id, model.modules()))
    missed = [module for module in held if id(module) not in known]
    model.eval()
    live = [
        found for module in missed for found in sensitive(module, is_users) if found.module.training and found.kind != "rnn"
    ]
    return {
        "attribute": attribute,
        "kind": type(value).__name__ if value is not missing else "",
        "held": len(held),
        "missed": len(missed),
        "parameters": sum(parameter.numel() for module in missed for parameter in module.parameters()),
        "live": len(live),
    }


def _modules_in(value: object) -> Iterator[nn.Module]:
    """The modules in plain containers, those in their parts left out."""
    items: Any = value.values() if type(value) is dict else value if type(value) in (list, tuple) else ()
    for item in items:
        yield from [item] if isinstance(item, nn.Module) else _modules_in(item)
