from setfit.modeling import SetFitHead, SetFitModel
from setfit.trainer import DistillationTrainer, SetFitTrainer, Trainer
from setfit.trainer_distillation import DistillationSetFitTrainer
from setfit.training_args import TrainingArguments
