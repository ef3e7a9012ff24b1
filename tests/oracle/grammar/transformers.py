"""Programs whose loop is that of `transformers.Trainer`: the class itself or one derived from it, a callback, an evaluation."""

from __future__ import annotations

from tests.oracle.grammar.setups import PREPARE, new_model
from tests.oracle.grammar.writer import Net, Scope, Writer, indented

TASK = """
class Task(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x, labels=None):
        out = self.net(x)
        if labels is None:
            return out
        return {"loss": out.pow(2).sum(), "logits": out}


DATA = [{"x": torch.randn(3), "labels": 0} for _ in range(4)]


def arguments(strategy):
    return TrainingArguments(
        "out", num_train_epochs=2, per_device_train_batch_size=2, eval_strategy=strategy, eval_steps=1, report_to=[],
        save_strategy="no", logging_strategy="no", disable_tqdm=True, use_cpu=True,
    )
"""
OVERRIDES = {
    "evaluate overridden": [
        "def evaluate(self, *args, **kwargs):",
        "    metrics = super().evaluate(*args, **kwargs)",
        "{block}",
        "    return metrics",
    ],
    "compute_loss overridden": [
        "def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):",
        "{block}",
        "    outputs = model(**inputs)",
        "    return (outputs['loss'], outputs) if return_outputs else outputs['loss']",
    ],
    "training_step overridden": [
        "def training_step(self, model, inputs, num_items_in_batch=None):",
        "    loss = super().training_step(model, inputs, num_items_in_batch)",
        "{block}",
        "    return loss",
    ],
}
HOOKS = ("on_epoch_begin", "on_epoch_end", "on_step_begin", "on_step_end", "on_train_begin", "on_train_end")
CONSTRUCTS = (*OVERRIDES, "transformers callback", "eval_strategy", "Trainer.evaluate", "steps by hand after a trainer")


def transformers(writer: Writer) -> list[str]:
    writer.needs |= {"transformers", "accelerate"}
    made, parts = new_model(writer)
    parts = tuple(f".net{part}" for part in ("", *parts))
    writer.support["prepare"] = PREPARE.strip("\n")
    writer.support["task"] = TASK.strip("\n")
    trainer = _trainer(writer, parts) if writer.perhaps(0.75) else []
    callback = _callback(writer, parts) if writer.perhaps(0.5) else []
    strategy = writer.choose.choice(["no", "epoch", "steps"])
    if strategy != "no":
        writer.uses("eval_strategy")
    given = f"model=model, args=arguments('{strategy}'), train_dataset=DATA, eval_dataset=DATA"
    if callback:
        given += ", callbacks=[Switch()]"
    lines = [f"model = Task({made})", "prepare(model)", "optimizer = torch.optim.SGD(model.parameters(), lr=0.01)"]
    by_hand = Scope((Net("model", "optimizer", parts),), ("a",), in_function=False, depth=1)
    if writer.perhaps(0.3):
        lines += writer.block(by_hand, 1, 2)
    lines += [f"trainer = {'OwnTrainer' if trainer else 'Trainer'}({given})", "trainer.train()"]
    if writer.perhaps(0.5):
        writer.uses("Trainer.evaluate")
        lines.append("trainer.evaluate()")
    if writer.perhaps(0.5):
        writer.uses("steps by hand after a trainer")
        lines += writer.block(by_hand, 1, 3)
    return ["a = 'a' in sys.argv", *trainer, *callback, "\n".join(lines)]


def _trainer(writer: Writer, parts: tuple[str, ...]) -> list[str]:
    name = writer.choose.choice(sorted(OVERRIDES))
    writer.uses(name)
    model = "self.model" if name == "evaluate overridden" else "model"
    # The loss is computed with and without gradients: only mode calls are right for both.
    scope = Scope((Net(model, "", parts),), ("a",), in_function=False, gradients=name != "compute_loss overridden", depth=2)
    block = indented(writer.block(scope, 1, 2))
    lines = [each for line in OVERRIDES[name] for each in (block if line == "{block}" else [line])]
    return ["\n".join(["class OwnTrainer(Trainer):", *indented(lines)])]


def _callback(writer: Writer, parts: tuple[str, ...]) -> list[str]:
    writer.uses("transformers callback")
    scope = Scope((Net("model", "", parts),), ("a",), in_function=False, depth=2)
    lines = [f"def {writer.choose.choice(HOOKS)}(self, args, state, control, model=None, **kwargs):"]
    return ["\n".join(["class Switch(TrainerCallback):", *indented([*lines, *indented(writer.block(scope, 1, 2))])])]
