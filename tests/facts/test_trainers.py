"""Trainers of transformers, trl and sentence_transformers, and accelerate, which sets no mode."""

import importlib

import pytest

from tests.facts.library_kinds import _library_kinds  # noqa: F401
from tests.facts.recorder import check_abstract, check_real, programs, require

TRANSFORMERS = programs("""
import torch
from torch import nn
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainerCallback, TrainingArguments


def bert():
    config = BertConfig(vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
    return BertForSequenceClassification(config)


data = [{"input_ids": torch.ones(4, dtype=torch.long), "labels": torch.tensor(0)} for _ in range(4)]


def arguments(**values):
    return TrainingArguments(
        "out", max_steps=2, per_device_train_batch_size=2, report_to=[], use_cpu=True, save_strategy="no", disable_tqdm=True,
        logging_strategy="no", **values,
    )


## training sets train mode
m = bert().eval()
t = Trainer(model=m, args=arguments(), train_dataset=data, eval_dataset=data)
reveal_mode(m)  # reveals: self eval, dropout eval
t.train()
reveal_mode(m)  # reveals: self train, dropout train
## evaluation and prediction leave eval mode
m = bert()
t = Trainer(model=m, args=arguments(), train_dataset=data, eval_dataset=data)
t.train()
t.evaluate()
reveal_mode(m)  # reveals: self eval, dropout eval
m.train()
t.predict(data)
reveal_mode(m)  # reveals: self eval, dropout eval
## an evaluation at the end of each epoch
m = bert()
t = Trainer(model=m, args=arguments(eval_strategy="epoch"), train_dataset=data, eval_dataset=data)
t.train()
reveal_mode(m)  # reveals: self eval, dropout eval
## an evaluation after each step
m = bert()
t = Trainer(model=m, args=arguments(eval_strategy="steps", eval_steps=1), train_dataset=data, eval_dataset=data)
t.train()
reveal_mode(m)  # reveals: self eval, dropout eval
## a loss of the user's own, and an output directory only
class Own(Trainer):
    def compute_loss(self, model, inputs, return_outputs=False, **kwargs):
        reveal_mode(model)  # reveals: self train+eval, dropout train+eval
        outputs = model(**inputs)
        return (outputs.loss, outputs) if return_outputs else outputs.loss


t = Own(model=bert().eval(), args=arguments(), train_dataset=data, eval_dataset=data)
t.train()
t.evaluate()
## a loss of the user's own in training
class Own(Trainer):
    def compute_loss(self, model, inputs, return_outputs=False, **kwargs):
        reveal_mode(model)  # reveals: self train, dropout train
        outputs = model(**inputs)
        return (outputs.loss, outputs) if return_outputs else outputs.loss


Own(model=bert().eval(), args=arguments(), train_dataset=data).train()
## inputs are prepared after train mode is set, and before the loss
class Own(Trainer):
    def _prepare_inputs(self, inputs):
        reveal_mode(self.model)  # reveals: self train, dropout train
        self.model.eval()
        return super()._prepare_inputs(inputs)

    def compute_loss(self, model, inputs, return_outputs=False, **kwargs):
        reveal_mode(model)  # reveals: self eval, dropout eval
        outputs = model(**inputs)
        return (outputs.loss, outputs) if return_outputs else outputs.loss


Own(model=bert().eval(), args=arguments(), train_dataset=data).train()
## inputs are prepared in eval mode for an evaluation
class Own(Trainer):
    def _prepare_inputs(self, inputs):
        reveal_mode(self.model)  # reveals: self eval, dropout eval
        return super()._prepare_inputs(inputs)


Own(model=bert(), args=arguments(), train_dataset=data, eval_dataset=data).evaluate()
## callbacks cannot set the mode of a step
class Off(TrainerCallback):
    def on_train_begin(self, args, state, control, model=None, **kwargs):
        model.eval()

    def on_step_begin(self, args, state, control, model=None, **kwargs):
        model.eval()
        reveal_mode(model)  # reveals: self eval, dropout eval

    def on_step_end(self, args, state, control, model=None, **kwargs):
        reveal_mode(model)  # reveals: self train, dropout train


m = bert()
Trainer(model=m, args=arguments(), train_dataset=data, callbacks=[Off()]).train()
reveal_mode(m)  # reveals: self train, dropout train
## a frozen part does not stay in eval mode
m = bert()
m.bert.requires_grad_(False)
m.bert.eval()
Trainer(model=m, args=arguments(), train_dataset=data).train()
reveal_mode(m)  # reveals: self train, dropout train, unknown train
## an override of train is kept
class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = bert()
        self.head = nn.Dropout(0.1)
        self.norm = nn.BatchNorm1d(2)

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def forward(self, input_ids, labels=None):
        return {"loss": self.norm(self.head(self.inner(input_ids).logits)).sum()}


m = Frozen()
Trainer(model=m, args=arguments(), train_dataset=data).train()
reveal_mode(m)  # reveals: self train, dropout train, batch_norm eval
## a model made by a function
def make():
    return bert().eval()


t = Trainer(model_init=make, args=arguments(), train_dataset=data)
t.train()
reveal_mode(t.model)  # reveals: self train, dropout train
## a step of the user's own
class Own(Trainer):
    def training_step(self, model, inputs, num_items_in_batch=None):
        reveal_mode(model)  # reveals: self eval, dropout eval
        loss = self.compute_loss(model, inputs)
        self.accelerator.backward(loss)
        return loss.detach()


Own(model=bert().eval(), args=arguments(), train_dataset=data).train()
## an adapter
from peft import LoraConfig, get_peft_model

m = get_peft_model(bert().eval(), LoraConfig(task_type="SEQ_CLS", lora_dropout=0.1, target_modules=["query"]))
reveal_mode(m)  # reveals: self train, dropout train+eval
Trainer(model=m, args=arguments(), train_dataset=data, eval_dataset=data).train()
reveal_mode(m)  # reveals: self train, dropout train
""")

