"""ML109."""

from __future__ import annotations

from dataclasses import replace

from modelint.diagnostics.diagnostic import Confidence
from modelint.diagnostics.fix import Applicability
from modelint.events import FrozenForward, LeftInTrain
from modelint.testing import check_source, fixed_source
from tests.events import caused, forward, layer

UNDONE = LeftInTrain("teacher", caused("called", 4, "Net.__init__"))
NORM = layer("teacher.1", "batch_norm", train=caused("called", 8), frozen=True, left_in_train=UNDONE)


def test_part_that_was_put_back(judged):
    [found] = judged(FrozenForward(forward(NORM, layer("head", train=caused("called", 8)))))
    assert (found.code, found.span.row, found.confidence) == ("ML109", 10, Confidence.CERTAIN)
    assert found.message == "`model.teacher` is frozen, but runs in train mode: what holds it undid its `eval()`"
    assert [step.span.row for step in found.trace] == [4, 8, 10]


def test_model_that_was_never_switched(judged):
    loaded = replace(NORM, train=caused("created", 2), left_in_train=LeftInTrain("", caused("loaded", 3)))
    [found] = judged(FrozenForward(forward(loaded)))
    assert found.message == "`model` is frozen, but runs in train mode: loaded and never put in eval mode"
    assert [step.span.row for step in found.trace] == [2, 3, 10]


def test_frozen_part_of_which_nothing_is_shown(judged):
    assert not judged(FrozenForward(forward(replace(NORM, left_in_train=None))))


def test_all_layers_of_a_part_are_one_finding(judged):
    [found] = judged(FrozenForward(forward(NORM, replace(NORM, path="teacher.2", kind="dropout"))))
    assert found.notes[0] == "in train mode: `teacher.1`, `teacher.2`"


def test_doubted_layer_is_likely(judged):
    [found] = judged(FrozenForward(forward(replace(NORM, certain=False))))
    assert found.confidence is Confidence.LIKELY


STUDENT = """
import torch
from torch import nn


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.teacher = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.teacher.requires_grad_(False)
        {eval}
        self.net = nn.Linear(4, 4)

    def forward(self, x):
        return self.net(x) - self.teacher(x)


def main(model, batches):
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    model.train()
    for x in batches:
        model(x).mean().backward()
        optimizer.step()


{main}
"""


def test_fix_keeps_the_part_in_eval_mode():
    text = STUDENT.format(eval="self.teacher.eval()", main="main(Student(), torch.load('batches.pt'))")
    [found] = check_source(text)
    assert found.fix is not None
    assert found.fix.applicability is Applicability.UNSAFE
    override = "\n\n    def train(self, mode=True):\n        super().train(mode)\n        self.teacher.eval()\n        return self\n\n    def forward"
    assert fixed_source(text) == text.replace("\n\n    def forward", override)


def test_no_override_where_the_part_is_switched_from_outside():
    main = "model = Student()\nmodel.teacher.eval()\nmain(model, torch.load('batches.pt'))"
    [found] = check_source(STUDENT.format(eval="pass", main=main))
    assert found.code == "ML109"
    assert found.fix is None


def test_layer_that_is_frozen_while_something_in_it_is_not():
    text = STUDENT.format(
        eval="self.teacher.load_state_dict(torch.load('teacher.pt'))\n        self.teacher[1].inner = nn.Linear(4, 4)",
        main="main(Student(), torch.load('batches.pt'))",
    ).replace("    model.train()\n", "")
    [found] = check_source(text)
    assert found.message == "`model.teacher.1` is frozen, but runs in train mode: loaded and never put in eval mode"
