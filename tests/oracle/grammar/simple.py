"""Statements without a body: mode calls in many forms, training steps, inference, calls of helpers, early exits."""

from __future__ import annotations

from tests.oracle.grammar.helpers import HELPERS
from tests.oracle.grammar.writer import Net, Production, Scope, Writer

INPUT = "torch.randn(2, 3)"
FREEZABLE = (".body", ".first")
HOLDER = """
class Holder:
    def __init__(self, net):
        self.net = net
"""
INFERRED = "print({}(torch.ones(2, 3)).sum().item())"


# ------------------------------------------------------------------ modes
def mode_call(writer: Writer, scope: Scope) -> list[str]:
    model = writer.net(scope).name
    form = writer.choose.choice(["train()", "eval()", "train()", "eval()", "train(False)", "train(flag)"])
    if form == "train(flag)":
        writer.uses("train(flag)")
        return [f"{model}.train({writer.flag(scope)})"]
    writer.uses("mode call")
    return [f"{model}.{form}"]


def mode_of_a_part(writer: Writer, scope: Scope) -> list[str]:
    net = writer.choose.choice([net for net in scope.nets if net.parts])
    writer.uses("mode of a part")
    return [f"{net.name}{writer.choose.choice(net.parts)}.{writer.mode()}"]


def mode_by_alias(writer: Writer, scope: Scope) -> list[str]:
    net = writer.net(scope)
    alias = writer.name("alias")
    form = writer.choose.choice(["alias", "bound method", "conditional expression", "attribute of an object", "partial"])
    writer.uses(form)
    if form == "alias":
        return [f"{alias} = {net.name}", f"{alias}.{writer.mode()}"]
    if form == "bound method":
        return [f"{alias} = {net.name}.{writer.mode().removesuffix('()')}", f"{alias}()"]
    if form == "partial":
        return [f"{alias} = functools.partial({net.name}.train, {writer.flag(scope)})", f"{alias}()"]
    if form == "attribute of an object":
        writer.support["holder"] = HOLDER.strip("\n")
        return [f"{alias} = Holder({net.name})", f"{alias}.net.{writer.mode()}"]
    other = writer.net(scope).name
    return [f"({net.name} if {writer.flag(scope)} else {other}).{writer.mode()}"]


def mode_in_a_container(writer: Writer, scope: Scope) -> list[str]:
    names = [net.name for net in scope.nets]
    form = writer.choose.choice(["loop over a tuple", "list of models", "dict of models", "comprehension"])
    writer.uses(form)
    nets = writer.name("nets")
    mode = writer.mode()
    if form == "loop over a tuple":
        return [f"for each in ({', '.join(names)},):", f"    each.{mode}"]
    if form == "list of models":
        return [f"{nets} = [{', '.join(names)}]", f"{nets}[{writer.choose.randrange(len(names))}].{mode}"]
    if form == "comprehension":
        return [f"print(len([net.{mode} for net in [{', '.join(names)}]]))"]
    pairs = ", ".join(f'"{net.identifier}": {net.name}' for net in scope.nets)
    if writer.perhaps(0.5):
        return [f"{nets} = {{{pairs}}}", f"for net in {nets}.values():", f"    net.{mode}"]
    return [f"{nets} = {{{pairs}}}", f'{nets}["{writer.net(scope).identifier}"].{mode}']


def mode_by_layer(writer: Writer, scope: Scope) -> list[str]:
    model = writer.net(scope).name
    kind = writer.choose.choice(["nn.Dropout", "nn.BatchNorm1d"])
    form = writer.choose.choice(["loop over modules()", "apply"])
    writer.uses(form)
    if form == "loop over modules()":
        return [f"for layer in {model}.modules():", f"    if isinstance(layer, {kind}):", f"        layer.{writer.mode()}"]
    function = writer.name("set_layer")
    condition = [f"    if isinstance(layer, {kind}):", f"        layer.{writer.mode()}"]
    return [f"def {function}(layer):", *condition, f"{model}.apply({function})"]


def requires_grad(writer: Writer, scope: Scope) -> list[str]:
    """Freezes or thaws a part; another part, or the head, always stays trainable."""
    net, part = writer.choose.choice([(net, part) for net in scope.nets for part in net.parts if part.endswith(FREEZABLE)])
    writer.uses("requires_grad_")
    return [f"{net.name}{part}.requires_grad_({writer.choose.choice(['False', 'True', writer.flag(scope)])})"]


# ------------------------------------------------------------------ training and inference
def _backward(scope: Scope, loss: str) -> str:
    return f"{scope.accelerator}.backward({loss})" if scope.accelerator else f"{loss}.backward()"


def _step(scope: Scope, net: Net, forward: str) -> list[str]:
    return [
        f"loss = {forward}.pow(2).sum()",
        f"{net.optimizer}.zero_grad()",
        _backward(scope, "loss"),
        f"{net.optimizer}.step()",
    ]


def step(writer: Writer, scope: Scope) -> list[str]:
    net = writer.net(scope)
    forward = f"{net.name}({INPUT})"
    form = writer.choose.choice(["training step"] * 5 + ["chained models", "zero_grad of the model", "closure of a step"])
    if form == "chained models" and len(scope.nets) > 1:
        other = next(each for each in scope.nets if each is not net)
        writer.uses(form)
        return _step(scope, net, f"{other.name}({forward})")
    writer.uses(form if form not in ("chained models", "closure of a step") else "training step")
    lines = _step(scope, net, forward)
    if form == "zero_grad of the model":
        lines[1] = f"{net.name}.zero_grad()"
    if form == "closure of a step":
        writer.uses(form)
        return [f"def {(name := writer.name('train_step'))}():", *(f"    {line}" for line in lines), f"{name}()"]
    return lines


