"""Trains the body, then fits the head. Facts: models of setfit."""

from modelint_stub import unknown
from sentence_transformers.trainer import SentenceTransformerTrainer
from setfit.training_args import TrainingArguments


class _BodyTrainer(SentenceTransformerTrainer):
    def __init__(self, setfit_model, args, callbacks):
        super().__init__(setfit_model.model_body, args, callbacks=callbacks)
        self.setfit_model = setfit_model

    def _hook(self, name):
        for callback in self.callbacks:
            getattr(callback, name)(self.args, unknown(), unknown(), model=self.setfit_model, st_model=self.model)


class Trainer:
    def __init__(
        self, model=None, args=None, train_dataset=None, eval_dataset=None, model_init=None, metric=None, metric_kwargs=None,
        callbacks=None, column_mapping=None, **kwargs,
    ):  # fmt: skip
        self.args = TrainingArguments() if args is None else args
        self.model = model_init() if model is None else model
        self.st_trainer = _BodyTrainer(self.model, self.args, callbacks)

    def train(self, *args, **kwargs):
        self.train_embeddings()
        self.train_classifier()

    def train_embeddings(self, *args, **kwargs):
        self.st_trainer.train()

    def train_classifier(self, *args, **kwargs):
        self.model.fit()

    def evaluate(self, *args, **kwargs):
        self.model.predict()
        return unknown()

    def add_callback(self, callback):
        self.st_trainer.add_callback(callback)

    def push_to_hub(self, *args, **kwargs):
        self.model.save_pretrained()


class SetFitTrainer(Trainer):
    def __init__(self, model=None, train_dataset=None, eval_dataset=None, model_init=None, *args, **kwargs):
        super().__init__(model, model_init=model_init)


class DistillationTrainer(Trainer):
    def __init__(self, teacher_model, student_model=None, args=None, *more, **kwargs):
        super().__init__(student_model, args, *more, **kwargs)
        self.teacher_model = teacher_model
        self.student_model = self.model

    def train_embeddings(self, *args, **kwargs):
        self.teacher_model.encode()
        self.st_trainer.train()

    def train_classifier(self, *args, **kwargs):
        self.teacher_model.predict()
        self.model.fit()
