"""What cuDNN does not do: go back through a recurrent layer in eval mode."""

_REFUSAL = "RNN backward can only be called in training mode"
"""MIOpen, which stands in for it on AMD's GPUs, says the same under its own name. `tests/probe/test_gpu.py` sees it said."""


def is_refusal(message: str) -> bool:
    """Whether an error says so."""
    return _REFUSAL in message
