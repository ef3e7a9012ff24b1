"""transformers: names are looked up here first, then by `__getattr__`."""

from transformers.configuration_utils import PreTrainedConfig, PretrainedConfig
from transformers.generation import GenerationMixin
from transformers.modeling_utils import PreTrainedModel
from transformers.models import __getattr__
from transformers.optimization import (
    Adafactor,
    AdamW,
    get_constant_schedule,
    get_constant_schedule_with_warmup,
    get_cosine_schedule_with_warmup,
    get_cosine_with_hard_restarts_schedule_with_warmup,
    get_inverse_sqrt_schedule,
    get_linear_schedule_with_warmup,
    get_polynomial_decay_schedule_with_warmup,
    get_scheduler,
    get_wsd_schedule,
)
from transformers.pipelines import Pipeline, TextGenerationPipeline, TextClassificationPipeline, pipeline
from transformers.trainer import Seq2SeqTrainer, Trainer
from transformers.trainer_callback import (
    DefaultFlowCallback,
    EarlyStoppingCallback,
    PrinterCallback,
    ProgressCallback,
    TrainerCallback,
)
from transformers.trainer_utils import EvalPrediction, set_seed
from transformers.training_args import Seq2SeqTrainingArguments, TrainingArguments
