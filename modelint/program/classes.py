"""Questions about classes that need no state: which names they call on themselves, whether they read their mode."""

from __future__ import annotations

from collections.abc import Iterator

from modelint.ir.module import FunctionIR, ModuleIR
from modelint.ir.ops import (
    Call,
    Constant,
    For,
    GetAttribute,
    GetItem,
    If,
    Load,
    Move,
    Op,
    Operate,
    Raise,
    Return,
    SetAttribute,
    Store,
    Try,
    While,
    With,
)
from modelint.ir.walk import walk

COMPUTATIONS = (Constant, Load, Move, GetAttribute, GetItem, Operate, Return)
SIMPLE = 8
"""Operations of a function that is run whatever it is about."""

TENSOR_MEMBERS = frozenset(
    "abs add add_ addmm all amax amin any argmax argmin argsort bernoulli_ bmm bool ceil chunk clamp clamp_ clamp_max clamp_min clone"
    " contiguous copy_ cos cumprod cumsum data detach diag diagonal diff dim div div_ dot eq erf exp exp_ expand expand_as fill_ flatten"
    " flip floor gather ge grad gt index_add_ index_copy_ index_fill_ index_select int inverse isnan item kthvalue le lerp_ log log10"
    " log1p log2 logsumexp long lt masked_fill masked_fill_ masked_select matmul max mean median min mm mul mul_ mv narrow ne neg new"
    " new_full new_ones new_tensor new_zeros nonzero norm normal_ numel numpy permute pin_memory pow prod reciprocal relu repeat"
    " repeat_interleave reshape roll round rsqrt scatter scatter_ scatter_add_ select sigmoid sign sin size softmax sort split sqrt"
    " square squeeze std sub sub_ sum t tanh tile tolist topk transpose tril triu unbind unflatten unfold uniform_ unique unsqueeze var"
    " view view_as where zero_".split()
)
"""What tensors have and modules have not. Fact: tests/facts/test_torch_modes.py"""


def called_on_self(function: FunctionIR) -> frozenset[str]:
    """The attributes of the first parameter that the function calls: `self.net(x)` and `self.net.encode(x)` give `net`. What has a
    method of tensors, as in `self.scale.view(1, -1)`, is a tensor, and nothing of it is called."""
    if not function.parameters:
        return frozenset()
    prefix = function.parameters[0].name + "."
    called = (
        op.text[len(prefix) :].split(".") for op in walk(function.body) if type(op) is Call and op.text.startswith(prefix)
    )
    return frozenset(names[0] for names in called if len(names) == 1 or names[1] not in TENSOR_MEMBERS)


def is_abstract(function: FunctionIR) -> bool:
    """Whether a method is there to be overridden: it is marked so, or all it does is to raise `NotImplementedError`."""
    if any("abstractmethod" in name for name in function.decorators):
        return True
    raises = bool(function.body) and type(function.body[-1]) is Raise and "NotImplementedError" in function.words
    return raises and not any(isinstance(op, (If, For, While, Try, With)) for op in function.body)


def is_simple(function: FunctionIR) -> bool:
    """Whether all that a function does is to compute something of what it is given, in a few operations and without a call."""
    return len(function.body) <= SIMPLE and all(isinstance(op, COMPUTATIONS) for op in function.body)


def reads_own_mode(function: FunctionIR) -> bool:
    """Whether the function reads the mode of its first parameter, other than to choose between a part and the same part run again in the
    backward: `if self.gradient_checkpointing and self.training`."""
    if "training" not in function.words:
        return False
    reads = sum(type(op) is GetAttribute and op.name == "training" for op in _on_self(function))
    names: dict[int, str] = {}
    for op in walk(function.body):
        if isinstance(op, (Load, GetAttribute)):
            names[op.into] = op.name
        elif type(op) is Operate and op.operator == "and":
            tested = [names.get(register, "") for register in op.operands]
            if any("checkpoint" in name for name in tested):
                reads -= tested.count("training")
    return reads > 0


def written_own(function: FunctionIR) -> frozenset[str]:
    """The attributes of its first parameter that the function assigns."""
    return frozenset(op.name for op in _on_self(function) if type(op) is SetAttribute)


def _on_self(function: FunctionIR) -> Iterator[GetAttribute | SetAttribute]:
    """What reads or assigns an attribute of the first parameter."""
    own = function.parameters[0].name if function.parameters else None
    held: set[int] = set()
    for op in walk(function.body):
        if type(op) is Load and op.name == own:
            held.add(op.into)
        elif isinstance(op, (GetAttribute, SetAttribute)) and op.owner in held:
            yield op
        else:
            into = _written(op)
            if into is not None:
                held.discard(into)


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
