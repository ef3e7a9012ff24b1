"""safetensors: files of tensors by name."""

from safetensors import torch
