"""modelint follows every PyTorch model through a program and tells where it is trained or used in the wrong mode."""

__version__ = "0.1.0"