ACCELERATE = programs("""
import torch
from torch import nn
from accelerate import Accelerator, init_empty_weights

accelerator = Accelerator(cpu=True)


def net():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


## prepare returns the same objects and keeps modes
m = net().eval()
optimizer = torch.optim.SGD(m.parameters(), 0.1)
reveal_mode(accelerator.prepare(m))  # reveals: self eval, dropout eval
prepared, optimizer = accelerator.prepare(m, optimizer)
reveal_mode(prepared)  # reveals: self eval, dropout eval
m.train()
reveal_mode(prepared)  # reveals: self train, dropout train
reveal_mode(accelerator.unwrap_model(prepared).eval())  # reveals: self eval, dropout eval
reveal_mode(m)  # reveals: self eval, dropout eval
reveal_mode(accelerator.prepare_model(net(), evaluation_mode=True))  # reveals: self train, dropout train
## wrappers taken off
from accelerate.hooks import ModelHook, add_hook_to_module, remove_hook_from_module
from accelerate.utils import extract_model_from_parallel

m = net().eval()
reveal_mode(extract_model_from_parallel(accelerator.prepare(m)))  # reveals: self eval, dropout eval
reveal_mode(extract_model_from_parallel(nn.DataParallel(m)))  # reveals: self eval, dropout eval
m.train()
reveal_mode(remove_hook_from_module(add_hook_to_module(m, ModelHook())))  # reveals: self train, dropout train
## a step
m, optimizer = accelerator.prepare(net(), torch.optim.SGD(net().parameters(), 0.1))
m.train()
with accelerator.accumulate(m):
    with accelerator.autocast():
        loss = m(torch.randn(2, 4)).mean()
    accelerator.backward(loss)
    accelerator.clip_grad_norm_(m.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
with accelerator.no_sync(m):
    pass
accelerator.save_model(m, "saved")
accelerator.save_state("state")
accelerator.load_state("state")
accelerator.get_state_dict(m)
accelerator.wait_for_everyone()
reveal_mode(m)  # reveals: self train, dropout train
## empty weights
with init_empty_weights():
    m = net().eval()
reveal_mode(m)  # reveals: self eval, dropout eval
""")

TRL = programs("""
from torch import nn
from trl.experimental.utils import create_reference_model
from transformers import GPT2Config, GPT2LMHeadModel

m = GPT2LMHeadModel(GPT2Config(vocab_size=20, n_embd=8, n_layer=1, n_head=1, n_positions=16))
## a reference model
reveal_mode(create_reference_model(m))  # reveals: self eval, dropout eval
reveal_mode(m)  # reveals: self train, dropout train
""")

