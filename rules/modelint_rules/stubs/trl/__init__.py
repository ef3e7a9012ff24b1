"""trl's trainers are transformers' trainers. Facts: modes of trainers."""

from modelint_stub import copy, loaded, requires_grad, unknown, version
from peft.mapping_func import get_peft_model
from torch.nn import Module
from transformers.modeling_utils import _AnyModel
from transformers.trainer import Trainer
from transformers.trainer_callback import TrainerCallback
from transformers.training_args import TrainingArguments
from trl.ppo import ConfiguredPPOTrainer

if version("trl") >= (0, 12):
    PPOTrainer = unknown()
else:
    PPOTrainer = ConfiguredPPOTrainer


class _Trainer(Trainer):
    def __init__(self, model=None, args=None, *more, peft_config=None, ref_model=None, **kwargs):
        if isinstance(model, str):
            model = _AnyModel.from_pretrained(model)
        if peft_config is not None:
            model = get_peft_model(model, peft_config)
        super().__init__(model, args, *more, **kwargs)
        self.ref_model = ref_model


class SFTTrainer(_Trainer):
    pass


class DPOTrainer(_Trainer):
    def __init__(self, model=None, ref_model=None, args=None, **kwargs):
        super().__init__(model, args, ref_model=ref_model, **kwargs)


class KTOTrainer(DPOTrainer):
    pass


class CPOTrainer(_Trainer):
    pass


class ORPOTrainer(_Trainer):
    pass


class GKDTrainer(SFTTrainer):
    def __init__(self, model=None, teacher_model=None, args=None, **kwargs):
        super().__init__(model, args, **kwargs)


class RewardTrainer(_Trainer):
    pass


class GRPOTrainer(_Trainer):
    def __init__(self, model=None, reward_funcs=None, args=None, **kwargs):
        super().__init__(model, args, **kwargs)


class RLOOTrainer(GRPOTrainer):
    pass


class _WithHead(Module):
    """A model loaded in eval mode under a new root in train mode, with a new head that has a dropout."""

    def __init__(self, pretrained_model, **kwargs):
        super().__init__()
        self.pretrained_model = pretrained_model

    @classmethod
    def from_pretrained(cls, model=None, *args, peft_config=None, **kwargs):
        if model is None or isinstance(model, str):
            model = _AnyModel.from_pretrained(model)
        if peft_config is not None:
            model = get_peft_model(model, peft_config)
        wrapped = cls(model)
        loaded(wrapped)
        return wrapped

    def generate(self, *args, **kwargs):
        return self.pretrained_model.generate(*args, **kwargs)


class AutoModelForCausalLMWithValueHead(_WithHead):
    pass


class AutoModelForSeq2SeqLMWithValueHead(_WithHead):
    pass


def create_reference_model(model, *args, **kwargs):
    reference = copy(model)
    requires_grad(reference, False)
    return reference.eval()


def __getattr__(name):
    if name.endswith("Config"):
        return type(name, (TrainingArguments,), {})
    if name.endswith("Callback"):
        return type(name, (TrainerCallback,), {})
    return unknown()
