"""The models it loads are in eval mode below a root in train mode; `encode` leaves everything in eval. Facts: modes of loaders."""

from sentence_transformers.model import CrossEncoder, SentenceTransformer, SparseEncoder
from sentence_transformers.trainer import CrossEncoderTrainer, SentenceTransformerTrainer, SparseEncoderTrainer
from transformers.training_args import TrainingArguments


class SentenceTransformerTrainingArguments(TrainingArguments):
    pass


class CrossEncoderTrainingArguments(TrainingArguments):
    pass


class InputExample:
    def __init__(self, *args, **kwargs):
        pass
