"""Forwards window by window, in the mode that the network is in. Facts: monai."""

from modelint_stub import data


def sliding_window_inference(
    inputs, roi_size, sw_batch_size, predictor, overlap=0.25, mode="constant", sigma_scale=0.125, padding_mode="constant",
    cval=0.0, sw_device=None, device=None, progress=False, roi_weight_map=None, process_fn=None, buffer_steps=None,
    buffer_dim=-1, with_coord=False, *args, **kwargs,
):  # fmt: skip
    return predictor(data(inputs), *args, **kwargs)


class Inferer:
    def __init__(self, *settings, **more):
        pass

    def __call__(self, inputs, network, *args, **kwargs):
        return network(data(inputs), *args, **kwargs)


# fmt: off
class SimpleInferer(Inferer): pass
class SlidingWindowInferer(Inferer): pass
class SlidingWindowInfererAdapt(SlidingWindowInferer): pass
