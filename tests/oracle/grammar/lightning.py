"""Programs whose loop is Lightning's: a module with steps and hooks, a callback, and what is done before and after `fit`."""

from __future__ import annotations

from tests.oracle.grammar.setups import PREPARE, new_model
from tests.oracle.grammar.writer import Net, Scope, Writer, indented

LOADER = """
def loader():
    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(4, 3)), batch_size=2)


def fit(task, *callbacks):
    trainer = L.Trainer(
        max_epochs=3, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
        enable_model_summary=False, callbacks=list(callbacks),
    )
    trainer.fit(task, loader(), loader())
    return trainer
"""
BEFORE_A_STEP = ("on_train_start", "on_train_epoch_start")
AFTER_A_STEP = ("on_train_epoch_end", "on_train_end")
WITHOUT_GRADIENTS = ("on_validation_epoch_start", "on_validation_epoch_end")
HOOKS = (*BEFORE_A_STEP, *AFTER_A_STEP, *WITHOUT_GRADIENTS)
CONSTRUCTS = (
    "Lightning hook", "Lightning callback", "manual optimization", "Trainer.validate", "Trainer.predict", "second fit",
    "steps by hand after a trainer",
)  # fmt: skip


def lightning(writer: Writer) -> list[str]:
    writer.needs.add("lightning")
    made, parts = new_model(writer)
    writer.support["prepare"] = PREPARE.strip("\n")
    writer.support["loader"] = LOADER.strip("\n")
    inside = Scope((Net("self.net", "", parts),), ("a", "b"), depth=1)
    lines = ["class Task(L.LightningModule):", *_init(writer, made), *_steps(writer, inside)]
    for hook in writer.choose.sample(HOOKS, writer.choose.choice([0, 1, 1, 2])):
        writer.uses("Lightning hook")
        scope = inside.inside(gradients=hook not in WITHOUT_GRADIENTS)
        lines += [f"    def {hook}(self):", *indented(writer.block(scope, 1, 2), 2), ""]
    callbacks = _callback(writer, parts) if writer.perhaps(0.3) else []
    given = "task, Switch()" if callbacks else "task"
    flags = ["a = 'a' in sys.argv", "b = 'b' in sys.argv"]
    return ["\n".join(flags), "\n".join(lines).rstrip("\n"), *callbacks, "\n".join(_main(writer, given, parts))]


def _init(writer: Writer, made: str) -> list[str]:
    lines = ["    def __init__(self):", "        super().__init__()", f"        self.net = {made}", "        prepare(self.net)"]
    return [*lines, "", "    def forward(self, x):", "        return self.net(x)", ""]


def _steps(writer: Writer, scope: Scope) -> list[str]:
    forward = writer.choose.choice(["self.net(batch[0])", "self(batch[0])"])
    first = writer.block(scope.inside(in_function=False), 1, 1) if writer.perhaps(0.5) else []
    last = [f"loss = {forward}.pow(2).sum()", "return loss"]
    if writer.perhaps(0.25):
        writer.uses("manual optimization")
        last[1:] = ["optimizer = self.optimizers()", "optimizer.zero_grad()", "self.manual_backward(loss)", "optimizer.step()"]
    validation = writer.block(scope.inside(in_function=False, gradients=False), 1, 1) if writer.perhaps(0.3) else []
    lines = ["    def training_step(self, batch, index):", *indented([*first, *last], 2), ""]
    lines += ["    def validation_step(self, batch, index):", *indented(validation, 2)]
    lines += [f"        self.log('loss', {forward}.pow(2).sum())", ""]
    lines += ["    def predict_step(self, batch, index):", "        return self(batch[0])", ""]
    lines += ["    def configure_optimizers(self):", "        return torch.optim.SGD(self.parameters(), lr=0.01)", ""]
    return lines if "manual optimization" not in writer.features else ["    automatic_optimization = False", "", *lines]


def _callback(writer: Writer, parts: tuple[str, ...]) -> list[str]:
    writer.uses("Lightning callback")
    hook = writer.choose.choice(HOOKS)
    scope = Scope((Net("module.net", "", parts),), ("a", "b"), gradients=hook not in WITHOUT_GRADIENTS, depth=2)
    body = indented(writer.block(scope, 1, 2), 2)
    return ["\n".join(["class Switch(L.Callback):", f"    def {hook}(self, trainer, module):", *body])]


def _main(writer: Writer, given: str, parts: tuple[str, ...]) -> list[str]:
    lines = ["task = Task()"]
    whole = Scope((Net("task", "", tuple(f".net{part}" for part in ("", *parts))),), ("a", "b"), in_function=False, depth=1)
    switches_whole = writer.perhaps(0.4)
    if switches_whole:
        lines += writer.block(whole, 1, 2)
    lines.append(f"trainer = fit({given})")
    for stage in ("validate", "predict"):
        if writer.perhaps(0.2):
            writer.uses(f"Trainer.{stage}")
            lines.append(f"trainer.{stage}(task, loader())")
    if writer.perhaps(0.5):
        writer.uses("steps by hand after a trainer")
        if switches_whole:
            writer.uses("mode of a part")  # what is called a model from here on is one of the task
        by_hand = Scope((Net("task.net", "optimizer", parts),), ("a", "b"), in_function=False, depth=1)
        lines += ["optimizer = torch.optim.SGD(task.parameters(), lr=0.01)", *writer.block(by_hand, 1, 3)]
    if writer.perhaps(0.2):
        writer.uses("second fit")
        lines.append(f"fit({given})")
    return lines
