"""What an environment may have of its own under this name: here it makes torchvision importable in every process of a test."""

from tests import torchvision_on_cpu

torchvision_on_cpu.install()
