"""Prepares every test process."""

from tests import flair_beside_newer_transformers, torchaudio_left_out, torchvision_on_cpu

torchvision_on_cpu.install()
torchaudio_left_out.install()
flair_beside_newer_transformers.install()
