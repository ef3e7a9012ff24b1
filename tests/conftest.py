"""Prepares every test process."""

from tests import torchvision_on_cpu

torchvision_on_cpu.install()
