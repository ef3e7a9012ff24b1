"""What generates by calling itself, a module or not. Modes stay as they are. Facts: modes of transformers."""

import torch
from modelint_stub import infer
from torch.nn import Module


class GenerationMixin:
    def generate(self, *args, **kwargs):
        if isinstance(self, Module):
            return infer(self, args, kwargs, name="generate")
        with torch.no_grad():
            return self(**self.prepare_inputs_for_generation(*args, **kwargs))
