"""From the syntax tree of one file to its IR: `lower`."""

from modelint.lowering.module import lower

__all__ = ["lower"]
