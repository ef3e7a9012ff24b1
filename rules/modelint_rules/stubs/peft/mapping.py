"""Facts: modes of adapters, heads in adapters."""

from modelint_stub import adapter, add_layers, requires_grad
from torch.nn import Module


class Layers(Module):
    """The layers that an adapter puts into its base, new and in train mode."""

    def __init__(self, config):
        super().__init__()
        if config.lora_dropout:
            add_layers(self, "dropout")
        if config.inference_mode:
            requires_grad(self, False)


def attach(config, model):
    requires_grad(model, False)
    model.adapter_layers = Layers(config)


def inject_adapter_in_model(peft_config, model, adapter_name="default", **kwargs):
    attach(peft_config, model)
    adapter(model, model, peft_config)
    return model
