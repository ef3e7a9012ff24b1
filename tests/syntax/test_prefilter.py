"""The prefilter errs on the side of looking."""

from __future__ import annotations

from modelint.syntax.prefilter import may_matter

WORDS = frozenset({"torch", "timm"})


def test_files_that_mention_no_word_cannot_matter() -> None:
    assert not may_matter("import numpy\npytorch_like = torchlight = 1\n", WORDS)


def test_a_word_counts_wherever_it_stands() -> None:
    assert may_matter("import torch.nn as nn", WORDS)
    assert may_matter("x = importlib.import_module('timm')", WORDS)


def test_without_words_everything_may_matter() -> None:
    assert may_matter("", frozenset())
