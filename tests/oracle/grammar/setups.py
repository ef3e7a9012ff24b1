"""How a hand-written program makes its models, optimizers and teachers, and whether accelerate prepares them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.oracle.grammar.models import MODELS
from tests.oracle.grammar.writer import Net, Scope, Writer

PREPARE = """
def prepare(net):
    net.eval().train()
"""
"""Two mode calls beside the others: an `eval()` that were the only one would be taken to be meant."""
ACCELERATOR = "accelerator = Accelerator(cpu=True)"

OPTIMIZERS = {
    "SGD": "torch.optim.SGD({model}.parameters(), lr=0.01)",
    "Adam": "torch.optim.Adam({model}.parameters(), lr=0.01)",
    "filtered parameters": "torch.optim.SGD([p for p in {model}.parameters() if p.requires_grad], lr=0.01)",
    "parameter groups": 'torch.optim.SGD([{{"params": {model}.parameters()}}], lr=0.01)',
}
TEACHERS = {
    "teacher is a frozen copy": ["teacher = copy.deepcopy({model})", "teacher.requires_grad_(False)"],
    "teacher is a copy": ["teacher = copy.deepcopy({model})"],
    "teacher is an alias": ["teacher = {model}"],
    "teacher is frozen by a loop": [
        "teacher = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))",
        "for parameter in teacher.parameters():",
        "    parameter.requires_grad = False",
    ],
}
CONSTRUCTS = (*OPTIMIZERS, "one optimizer for all", "weights loaded", *TEACHERS, "accelerate")


@dataclass(frozen=True)
class Setup:
    """`made`: the lines that make everything that the scope names, as local variables."""

    scope: Scope
    made: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        optimizers = dict.fromkeys(net.optimizer for net in self.scope.nets)
        teacher = (self.scope.teacher,) if self.scope.teacher else ()
        return (*(net.name for net in self.scope.nets), *optimizers, *teacher)

    def as_attributes(self) -> Scope:
        """The scope of methods of an object that holds it all."""
        nets = (replace(net, name=f"self.{net.name}", optimizer=f"self.{net.optimizer}") for net in self.scope.nets)
        teacher = self.scope.teacher and f"self.{self.scope.teacher}"
        return replace(self.scope, nets=tuple(nets), flags=tuple(f"self.{flag}" for flag in self.scope.flags), teacher=teacher)


def set_up(writer: Writer) -> Setup:
    nets: list[Net] = []
    made: list[str] = []
    for name in ["model", "other"][: writer.choose.choice([1, 1, 2])]:
        net, lines = _model(writer, name)
        nets.append(net)
        made += lines
    if len(nets) > 1 and writer.perhaps(0.25):
        writer.uses("one optimizer for all")
        parameters = ", ".join(f"*{net.name}.parameters()" for net in nets)
        made.append(f"optimizer = torch.optim.SGD([{parameters}], lr=0.01)")
        nets = [replace(net, optimizer="optimizer") for net in nets]
    else:
        made += [_optimizer(writer, net) for net in nets]
    scope = Scope(tuple(nets), ("a", "b"))
    if writer.perhaps(0.1):
        scope, made = _accelerated(writer, scope, made)
    if writer.perhaps(0.2):
        scope, made = _taught(writer, scope, made)
    return Setup(scope, tuple(made))


def new_model(writer: Writer) -> tuple[str, tuple[str, ...]]:
    """An expression that makes a model, and its parts."""
    kind = writer.choose.choice(sorted(MODELS))
    model = MODELS[kind]
    writer.uses(f"model: {kind}", model.code)
    if model.needs:
        writer.needs.add(model.needs)
    return model.made, model.parts


def _model(writer: Writer, name: str) -> tuple[Net, list[str]]:
    made, parts = new_model(writer)
    writer.support["prepare"] = PREPARE.strip("\n")
    lines = [f"{name} = {made}", f"prepare({name})"]
    if writer.perhaps(0.1):
        writer.uses("weights loaded")
        lines.append(f"{name}.load_state_dict({name}.state_dict())")
    return Net(name, "optimizer" if name == "model" else f"{name}_optimizer", parts), lines


def _optimizer(writer: Writer, net: Net) -> str:
    kind = writer.choose.choice(sorted(OPTIMIZERS))
    writer.uses(kind)
    return f"{net.optimizer} = {OPTIMIZERS[kind].format(model=net.name)}"


def _accelerated(writer: Writer, scope: Scope, made: list[str]) -> tuple[Scope, list[str]]:
    writer.uses("accelerate", ACCELERATOR)
    writer.needs.add("accelerate")
    names = [*(net.name for net in scope.nets), *dict.fromkeys(net.optimizer for net in scope.nets)]
    prepared = f"{', '.join(names)} = accelerator.prepare({', '.join(names)})"
    return replace(scope, accelerator="accelerator"), [*made, prepared]


def _taught(writer: Writer, scope: Scope, made: list[str]) -> tuple[Scope, list[str]]:
    kind = writer.choose.choice(sorted(TEACHERS))
    writer.uses(kind)
    lines = [line.format(model=writer.net(scope).name) for line in TEACHERS[kind]]
    if kind != "teacher is an alias" and writer.perhaps(0.6):
        lines.append("teacher.eval()")
    return replace(scope, teacher="teacher"), [*made, *lines]
