from modelint_stub import backward as run_backward
from modelint_stub import data, detached, unknown
from torch.autograd import grad_mode
from torch.autograd.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled


def backward(tensors, *args, **kwargs):
    run_backward(tensors)


def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, *args, **kwargs):
    """Adds nothing to any `.grad`: the forward is neither trained nor shown to be inference. Fact: gradients asked for."""
    unknown()(outputs)
    if create_graph:
        return data(outputs, inputs)
    return detached(outputs, inputs)
