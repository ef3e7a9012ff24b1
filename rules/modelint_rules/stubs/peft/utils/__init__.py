"""Facts: modes of adapters, what an adapter saves."""

from modelint_stub import detached, parameters, requires_grad, saved, unknown
from peft.config import TaskType
from peft.peft_model import PeftModel


def prepare_model_for_kbit_training(model, *args, **kwargs):
    requires_grad(model, False)
    return model


prepare_model_for_int8_training = prepare_model_for_kbit_training


def get_peft_model_state_dict(model, *args, **kwargs):
    if isinstance(model, PeftModel):
        saved(model, "adapter", model.config_of_adapter.modules_to_save)
    else:
        saved(model, "adapter", unknown())
    return detached(parameters(model))


def set_peft_model_state_dict(model, *args, **kwargs):
    return unknown()
