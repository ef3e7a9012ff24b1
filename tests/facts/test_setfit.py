"""Models and trainers of setfit."""

import pytest

from tests.facts.library_kinds import _library_kinds  # noqa: F401
from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = programs("""
from datasets import Dataset, disable_progress_bars
from setfit import DistillationTrainer, SetFitModel, SetFitTrainer, Trainer, TrainingArguments
from transformers import BertConfig, BertModel, BertTokenizerFast, TrainerCallback

disable_progress_bars()
with open("vocab.txt", "w") as words:
    words.write("[PAD]\\n[UNK]\\n[CLS]\\n[SEP]\\n[MASK]\\na\\nb\\n")
config = BertConfig(vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
BertModel(config).save_pretrained("bert")
BertTokenizerFast("vocab.txt").save_pretrained("bert")
data = Dataset.from_dict({"text": ["a", "b", "a b", "b a"], "label": [0, 1, 0, 1]})


def with_classifier():
    return SetFitModel.from_pretrained("bert")


def with_head():
    return SetFitModel.from_pretrained("bert", use_differentiable_head=True, head_params={"out_features": 2})


def accuracy(predictions, labels):
    return {"accuracy": 0.5}


def arguments(**values):
    return TrainingArguments(
        output_dir="out", batch_size=2, num_epochs=1, max_steps=2, max_length=8, report_to="none", save_strategy="no",
        logging_strategy="no", show_progress_bar=False, **values,
    )


def trainer(model, **values):
    return Trainer(model=model, args=arguments(**values), train_dataset=data, eval_dataset=data, metric=accuracy)


## loading
m = with_head()
reveal_mode(m.model_body)  # reveals: self train, unknown eval
reveal_mode(m.model_head)  # reveals: self train
reveal_mode(m.to("cpu").model_body)  # reveals: self train, unknown eval
reveal_mode(with_classifier().model_body)  # reveals: self train, unknown eval
## predictions leave eval mode
for m in (with_classifier(), with_head()):
    trainer(m).train_classifier(["a", "b"], [0, 1])
    m.model_body.train()
    m.predict(["a"])
    reveal_mode(m.model_body)  # reveals: self eval, unknown eval
    m.model_body.train()
    m.predict_proba(["a"])
    reveal_mode(m.model_body)  # reveals: self eval, unknown eval
    m.model_body.train()
    m(["a"])
    reveal_mode(m.model_body)  # reveals: self eval, unknown eval
    m.model_body.train()
    m.encode(["a"])
    reveal_mode(m.model_body)  # reveals: self eval, unknown eval
    m.model_body.train()
    trainer(m).evaluate()
    reveal_mode(m.model_body)  # reveals: self eval, unknown eval
## training with a classifier of scikit-learn ends in its encoding
m = with_classifier()
t = trainer(m)
reveal_mode(m.model_body)  # reveals: self train, unknown eval
t.train()
reveal_mode(m.model_body)  # reveals: self eval, unknown eval
t.train_embeddings(["a", "b"], [0, 1])
reveal_mode(m.model_body)  # reveals: self train, unknown train
t.train_classifier(["a", "b"], [0, 1])
reveal_mode(m.model_body)  # reveals: self eval, unknown eval
m.model_body.train()
m.fit(["a", "b"], [0, 1], num_epochs=1)
reveal_mode(m.model_body)  # reveals: self eval, unknown eval
## training with a head of torch ends in train mode
m = with_head()
trainer(m).train()
reveal_mode(m.model_body)  # reveals: self train, unknown train
m.predict(["a"])
reveal_mode(m.model_head)  # reveals: self eval
trainer(m).train_classifier(["a", "b"], [0, 1])
reveal_mode(m.model_head)  # reveals: self train
reveal_mode(m.model_body)  # reveals: self train, unknown train
## an evaluation at the end of each epoch
class Notes(TrainerCallback):
    def on_train_begin(self, args, state, control, model=None, st_model=None, **kwargs):
        reveal_mode(model.model_body)  # reveals: self train, unknown eval

    def on_step_end(self, args, state, control, model=None, st_model=None, **kwargs):
        reveal_mode(st_model)  # reveals: self train, unknown train

    def on_epoch_end(self, args, state, control, model=None, st_model=None, **kwargs):
        reveal_mode(st_model)  # reveals: self train, unknown train

    def on_train_end(self, args, state, control, model=None, st_model=None, **kwargs):
        reveal_mode(st_model)  # reveals: self eval, unknown eval


t = trainer(with_head(), eval_strategy="epoch")
t.add_callback(Notes())
t.train()
reveal_mode(t.model.model_body)  # reveals: self train, unknown train
## a model made by a function, and the older trainer
t = SetFitTrainer(
    model_init=with_head, train_dataset=data, eval_dataset=data, metric=accuracy, num_iterations=1, batch_size=2
)
t.train(max_length=8)
reveal_mode(t.model.model_body)  # reveals: self train, unknown train
## a teacher is left in eval mode
teacher, student = with_head(), with_head()
teacher.model_body.train()
t = DistillationTrainer(
    teacher_model=teacher, student_model=student, args=arguments(), train_dataset=data, metric=accuracy
)
t.train()
reveal_mode(teacher.model_body)  # reveals: self eval, unknown eval
reveal_mode(student.model_body)  # reveals: self train, unknown train
## files, and freezing
m = with_head()
m.freeze("body")
reveal_mode(m.model_body)  # reveals: self train, unknown eval
m.model_body.train()
m.unfreeze("body")
m.save_pretrained("saved")
reveal_mode(m.model_body)  # reveals: self train, unknown train
reveal_mode(SetFitModel.from_pretrained("saved").model_body)  # reveals: self train, unknown eval
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "setfit")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])
