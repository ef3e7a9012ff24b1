"""Metrics are modules that do the same in both modes, and what they are updated with ends in them. Facts: torchmetrics."""

from torchmetrics.collections import MetricCollection
from torchmetrics.metric import Metric


def __getattr__(name):
    """Every class here is a metric; the functions only compute."""
    if name[0].isupper():
        return type(name, (Metric,), {})
    raise AttributeError(name)
