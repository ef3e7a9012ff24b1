"""The weights in the package come in eval mode, as an attribute of `torchcrepe.infer`. Facts: torchcrepe."""

from modelint_stub import loaded
from torchcrepe import core
from torchcrepe.model import Crepe


def model(device, capacity="full"):
    core.infer.capacity = capacity
    core.infer.model = Crepe(capacity)
    loaded(core.infer.model)
    core.infer.model.eval()
