"""Questions about classes that need no state: which names they call on themselves, whether they read their mode."""

from __future__ import annotations

from modelint.ir.module import FunctionIR, ModuleIR
from modelint.ir.ops import Call, GetAttribute, Load, Move, Op, Store
from modelint.ir.walk import walk


def called_on_self(function: FunctionIR) -> frozenset[str]:
    """The attributes of the first parameter that the function calls: `self.net(x)` gives `net`."""
    if not function.parameters:
        return frozenset()
    prefix = function.parameters[0].name + "."
    return frozenset(
        op.text[len(prefix) :].partition(".")[0]
        for op in walk(function.body)
        if type(op) is Call and op.text.startswith(prefix)
    )


def reads_own(function: FunctionIR, attribute: str) -> bool:
    """Whether the function reads an attribute of its first parameter."""
    if not function.parameters or attribute not in function.words:
        return False
    own = function.parameters[0].name
    held: set[int] = set()
    for op in walk(function.body):
        if type(op) is Load and op.name == own:
            held.add(op.into)
        elif type(op) is GetAttribute and op.name == attribute and op.owner in held:
            return True
        else:
            into = _written(op)
            if into is not None:
                held.discard(into)
    return False


def _written(op: Op) -> int | None:
    if type(op) in (Store,):
        return None
    if type(op) is Move:
        return op.into
    into = getattr(op, "into", None)
    return into if isinstance(into, int) else None


def methods_of(module: ModuleIR, class_index: int) -> list[FunctionIR]:
    """The functions defined directly in a class body."""
    qualname = module.classes[class_index].qualname
    return [function for function in module.functions if function.qualname == f"{qualname}.{function.name}"]
