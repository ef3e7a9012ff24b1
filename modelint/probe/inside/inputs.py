"""Inputs for a model that nobody described: what it gives itself, what its configuration says, what its first layer takes."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

ROWS, LENGTH, SIDE = 2, 8, 64
WIDTH = 8
"""Given to a layer that takes any width and has none yet."""


def candidates(model: nn.Module, example: str) -> Iterator[tuple[str, dict[str, Any], tuple[Any, ...]]]:
    """Where inputs come from, and the keyword and positional arguments, the best first. `example`: the user's `module:function`."""
    if example:
        yield f"what `{example}` gives", *_given(example)
        return
    yield from _tokenized(model)
    config = getattr(model, "config", None)
    vocabulary, channels = getattr(config, "vocab_size", None), getattr(config, "num_channels", None)
    if isinstance(vocabulary, int):
        yield "its configuration", {"input_ids": torch.arange(ROWS * LENGTH).view(ROWS, LENGTH) % vocabulary}, ()
    if isinstance(channels, int):
        size = getattr(config, "image_size", None)
        yield "its configuration", {"pixel_values": _noise(ROWS, channels, *_sides(size))}, ()
    size = (getattr(model, "default_cfg", None) or {}).get("input_size")
    if size:
        yield "its configuration", {}, (_noise(ROWS, *size),)
    dummy = getattr(model, "dummy_inputs", None)
    if isinstance(dummy, dict):
        yield "its `dummy_inputs`", dummy, ()
    yield from _of_first_layer(model)


def _given(example: str) -> tuple[dict[str, Any], tuple[Any, ...]]:
    module, _, name = example.partition(":")
    value = getattr(importlib.import_module(module), name)()
    if isinstance(value, dict):
        return value, ()
    return {}, value if isinstance(value, tuple) else (value,)


def _tokenized(model: nn.Module) -> Iterator[tuple[str, dict[str, Any], tuple[Any, ...]]]:
    """What the model's own tokenizer makes of texts, as keywords or as one record."""
    tokenizer = getattr(model, "tokenizer", None)
    if not callable(tokenizer) or isinstance(tokenizer, nn.Module):
        return
    try:
        made = dict(tokenizer(["one", "another"], return_tensors="pt", padding=True))
    except Exception:  # another kind of tokenizer
        return
    yield "its tokenizer", made, ()
    yield "its tokenizer", {}, (made,)


def _of_first_layer(model: nn.Module) -> Iterator[tuple[str, dict[str, Any], tuple[Any, ...]]]:
    """Shapes that the first layer with parameters takes."""
    first = next((part for part in model.modules() if isinstance(part, _SIMPLE)), None)
    shapes: list[tuple[int, ...]] = []
    if isinstance(first, (nn.Embedding, nn.EmbeddingBag)):
        yield "its first layer", {}, (torch.arange(ROWS * LENGTH).view(ROWS, LENGTH) % first.num_embeddings,)
    elif isinstance(first, nn.modules.conv._ConvNd):
        spatial = len(first.kernel_size)
        shapes = [(ROWS, first.in_channels or WIDTH, *[side] * spatial) for side in (SIDE, 1024 if spatial == 1 else 224)]
    elif isinstance(first, nn.Linear):
        width = first.in_features or WIDTH
        shapes = [(ROWS, width), (ROWS, LENGTH, width)]
    elif isinstance(first, nn.RNNBase):
        shapes = [(ROWS, LENGTH, first.input_size)]
    elif isinstance(first, nn.modules.batchnorm._BatchNorm):
        width = first.num_features or WIDTH
        shapes = [(ROWS, width), (ROWS, width, LENGTH), (ROWS, width, SIDE, SIDE)]
    for shape in [*shapes, (ROWS, 1024), (ROWS, 1, SIDE, SIDE), (ROWS, 3, SIDE, SIDE)]:
        yield "its first layer", {}, (_noise(*shape),)


_SIMPLE = (nn.Embedding, nn.EmbeddingBag, nn.modules.conv._ConvNd, nn.Linear, nn.RNNBase, nn.modules.batchnorm._BatchNorm)


def _sides(size: Any) -> tuple[int, int]:
    if isinstance(size, int):
        return size, size
    return tuple(size) if isinstance(size, (list, tuple)) and len(size) == 2 else (SIDE, SIDE)


def _noise(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(1))
