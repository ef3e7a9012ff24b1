"""What the event of a save says of the layers whose statistics moved."""

from __future__ import annotations

import pytest

from modelint.events import Saved
from modelint.testing import check_source, events

PROGRAM = """\
from peft import LoraConfig, get_peft_model
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(8, 8)
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        return self.norm(self.layer(x))


def main(batch):
    model = get_peft_model(Net(), LoraConfig(target_modules=["layer"], modules_to_save=[NAMED]))
    model.eval()
    print(model(batch))
    model.train()
    model(batch)
    model(batch)
    model.save_pretrained("adapter")
"""


@pytest.mark.parametrize(("named", "rows"), [("", [20]), ('"norm"', [None])])
def test_a_save_says_which_forward_moved_what_it_leaves_out(named: str, rows: list[int | None]) -> None:
    saves = [event for event in events(PROGRAM.replace("NAMED", named)) if isinstance(event, Saved)]
    assert [save.moved_by.span.row if save.moved_by is not None else None for save in saves] == rows


def test_the_trace_of_a_save_shows_the_forward() -> None:
    [found] = [each for each in check_source(PROGRAM.replace("NAMED", "")) if each.code == "ML201"]
    assert (20, "this forward moves the running statistics") in [(step.span.row, step.message) for step in found.trace]