def accumulated_step(writer: Writer, scope: Scope) -> list[str]:
    """Two forwards before one step."""
    net = writer.net(scope)
    writer.uses("accumulated gradients")
    backward = _backward(scope, f"{net.name}({INPUT}).pow(2).sum()")
    return [
        f"{net.optimizer}.zero_grad()",
        f"for {writer.name('part')} in range(2):",
        f"    {backward}",
        f"{net.optimizer}.step()",
    ]


def gradients_not_used(writer: Writer, scope: Scope) -> list[str]:
    """Gradients that are dropped, as an attack or an attribution does."""
    net = writer.net(scope)
    writer.uses("gradients dropped")
    return [_backward(scope, f"{net.name}({INPUT}).pow(2).sum()"), f"{net.optimizer}.zero_grad()"]


def distillation(writer: Writer, scope: Scope) -> list[str]:
    """A step towards the output of a teacher."""
    net = writer.net(scope)
    writer.uses("step towards a teacher")
    return [
        "with torch.no_grad():",
        f"    target = {scope.teacher}({INPUT})",
        f"loss = ({net.name}({INPUT}) - target).pow(2).sum()",
        f"{net.optimizer}.zero_grad()",
        _backward(scope, "loss"),
        f"{net.optimizer}.step()",
    ]


def inference(writer: Writer, scope: Scope) -> list[str]:
    model = writer.net(scope).name
    if scope.accelerator and writer.perhaps(0.3):
        writer.uses("unwrap_model")
        model = f"{scope.accelerator}.unwrap_model({model})"
    writer.uses("inference")
    if not scope.gradients:
        return [INFERRED.format(model)]
    guard = writer.choose.choice(["torch.no_grad()", "torch.inference_mode()"])
    return [f"with {guard}:", f"    {INFERRED.format(model)}"]


def copied(writer: Writer, scope: Scope) -> list[str]:
    """A copy has modes of its own."""
    model = writer.net(scope).name
    copy = writer.name("copied")
    writer.uses("copy")
    evaluated = INFERRED.format(copy)
    return [f"{copy} = copy.deepcopy({model})", f"{copy}.{writer.mode()}", "with torch.no_grad():", f"    {evaluated}"]


def fresh(writer: Writer, scope: Scope) -> list[str]:
    """A model that is made here, anew in each iteration of a loop around."""
    made, optimizer = writer.name("fresh"), writer.name("its_optimizer")
    writer.uses("model made here")
    lines = [f"{made} = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))"]
    if scope.gradients:
        lines.append(f"{optimizer} = torch.optim.SGD({made}.parameters(), lr=0.01)")
        lines += _step(scope, Net(made, optimizer), f"{made}({INPUT})")
    return [
        *lines,
        f"{made}.{writer.choose.choice(['eval()', 'eval()', 'train()'])}",
        "with torch.no_grad():",
        f"    {INFERRED.format(made)}",
    ]


# ------------------------------------------------------------------ calls and exits
def helper(writer: Writer, scope: Scope) -> list[str]:
    name = writer.choose.choice(sorted(HELPERS))
    writer.uses(name, HELPERS[name].code)
    return [HELPERS[name].use.format(**filled_in(writer, scope))]


def filled_in(writer: Writer, scope: Scope) -> dict[str, str]:
    """What the texts of helpers and context managers leave open."""
    return {
        "model": writer.net(scope).name,
        "models": ", ".join(net.name for net in scope.nets),
        "flag": writer.flag(scope),
        "literal": writer.choose.choice(["True", "False"]),
        "mode": writer.mode(),
    }


def leave(writer: Writer, scope: Scope) -> list[str]:
    ways = (
        (["break", "continue"] if scope.in_loop else [])
        + (["return"] if scope.in_function else [])
        + (["raise Stop"] if scope.trying else [])
    )
    way = writer.choose.choice(ways)
    writer.uses(way.partition(" ")[0])
    return [f"if {writer.flag(scope)}:", f"    {way}"]


def _has_parts(scope: Scope) -> bool:
    return any(net.parts for net in scope.nets)


def _can_freeze(scope: Scope) -> bool:
    return any(part.endswith(FREEZABLE) for net in scope.nets for part in net.parts)


def _trains(scope: Scope) -> bool:
    return scope.trains


SIMPLE = (
    Production(mode_call, 8, ("mode call", "train(flag)")),
    Production(mode_of_a_part, 2, ("mode of a part",), _has_parts),
    Production(mode_by_alias, 2, ("alias", "bound method", "conditional expression", "attribute of an object", "partial")),
    Production(mode_in_a_container, 2, ("loop over a tuple", "list of models", "dict of models", "comprehension")),
    Production(mode_by_layer, 1, ("loop over modules()", "apply")),
    Production(requires_grad, 1, ("requires_grad_",), _can_freeze),
    Production(step, 10, ("training step", "chained models", "zero_grad of the model", "closure of a step"), _trains),
    Production(accumulated_step, 1, ("accumulated gradients",), _trains),
    Production(gradients_not_used, 1, ("gradients dropped",), _trains),
    Production(distillation, 8, ("step towards a teacher",), lambda scope: scope.trains and bool(scope.teacher)),
    Production(inference, 6, ("inference", "unwrap_model")),
    Production(copied, 1, ("copy",)),
    Production(fresh, 1, ("model made here",)),
    Production(helper, 8, tuple(HELPERS)),
    Production(
        leave, 3, ("break", "continue", "return", "raise"), lambda scope: scope.in_loop or scope.in_function or scope.trying
    ),
)
