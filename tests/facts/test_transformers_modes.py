"""Modes of transformers: constructors, loaders, generation, adapters, pipelines."""

import pytest

from tests.facts.library_kinds import _library_kinds  # noqa: F401
from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = programs("""
import torch
from torch import nn
from transformers import (
    AutoConfig, AutoModel, AutoModelForCausalLM, AutoModelForSequenceClassification, BertConfig, BertForSequenceClassification,
    BertModel, BertPreTrainedModel, GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, ResNetConfig, ResNetModel,
)


def bert(**values):
    return BertConfig(vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, **values)


def gpt2(**values):
    return GPT2Config(vocab_size=20, n_embd=8, n_layer=1, n_head=1, n_positions=16, bos_token_id=1, eos_token_id=2, **values)


def llama(**values):
    return LlamaConfig(
        vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        bos_token_id=1, eos_token_id=2, **values,
    )


def resnet():
    return ResNetConfig(embedding_size=4, hidden_sizes=[4], depths=[1], layer_type="basic")


## constructors
reveal_mode(BertModel(bert()))  # reveals: self train, dropout train
reveal_mode(BertForSequenceClassification(bert()))  # reveals: self train, dropout train
reveal_mode(GPT2LMHeadModel(gpt2()))  # reveals: self train, dropout train
reveal_mode(LlamaForCausalLM(llama()))  # reveals: self train
reveal_mode(ResNetModel(resnet()))  # reveals: self train, batch_norm train
reveal_mode(AutoModelForSequenceClassification.from_config(bert()))  # reveals: self train, unknown train
reveal_mode(BertModel._from_config(bert()))  # reveals: self train, dropout train
## values of the configuration
reveal_mode(BertModel(bert(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)))  # reveals: self train
reveal_mode(BertModel(bert(hidden_dropout_prob=0.0)))  # reveals: self train, dropout train
reveal_mode(BertModel(bert(hidden_dropout_prob=1.0)))  # reveals: self train, dropout train
reveal_mode(GPT2LMHeadModel(gpt2(resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0)))  # reveals: self train
reveal_mode(LlamaForCausalLM(llama(attention_dropout=0.1)))  # reveals: self train, dropout train
config = bert()
config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
reveal_mode(BertModel(config))  # reveals: self train
## loaders
BertModel(bert()).save_pretrained("bert")
reveal_mode(BertModel.from_pretrained("bert"))  # reveals: self eval, dropout eval
reveal_mode(BertForSequenceClassification.from_pretrained("bert", num_labels=3))  # reveals: self eval, dropout eval
reveal_mode(BertModel.from_pretrained("bert", dtype=torch.float32))  # reveals: self eval, dropout eval
reveal_mode(AutoModel.from_pretrained("bert"))  # reveals: self eval, unknown eval
reveal_mode(AutoModelForSequenceClassification.from_pretrained("bert"))  # reveals: self eval, unknown eval
model, information = BertModel.from_pretrained("bert", output_loading_info=True)
reveal_mode(model)  # reveals: self eval, dropout eval
reveal_mode(model.train())  # reveals: self train, dropout train
LlamaForCausalLM(llama()).save_pretrained("llama")
reveal_mode(LlamaForCausalLM.from_pretrained("llama"))  # reveals: self eval
ResNetModel(resnet()).save_pretrained("resnet")
reveal_mode(ResNetModel.from_pretrained("resnet"))  # reveals: self eval, batch_norm eval
## a configuration given to the loader, or values of it
BertModel(bert()).save_pretrained("bert")
model = BertModel.from_pretrained("bert", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
reveal_mode(model)  # reveals: self eval
model = BertModel.from_pretrained("bert", config=bert(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0))
reveal_mode(model)  # reveals: self eval
model = AutoModel.from_pretrained("bert", hidden_dropout_prob=1.0)
reveal_mode(model)  # reveals: self eval, unknown eval, dropout eval
config = AutoConfig.from_pretrained("bert", hidden_dropout_prob=1.0)
reveal_mode(AutoModel.from_pretrained("bert", config=config))  # reveals: self eval, unknown eval, dropout eval
reveal_mode(AutoModel.from_config(config))  # reveals: self train, unknown train, dropout train
## a class of the project's own
class Tagger(BertPreTrainedModel):
    def __init__(self, config):
        super().__init__(config)
        self.bert = BertModel(config)
        self.normalization = nn.BatchNorm1d(8)
        self.post_init()

    def forward(self, x):
        return self.normalization(self.bert(x).pooler_output)


reveal_mode(Tagger(bert()))  # reveals: self train, dropout train, batch_norm train
Tagger(bert()).save_pretrained("tagger")
reveal_mode(Tagger.from_pretrained("tagger"))  # reveals: self eval, dropout eval, batch_norm eval
reveal_mode(Tagger.from_pretrained("tagger").bert)  # reveals: self eval, dropout eval
## what keeps modes
model = GPT2LMHeadModel(gpt2())
ids = torch.ones(1, 2, dtype=torch.long)
model.generate(ids, max_new_tokens=1, pad_token_id=0)
model.resize_token_embeddings(21)
model.gradient_checkpointing_enable()
model.enable_input_require_grads()
model.save_pretrained("gpt2")
reveal_mode(model)  # reveals: self train, dropout train
model.eval()
model.generate(ids, max_new_tokens=1, pad_token_id=0)
model.gradient_checkpointing_disable()
reveal_mode(model)  # reveals: self eval, dropout eval
## generation in continuous batches leaves eval mode
from transformers import ContinuousBatchingConfig, GenerationConfig

small = dict(
    generation_config=GenerationConfig(max_new_tokens=1, eos_token_id=2),
    continuous_batching_config=ContinuousBatchingConfig(num_blocks=4, max_batch_tokens=16),
)
model = LlamaForCausalLM(llama(attention_dropout=0.1))
reveal_mode(model)  # reveals: self train, dropout train
model.generate_batch([[3, 4], [5]], progress_bar=False, warmup=False, **small)
reveal_mode(model)  # reveals: self eval, dropout eval
model.train()
model.init_continuous_batching(**small)
reveal_mode(model)  # reveals: self eval, dropout eval
model.train()
with model.continuous_batching_context_manager(warmup=False, **small):
    reveal_mode(model)  # reveals: self eval, dropout eval
reveal_mode(model)  # reveals: self eval, dropout eval
## what generates and is no module
from transformers import GenerationMixin


class Mixture(GenerationMixin):
    main_input_name = "input_ids"
    _is_stateful = False
    _supports_cache_class = False

    def __init__(self, model, reference):
        self.model = model.eval()
        self.reference = reference
        self.config, self.generation_config, self.device = model.config, model.generation_config, model.device

    def __call__(self, **inputs):
        return self.forward(**inputs)

    def get_experts_implementation(self):
        return self.model.get_experts_implementation()

    def forward(self, **inputs):
        self.reference.eval()
        output = self.model(**inputs)
        output.logits = output.logits + self.reference(**inputs).logits
        return output

    def prepare_inputs_for_generation(self, input_ids, **inputs):
        return {"input_ids": input_ids}


model = GPT2LMHeadModel(gpt2())
reference = GPT2LMHeadModel(gpt2())
Mixture(model, reference).generate(
    input_ids=torch.ones(1, 2, dtype=torch.long), max_new_tokens=1, pad_token_id=0, use_cache=False
)
reveal_mode(model)  # reveals: self eval, dropout eval
reveal_mode(reference)  # reveals: self eval, dropout eval
## a new part of a loaded model
class Classifier(nn.Module):
    def __init__(self, path):
        super().__init__()
        self.encoder = BertModel.from_pretrained(path)
        self.head = nn.Sequential(nn.BatchNorm1d(8), nn.Linear(8, 2))


BertModel(bert()).save_pretrained("bert")
model = Classifier("bert")
reveal_mode(model)  # reveals: self train, dropout eval, batch_norm train
model = BertForSequenceClassification.from_pretrained("bert")
model.classifier = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8))
reveal_mode(model)  # reveals: self eval, dropout eval, batch_norm train
## two encoders under one root
from transformers import EncoderDecoderModel

BertModel(bert()).save_pretrained("bert")
model = EncoderDecoderModel.from_encoder_decoder_pretrained("bert", "bert")
reveal_mode(model)  # reveals: self train, unknown eval
## adapters of transformers itself
from peft import LoraConfig

GPT2LMHeadModel(gpt2()).save_pretrained("gpt2")
model = GPT2LMHeadModel.from_pretrained("gpt2")
model.add_adapter(LoraConfig(lora_dropout=0.1, target_modules=["c_attn"]))
reveal_mode(model)  # reveals: self eval, dropout train+eval
model.save_pretrained("adapter")
model = LlamaForCausalLM(llama())
model.save_pretrained("llama")
model = LlamaForCausalLM.from_pretrained("llama")
model.add_adapter(LoraConfig(lora_dropout=0.1, target_modules=["q_proj"]))
reveal_mode(model)  # reveals: self eval, dropout train
model.add_adapter(LoraConfig(lora_dropout=0.0, target_modules=["q_proj"]), "plain")
reveal_mode(model)  # reveals: self eval, dropout train
## layers of transformers
from transformers.activations import ACT2FN, GELUActivation, get_activation
from transformers.pytorch_utils import Conv1D


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = Conv1D(4, 4)
        self.first, self.second, self.third = ACT2FN["gelu"], get_activation("silu"), GELUActivation()
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(self.third(self.second(self.first(self.layer(x)))))


model = Model()
model(torch.rand(2, 4))
reveal_mode(model)  # reveals: self train, dropout train
reveal_mode(model.eval())  # reveals: self eval, dropout eval
reveal_mode(nn.ModuleList([ACT2FN[name] for name in ACT2FN]))  # reveals: self train
## pipelines
from transformers import TextClassificationPipeline, pipeline


class Tokenizer:
    pass


model = GPT2LMHeadModel(gpt2())
model.save_pretrained("gpt2")
from transformers import PreTrainedTokenizerFast
from tokenizers import Tokenizer as Words
from tokenizers.models import WordLevel

tokenizer = PreTrainedTokenizerFast(tokenizer_object=Words(WordLevel({"a": 0, "b": 1}, unk_token="a")), unk_token="a", pad_token="a")
tokenizer.save_pretrained("gpt2")
reveal_mode(pipeline("text-generation", model="gpt2").model)  # reveals: self eval, unknown eval
words = pipeline("text-generation", model=model, tokenizer=tokenizer)
reveal_mode(words.model)  # reveals: self train, dropout train
words("a b", max_new_tokens=1)
reveal_mode(model)  # reveals: self train, dropout train
""")


@pytest.mark.facts
@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "transformers", "peft")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])
