"""What a metric is given ends in it. Facts: monai."""

from modelint_stub import sink, unknown


class _Metric:
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        sink(*args, *kwargs.values())
        return unknown()

    def _same(self, *args, **kwargs):
        return unknown()

    aggregate = reset = get_buffer = _same


def __getattr__(name):
    if name.endswith(("Metric", "Score")):
        return type(name, (_Metric,), {})
    raise AttributeError(name)
