"""What of a finding is certain, where the source leaves something open."""

from __future__ import annotations

import pytest

from modelint.testing import check_source

NET = """
import torch
from torch import nn
from somewhere import load, chosen


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        if chosen():
            self.part = {one}
        else:
            self.part = {other}

    def forward(self, x):
        return self.part(x)


model = Net()
model.load_state_dict(torch.load("net.pt"))
with torch.no_grad():
    print(model(torch.ones(2, 4)))
"""


@pytest.mark.parametrize(
    ("one", "other", "confidence"),
    [
        ("nn.BatchNorm1d(4)", "nn.BatchNorm1d(4)", "certain"),
        ("nn.BatchNorm1d(4)", "nn.Sequential(nn.Linear(4, 4), nn.Dropout())", "certain"),
        ("nn.BatchNorm1d(4)", "nn.Linear(4, 4)", "likely"),
        ("nn.BatchNorm1d(4)", "nn.BatchNorm1d(4).eval()", "likely"),
        ("nn.BatchNorm1d(4)", "load()", "likely"),
    ],
)
def test_a_part_that_may_be_one_of_two(one: str, other: str, confidence: str) -> None:
    [found] = check_source(NET.format(one=one, other=other))
    assert (found.code, found.confidence.value) == ("ML104", confidence)
