"""Built in train mode, restored in eval mode. Facts: diffusers."""

from modelint_stub import add_layers, forward, loaded, unknown
from peft import inject_adapter_in_model
from torch.nn.modules.module import Module


class ConfigMixin:
    @classmethod
    def from_config(cls, *args, **kwargs):
        return cls(**unknown())

    def save_config(self, *args, **kwargs):
        pass

    def register_to_config(self, *args, **kwargs):
        pass


class ModelMixin(Module):
    @classmethod
    def from_pretrained(cls, *args, output_loading_info=False, **kwargs):
        model = cls.from_config()
        model.eval()
        loaded(model)
        if output_loading_info:
            return model, unknown()
        return model

    @classmethod
    def from_config(cls, *args, **kwargs):
        return cls(**unknown())

    @classmethod
    def from_single_file(cls, *args, **kwargs):
        return cls.from_pretrained()

    def add_adapter(self, adapter_config, adapter_name="default"):
        """The new layers are in train mode, also in a model in eval mode."""
        inject_adapter_in_model(adapter_config, self, adapter_name)

    def encode(self, *args, **kwargs):
        return forward(self, *args)

    def decode(self, *args, **kwargs):
        return forward(self, *args)

    def save_pretrained(self, *args, **kwargs):
        pass

    def push_to_hub(self, *args, **kwargs):
        pass

    def enable_gradient_checkpointing(self, *args, **kwargs):
        pass

    def disable_gradient_checkpointing(self):
        pass

    def enable_xformers_memory_efficient_attention(self, *args, **kwargs):
        pass

    def set_attn_processor(self, *args, **kwargs):
        pass

    def set_adapter(self, *args, **kwargs):
        pass

    def set_attention_backend(self, *args, **kwargs):
        pass

    def enable_slicing(self):
        pass

    def enable_tiling(self, *args, **kwargs):
        pass

    def fuse_qkv_projections(self):
        pass


class LibraryModel(ModelMixin, ConfigMixin):
    """No layer depends on the mode unless a dropout is asked for; the released configurations ask for none."""

    dropout = 0.0

    def __init__(self, *args, dropout=None, **kwargs):
        if dropout is None:
            dropout = self.dropout
        if dropout > 0:
            add_layers(self, "dropout")

    @classmethod
    def from_config(cls, *args, **kwargs):
        return cls()


class UnlistedModel(LibraryModel):
    def __init__(self, *args, **kwargs):
        add_layers(self, "unknown")
