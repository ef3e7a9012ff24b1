"""Prepares every test process."""

import os

import pytest

from tests import flair_beside_newer_transformers, torchaudio_left_out, torchvision_on_cpu

torchvision_on_cpu.install()
torchaudio_left_out.install()
flair_beside_newer_transformers.install()


def pytest_configure(config: pytest.Config) -> None:
    """A GPU is there for `pytest -m gpu`, and hidden from all other tests: their programs are written for a CPU."""
    if not config.getoption("markexpr").startswith("gpu"):
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
