"""Facts: modes of adapters, what an adapter saves."""

from contextlib import contextmanager

from modelint_stub import adapter_loaded, infer, loaded, requires_grad, saved, unknown
from peft.config import PeftConfig
from peft.mapping import Layers, attach
from torch.nn import Module


class Tuner(Module):
    def __init__(self, model, config=None, *args, **kwargs):
        super().__init__()
        self.model = model
        if config is not None:
            attach(config, model)

    def __getattr__(self, name):
        return getattr(self.model, name)

    def forward(self, *args, **kwargs):
        return self.model(*args, **kwargs)

    def merge_and_unload(self, *args, **kwargs):
        model = self.model
        model.adapter_layers = model.more_adapter_layers = None
        requires_grad(model, False)
        return model

    unload = merge_and_unload

    def generate(self, *args, **kwargs):
        return infer(self, args, kwargs, name="generate")

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    merge_adapter = unmerge_adapter = add_weighted_adapter = delete_adapter = _same
    enable_adapter_layers = disable_adapter_layers = set_adapter = _same


class PeftModel(Module):
    def __init__(self, model, peft_config, adapter_name="default", **kwargs):
        super().__init__()
        self.base_model = Tuner(model, peft_config)
        self.config_of_adapter = peft_config
        if peft_config.task_type in ("SEQ_CLS", "TOKEN_CLS"):
            peft_config.modules_to_save = [*(peft_config.modules_to_save or []), "classifier", "score"]
        elif peft_config.task_type == "QUESTION_ANS":
            peft_config.modules_to_save = [*(peft_config.modules_to_save or []), "qa_outputs"]

    @classmethod
    def from_pretrained(cls, model, model_id=None, adapter_name="default", is_trainable=False, config=None, **kwargs):
        wrapped = cls(model, PeftConfig.from_pretrained() if config is None else config)
        loaded(wrapped)
        wrapped.load_adapter(model_id, adapter_name, is_trainable)
        return wrapped

    def load_adapter(self, model_id=None, adapter_name="default", is_trainable=False, **kwargs):
        if not is_trainable:
            self.eval()
            requires_grad(self, False)
        adapter_loaded(self, is_trainable)
        return unknown()

    def add_adapter(self, adapter_name, peft_config, *args, **kwargs):
        self.base_model.model.more_adapter_layers = Layers(peft_config)
        self.config_of_adapter = peft_config

    def __getattr__(self, name):
        return getattr(self.base_model, name)

    def forward(self, *args, **kwargs):
        return self.base_model(*args, **kwargs)

    def generate(self, *args, **kwargs):
        return infer(self, args, kwargs, name="generate")

    def get_base_model(self):
        return self.base_model.model

    def save_pretrained(self, *args, **kwargs):
        saved(self, "adapter", self.config_of_adapter.modules_to_save)

    push_to_hub = save_pretrained

    @contextmanager
    def disable_adapter(self):
        """What turns the adapter on again makes it trainable."""
        yield self
        adapter_loaded(self, True)

    def set_adapter(self, *args, **kwargs):
        adapter_loaded(self, True)

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    set_requires_grad = delete_adapter = print_trainable_parameters = _same
    get_layer_status = get_model_status = create_or_update_model_card = _same

    def get_nb_trainable_parameters(self):
        return unknown(), unknown()