SENTENCES = programs("""
import torch
from torch import nn
from transformers import BertConfig, BertModel, BertTokenizerFast
from sentence_transformers import CrossEncoder, SentenceTransformer

with open("vocab.txt", "w") as words:
    words.write("[PAD]\\n[UNK]\\n[CLS]\\n[SEP]\\n[MASK]\\na\\nb\\n")
config = BertConfig(vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, num_labels=1)
BertModel(config).save_pretrained("bert")
BertTokenizerFast("vocab.txt").save_pretrained("bert")
## loading
reveal_mode(SentenceTransformer("bert"))  # reveals: self train, unknown eval
reveal_mode(CrossEncoder("bert"))  # reveals: self train, unknown eval
## encoding leaves eval mode
m = SentenceTransformer("bert")
m.train()
reveal_mode(m)  # reveals: self train, unknown train
m.encode(["a b"])
reveal_mode(m)  # reveals: self eval, unknown eval
m = CrossEncoder("bert")
m.train()
m.predict([("a", "b")])
reveal_mode(m)  # reveals: self eval, unknown eval
""")

GLINER = programs("""
import torch
from transformers import BertConfig, BertModel, BertTokenizerFast
from gliner import GLiNER, GLiNERConfig

words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "person", "[FLERT]", "<<ENT>>", "<<SEP>>"]
with open("vocab.txt", "w") as file:
    file.write("\\n".join(words))
BertModel(
    BertConfig(vocab_size=11, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
).save_pretrained("bert")
BertTokenizerFast("vocab.txt").save_pretrained("bert")
config = GLiNERConfig(model_name="bert", hidden_size=16, dropout=0.4, max_len=16, max_width=3)
model = GLiNER.from_config(config)
model.save_pretrained("gliner")
## constructors and loaders
reveal_mode(model)  # reveals: self eval, dropout eval, rnn eval
reveal_mode(GLiNER.from_pretrained("gliner"))  # reveals: self eval, dropout eval, rnn eval
## prediction leaves eval mode
model.train()
reveal_mode(model)  # reveals: self train, dropout train, rnn train
model.predict_entities("a b", ["person"])
reveal_mode(model)  # reveals: self eval, dropout eval, rnn eval
model.train()
model.inference(["a b"], ["person"])
reveal_mode(model)  # reveals: self eval, dropout eval, rnn eval
## its own training sets train mode
data = [{"tokenized_text": ["a", "b"], "ner": [[0, 0, "person"]]} for _ in range(4)]
model = GLiNER.from_pretrained("gliner")
model.train_model(
    train_dataset=data, eval_dataset=data, output_dir="out", max_steps=1, per_device_train_batch_size=2, use_cpu=True,
    save_strategy="no", report_to="none", disable_tqdm=True, bf16=False, dataloader_num_workers=0,
)
reveal_mode(model)  # reveals: self train, dropout train, rnn train
""")

ALL = {
    "transformers": (TRANSFORMERS, ("transformers", "peft", "accelerate")),
    "accelerate": (ACCELERATE, ("accelerate",)),
    "trl": (TRL, ("trl.experimental.utils",)),
    "sentence_transformers": (SENTENCES, ("sentence_transformers",)),
    "gliner": (GLINER, ("gliner",)),
}
CASES = [pytest.param(library, name, id=f"{library}: {name}") for library, (texts, _) in ALL.items() for name in texts]


@pytest.mark.parametrize(("library", "name"), CASES)
def test_real(library: str, name: str) -> None:
    texts, needed = ALL[library]
    check_real(texts[name], *needed)


@pytest.mark.parametrize(("library", "name"), CASES)
def test_abstract(library: str, name: str) -> None:
    check_abstract(ALL[library][0][name])


def test_trainers_of_trl_are_trainers_of_transformers() -> None:
    require("trl", "transformers")
    import trl
    from transformers import Trainer

    for name in ("SFTTrainer", "DPOTrainer", "KTOTrainer", "RewardTrainer", "GRPOTrainer", "RLOOTrainer"):
        assert issubclass(getattr(trl, name), Trainer)
    for name in ("CPOTrainer", "ORPOTrainer", "GKDTrainer", "KTOTrainer"):
        module = importlib.import_module(f"trl.experimental.{name.removesuffix('Trainer').lower()}")
        assert issubclass(getattr(module, name), Trainer)


def test_trainers_of_sentence_transformers_are_trainers_of_transformers() -> None:
    require("sentence_transformers", "transformers")
    import sentence_transformers
    from transformers import Trainer

    for name in ("SentenceTransformerTrainer", "CrossEncoderTrainer", "SparseEncoderTrainer"):
        assert issubclass(getattr(sentence_transformers, name), Trainer)
