"""Loading leaves eval mode, constructing leaves train mode. Facts: modes of transformers."""

from contextlib import contextmanager

from modelint_stub import infer, loaded, requires_grad, saved, unknown
from torch.nn import Module
from transformers.configuration_utils import PretrainedConfig


class PreTrainedModel(Module):
    config_class = PretrainedConfig
    _adapters = None

    def __init__(self, config=None, *args, **kwargs):
        super().__init__()
        self.config = config

    @classmethod
    def from_pretrained(cls, name=None, *args, config=None, output_loading_info=False, **kwargs):
        if config is None:
            config = cls.config_class(**kwargs)
        model = cls(config, *args, **kwargs)
        model.eval()
        loaded(model)
        if output_loading_info:
            return model, unknown()
        return model

    @classmethod
    def from_config(cls, config=None, **kwargs):
        return cls(config, **kwargs)

    _from_config = from_config

    @classmethod
    def _of_parts(cls, *names, **kwargs):
        """Models loaded in eval mode under a new root in train mode."""
        model = PreTrainedModel()
        for position, name in enumerate(names):
            part = _AnyModel.from_pretrained(name)
            setattr(model, f"part{position}", part)
        loaded(model)
        return model

    from_encoder_decoder_pretrained = from_vision_text_pretrained = _of_parts

    def generate(self, *args, **kwargs):
        return infer(self, args, kwargs, name="generate")

    def init_continuous_batching(self, *args, **kwargs):
        """Switches for good, which `generate` does not."""
        self.eval()
        return unknown()

    @contextmanager
    def continuous_batching_context_manager(self, *args, **kwargs):
        yield self.init_continuous_batching()

    def generate_batch(self, *args, **kwargs):
        self.init_continuous_batching()
        return infer(self, args, kwargs, name="generate_batch")

    def save_pretrained(self, *args, **kwargs):
        if self._adapters is None:
            saved(self, "everything", None)
        else:
            saved(self, "adapter", self._adapters.modules_to_save)

    push_to_hub = save_pretrained

    def add_adapter(self, adapter_config, adapter_name="default"):
        from peft.mapping import Layers, inject_adapter_in_model

        if self._adapters is None:
            inject_adapter_in_model(adapter_config, self, adapter_name)
        else:
            self.more_adapter_layers = Layers(adapter_config)
        self._adapters = adapter_config

    def load_adapter(self, *args, is_trainable=False, **kwargs):
        from peft.config import PeftConfig
        from peft.mapping import inject_adapter_in_model

        config = PeftConfig()
        inject_adapter_in_model(config, self)
        self._adapters = config
        if not is_trainable:
            self.eval()
            requires_grad(self, False)

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    gradient_checkpointing_enable = gradient_checkpointing_disable = enable_input_require_grads = _same
    disable_input_require_grads = resize_token_embeddings = tie_weights = init_weights = post_init = _same
    get_input_embeddings = set_input_embeddings = get_output_embeddings = set_output_embeddings = _same
    num_parameters = floating_point_ops = get_memory_footprint = can_generate = prune_heads = _same
    set_adapter = enable_adapters = disable_adapters = delete_adapter = active_adapters = _same
    warn_if_padding_and_no_attention_mask = get_extended_attention_mask = invert_attention_mask = _same
    set_attn_implementation = get_head_mask = compute_transition_scores = _same


class _AnyModel(PreTrainedModel):
    """A model of the library, of which it is not known what is in it."""

    def __init__(self, config=None, *args, **kwargs):
        super().__init__(config)
        self._layers(config)

    def _layers(self, config):
        from modelint_stub import add_layers

        add_layers(self, "unknown")
        if config is not None:
            if config._dropout:
                add_layers(self, "dropout")
