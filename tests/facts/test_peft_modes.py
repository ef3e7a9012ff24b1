"""Modes of peft: an adapter over a base, loading, merging, and what an adapter's file holds."""

import pytest

from tests.facts.library_kinds import _library_kinds  # noqa: F401
from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = programs("""
import torch
from torch import nn
from peft import (
    AutoPeftModelForCausalLM, IA3Config, LoraConfig, PeftModel, PrefixTuningConfig, PromptTuningConfig, TaskType, get_peft_model,
    get_peft_model_state_dict, inject_adapter_in_model, prepare_model_for_kbit_training,
)
from transformers import LlamaConfig, LlamaForCausalLM


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.norm = nn.BatchNorm1d(4)
        self.last = nn.Linear(4, 2)

    def forward(self, x):
        return self.last(self.norm(self.first(x)))


def lora(p=0.1, **values):
    return LoraConfig(r=2, lora_dropout=p, target_modules=["first"], **values)


def llama():
    config = LlamaConfig(
        vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, bos_token_id=1, eos_token_id=2
    )
    return LlamaForCausalLM(config)


## an adapter is in train mode over whatever the base is in
reveal_mode(get_peft_model(Net(), lora()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(get_peft_model(Net().eval(), lora()))  # reveals: self train, dropout train, batch_norm eval
reveal_mode(get_peft_model(Net().eval(), lora(0.0)))  # reveals: self train, batch_norm eval
reveal_mode(get_peft_model(Net().eval(), LoraConfig(target_modules=["first"])))  # reveals: self train, batch_norm eval
reveal_mode(get_peft_model(Net().eval(), lora(inference_mode=True)))  # reveals: self train, dropout train, batch_norm eval
m = get_peft_model(Net().eval(), IA3Config(target_modules=["first"], feedforward_modules=[]))
reveal_mode(m)  # reveals: self train, batch_norm eval
m.train()
reveal_mode(m)  # reveals: self train, batch_norm train
## the adapter sits in the base
base = Net().eval()
m = get_peft_model(base, lora())
reveal_mode(base)  # reveals: self eval, dropout train, batch_norm eval
base.eval()
reveal_mode(m)  # reveals: self train, dropout eval, batch_norm eval
m.eval()
m.base_model.train()
reveal_mode(m)  # reveals: self eval, dropout train, batch_norm train
m.get_base_model().eval()
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## modules to save
m = get_peft_model(Net().eval(), lora(modules_to_save=["norm"]))
reveal_mode(m)  # reveals: self train, dropout train, batch_norm eval
## loading an adapter
get_peft_model(Net(), lora()).save_pretrained("adapter")
reveal_mode(PeftModel.from_pretrained(Net(), "adapter"))  # reveals: self eval, dropout eval, batch_norm eval
reveal_mode(PeftModel.from_pretrained(Net().eval(), "adapter"))  # reveals: self eval, dropout eval, batch_norm eval
m = PeftModel.from_pretrained(Net().eval(), "adapter", is_trainable=True)
reveal_mode(m)  # reveals: self train, dropout train, batch_norm eval
m = PeftModel.from_pretrained(Net(), "adapter", is_trainable=True)
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## loading a second adapter sets eval mode
get_peft_model(Net(), lora()).save_pretrained("adapter")
m = get_peft_model(Net(), lora())
m.load_adapter("adapter", "second")
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
m = get_peft_model(Net(), lora())
m.load_adapter("adapter", "second", is_trainable=True)
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## adding a second adapter
m = get_peft_model(Net(), lora())
m.eval()
m.add_adapter("second", lora())
reveal_mode(m)  # reveals: self eval, dropout train+eval, batch_norm eval
## merging
m = get_peft_model(Net(), lora())
reveal_mode(m.merge_and_unload())  # reveals: self train, batch_norm train
m = get_peft_model(Net().eval(), lora())
reveal_mode(m.unload())  # reveals: self eval, batch_norm eval
## what keeps modes
m = get_peft_model(Net(), lora())
with m.disable_adapter():
    reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
m.print_trainable_parameters()
m.set_adapter("default")
m.save_pretrained("adapter")
get_peft_model_state_dict(m)
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## into a model in place
m = Net().eval()
reveal_mode(inject_adapter_in_model(lora(), m))  # reveals: self eval, dropout train, batch_norm eval
reveal_mode(m)  # reveals: self eval, dropout train, batch_norm eval
## a language model
llama().save_pretrained("llama")
config = LoraConfig(r=2, lora_dropout=0.5, task_type=TaskType.CAUSAL_LM, target_modules=["q_proj"])
m = get_peft_model(LlamaForCausalLM.from_pretrained("llama"), config)
reveal_mode(m)  # reveals: self train, dropout train
m.generate(input_ids=torch.ones(1, 2, dtype=torch.long), max_new_tokens=1, pad_token_id=0)
reveal_mode(m)  # reveals: self train, dropout train
m.eval()
reveal_mode(m)  # reveals: self eval, dropout eval
m.gradient_checkpointing_enable()
reveal_mode(m.merge_and_unload())  # reveals: self eval
## prompts
m = get_peft_model(llama().eval(), PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=2))
reveal_mode(m)  # reveals: self train
## adapter and base by one name
llama().save_pretrained("llama")
base = LlamaForCausalLM.from_pretrained("llama")
config = LoraConfig(r=2, lora_dropout=0.5, task_type="CAUSAL_LM", target_modules=["q_proj"])
get_peft_model(base, config).save_pretrained("adapter")
reveal_mode(AutoPeftModelForCausalLM.from_pretrained("adapter"))  # reveals: self eval, dropout eval, unknown eval
m = AutoPeftModelForCausalLM.from_pretrained("adapter", is_trainable=True)
reveal_mode(m)  # reveals: self train, dropout train, unknown eval
## preparation for training in few bits
m = llama().eval()
reveal_mode(prepare_model_for_kbit_training(m))  # reveals: self eval
""")

FROZEN = programs("""
from torch import nn
from peft import LoraConfig, PeftModel, get_peft_model


def base():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))


def trainable(model):
    return sum(parameter.requires_grad for parameter in model.parameters())


config = LoraConfig(r=2, target_modules=["0"])
wrapped = get_peft_model(base(), config)
wrapped.save_pretrained("adapter")
## counts
attached = trainable(wrapped)
inference = trainable(get_peft_model(base(), LoraConfig(r=2, target_modules=["0"], inference_mode=True)))
loaded = trainable(PeftModel.from_pretrained(base(), "adapter"))
again = trainable(PeftModel.from_pretrained(base(), "adapter", is_trainable=True))
merged = trainable(wrapped.merge_and_unload())
## heads
from peft import TaskType


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 4)
        self.classifier = nn.Linear(4, 2)


config = LoraConfig(r=2, target_modules=["encoder"], task_type=TaskType.SEQ_CLS)
wrapped = get_peft_model(Classifier(), config)
named = config.modules_to_save
plain = LoraConfig(r=2, target_modules=["encoder"])
get_peft_model(Classifier(), plain)
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "transformers", "peft")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


def test_which_parameters_can_be_trained() -> None:
    found = namespace("counts")
    assert found["attached"] == found["again"] == 2
    assert found["inference"] == found["loaded"] == found["merged"] == 0


def test_heads_by_task() -> None:
    found = namespace("heads")
    assert set(found["named"]) == {"classifier", "score"}
    assert found["plain"].modules_to_save is None


def namespace(name: str) -> dict[str, object]:
    from tests.facts.recorder import require, run

    require("torch", "peft")
    return run(FROZEN[name]).namespace
