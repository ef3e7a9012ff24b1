from transformers.trainer import Trainer as _Trainer
from transformers.training_args import TrainingArguments as _TrainingArguments


class Trainer(_Trainer):
    pass


class TrainingArguments(_TrainingArguments):
    pass
