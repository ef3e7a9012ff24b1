"""Prepares every test process."""

from tests import torchaudio_left_out, torchvision_on_cpu

torchvision_on_cpu.install()
torchaudio_left_out.install()
