"""Facts: modes of trainers."""

from transformers.trainer import Trainer


class SentenceTransformerTrainer(Trainer):
    def __init__(self, model=None, args=None, train_dataset=None, eval_dataset=None, loss=None, evaluator=None, **kwargs):
        super().__init__(model, args, None, train_dataset, eval_dataset, **kwargs)
        self.loss = loss


class CrossEncoderTrainer(SentenceTransformerTrainer):
    pass


class SparseEncoderTrainer(SentenceTransformerTrainer):
    pass
