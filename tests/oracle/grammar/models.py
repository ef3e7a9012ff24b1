"""Model classes: with and without layers that depend on the mode, of parts, inherited, overriding `train`, wrapped, adapted.

A model takes and gives three numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """How a model is made, the code for it, and the parts whose mode may be set. `needs`: the library it is of."""

    made: str
    code: str = ""
    parts: tuple[str, ...] = ()
    needs: str = ""


PARTS = """
class Parts(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3))
        self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(3, 3))

    def forward(self, x):
        return self.head(self.body(x))
"""
INHERITED = """
class Parent(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(3, 3) for _ in range(count)])
        self.build()

    def build(self):
        self.drop = nn.Identity()

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.drop(x)


class Child(Parent):
    def build(self):
        self.drop = nn.Dropout(0.3)
"""
OVERRIDE = """
class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(3)
        self.drop = nn.Dropout(0.5)
        self.head = nn.Linear(3, 3)

    def forward(self, x):
        return self.head(self.drop(self.norm(x)))

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self
"""
CONDITIONAL_OVERRIDE = """
class Freezing(nn.Module):
    def __init__(self, frozen):
        super().__init__()
        self.frozen = frozen
        self.body = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3))
        self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(3, 3))
        if frozen:
            for parameter in self.body.parameters():
                parameter.requires_grad = False

    def forward(self, x):
        return self.head(self.body(x))

    def train(self, mode=True):
        super().train(mode)
        if mode and self.frozen:
            self.body.eval()
        return self
"""
INHERITED_OVERRIDE = """
class KeepsNorms(nn.Module):
    def train(self, mode=True):
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm1d):
                module.eval()
        return self


class Kept(KeepsNorms):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3), nn.Dropout(0.2))

    def forward(self, x):
        return self.layers(x)
"""
WRAPPED = """
class Wrapper(nn.Module):
    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)
"""
NESTED = """
class Inner(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.layers = nn.ModuleDict({"linear": nn.Linear(3, 3), "drop": nn.Dropout(p)})

    def forward(self, x):
        return self.layers["drop"](self.layers["linear"](x))


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Inner(0.1)
        self.second = Inner(0.0)
        self.norm = nn.BatchNorm1d(3)

    def forward(self, x):
        return self.norm(self.second(self.first(x)))
"""
FACTORY = """
def build(p):
    layers = [nn.Linear(3, 3)]
    if p > 0:
        layers.append(nn.Dropout(p))
    return nn.Sequential(*layers)
"""
COPIED = """
ORIGINAL = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))
ORIGINAL.eval()
"""
READS_MODE = """
class Noisy(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)

    def forward(self, x):
        if self.training:
            x = x + 0.1 * torch.randn_like(x)
        return F.dropout(self.linear(x), 0.5, training=self.training)
"""
FROZEN_PART = """
class OnFrozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3), nn.Dropout(0.1))
        self.body.requires_grad_(False)
        self.body.eval()
        self.head = nn.Linear(3, 3)

    def forward(self, x):
        return self.head(self.body(x))
"""
OWN_METHODS = """
class Mixin:
    def evaluating(self):
        self.eval()
        return self


class WithMethods(Mixin, nn.Module):
    def __init__(self):
        super().__init__()
        self.linear, self.drop = nn.Linear(3, 3), nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(self.linear(x))

    @torch.no_grad()
    def infer(self, x):
        self.evaluating()
        return self(x).sum().item()
"""
RECURRENT = """
class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(3, 3, num_layers=2, dropout=0.3)

    def forward(self, x):
        return self.rnn(x)[0]
"""
SHARED_PART = """
class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)
        self.first = nn.Dropout(0.5)
        self.last = self.first

    def forward(self, x):
        return self.last(self.linear(self.first(x)))
"""
ADAPTED = "get_peft_model({base}, LoraConfig(r=2, lora_dropout={dropout}, target_modules=[{target}]))"

MODELS: dict[str, Model] = {
    "sequential": Model("nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3), nn.Dropout(0.5))", "", ("[1]", "[2]")),
    "insensitive": Model("nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.LayerNorm(3))"),
    "parts": Model("Parts()", PARTS, (".body", ".head")),
    "inherited": Model("Child(2)", INHERITED, (".drop",)),
    "train() overridden": Model("Frozen()", OVERRIDE),
    "train() overridden by a flag": Model("Freezing(True)", CONDITIONAL_OVERRIDE),
    "train() overridden by a parent": Model("Kept()", INHERITED_OVERRIDE),
    "wrapper": Model("Wrapper(nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5)))", WRAPPED, (".module",)),
    "nested": Model("Outer()", NESTED, (".first", ".norm")),
    "factory": Model("build(0.5)", FACTORY),
    "deep copy": Model("copy.deepcopy(ORIGINAL)", COPIED),
    "forward reads the mode": Model("Noisy()", READS_MODE),
    "frozen part": Model("OnFrozen()", FROZEN_PART, (".body",)),
    "own methods": Model("WithMethods()", OWN_METHODS),
    "recurrent": Model("Recurrent()", RECURRENT),
    "shared part": Model("Shared()", SHARED_PART, (".last",)),
    "adapter": Model(ADAPTED.format(base="Parts()", dropout=0.1, target='"body.0"'), PARTS, needs="peft"),
    "adapter without dropout": Model(
        ADAPTED.format(base="nn.Sequential(nn.Linear(3, 3), nn.ReLU())", dropout=0.0, target='"0"'), needs="peft"
    ),
}
