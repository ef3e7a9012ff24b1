"""peft: an adapter is a new root in train mode over a base whose mode it keeps. Facts: modes of adapters."""

from peft.auto import (
    AutoPeftModel,
    AutoPeftModelForCausalLM,
    AutoPeftModelForFeatureExtraction,
    AutoPeftModelForQuestionAnswering,
    AutoPeftModelForSeq2SeqLM,
    AutoPeftModelForSequenceClassification,
    AutoPeftModelForTokenClassification,
)
from peft.config import PeftConfig, TaskType
from peft.mapping import inject_adapter_in_model
from peft.mapping_func import get_peft_model
from peft.peft_model import PeftModel, Tuner
from peft.utils import get_peft_model_state_dict, prepare_model_for_kbit_training, set_peft_model_state_dict
from modelint_stub import unknown


def __getattr__(name):
    if name.startswith("PeftModelFor") or name == "PeftMixedModel":
        return type(name, (PeftModel,), {})
    if name.endswith("Config"):
        return type(name, (PeftConfig,), {})
    if name.endswith("Model"):
        return type(name, (Tuner,), {})
    return unknown()
