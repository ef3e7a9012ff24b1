"""What dates a program: the stub takes it for one of Lightning before 2.0, which the newest one does not run."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from tests.facts.recorder import require

STUB = Path(__file__).parents[2] / "rules/modelint_rules/stubs/lightning/pytorch/trainer/__init__.py"
HOOKS = ("training_epoch_end", "validation_epoch_end")

pytestmark = pytest.mark.facts


def gone() -> tuple[str, ...]:
    assigned = [node for node in ast.parse(STUB.read_text()).body if isinstance(node, ast.Assign)]
    [value] = [node.value for node in assigned if ast.unparse(node.targets[0]) == "_GONE_WITH_2_0"]
    names: tuple[str, ...] = ast.literal_eval(value)
    return names


def test_keywords_are_no_keywords_any_more() -> None:
    require("lightning")
    from lightning.pytorch import Trainer

    parameters = inspect.signature(Trainer.__init__).parameters
    assert not set(gone()) & set(parameters)
    assert not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    with pytest.raises(TypeError, match="gpus"):
        Trainer(gpus=0)


@pytest.mark.parametrize("name", HOOKS)
def test_hooks_end_the_fit(name: str) -> None:
    require("lightning")
    import torch
    from lightning.pytorch import LightningModule, Trainer

    class Module(LightningModule):
        def training_step(self, batch: object, index: int) -> None: ...
        def validation_step(self, batch: object, index: int) -> None: ...
        def configure_optimizers(self) -> None: ...

    assert name in STUB.read_text()
    trainer = Trainer(max_epochs=1, logger=False, enable_checkpointing=False, enable_progress_bar=False, accelerator="cpu")
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(1)))
    trainer.fit(Module(), loader, loader)
    setattr(Module, name, lambda self, outputs: None)
    with pytest.raises(NotImplementedError, match=name):
        trainer.fit(Module(), loader, loader)
