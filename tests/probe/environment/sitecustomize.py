"""What an environment may have of its own under this name: here it makes libraries importable in every process of a test."""

from tests import torchaudio_left_out, torchvision_on_cpu

torchvision_on_cpu.install()
torchaudio_left_out.install()
