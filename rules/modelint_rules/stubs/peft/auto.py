"""A base loaded in eval mode under an adapter. Facts: modes of adapters."""

from peft.peft_model import PeftModel


class AutoPeftModel:
    @classmethod
    def from_pretrained(cls, name=None, adapter_name="default", is_trainable=False, config=None, **kwargs):
        from transformers.modeling_utils import _AnyModel

        return PeftModel.from_pretrained(_AnyModel.from_pretrained(name), name, adapter_name, is_trainable, config)


class AutoPeftModelForCausalLM(AutoPeftModel):
    pass


class AutoPeftModelForFeatureExtraction(AutoPeftModel):
    pass


class AutoPeftModelForQuestionAnswering(AutoPeftModel):
    pass


class AutoPeftModelForSeq2SeqLM(AutoPeftModel):
    pass


class AutoPeftModelForSequenceClassification(AutoPeftModel):
    pass


class AutoPeftModelForTokenClassification(AutoPeftModel):
    pass
