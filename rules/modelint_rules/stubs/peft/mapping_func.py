"""Facts: modes of adapters."""

from modelint_stub import adapter
from peft.peft_model import PeftModel


def get_peft_model(model, peft_config, adapter_name="default", **kwargs):
    wrapped = PeftModel(model, peft_config, adapter_name)
    adapter(wrapped, model, peft_config)
    return wrapped
