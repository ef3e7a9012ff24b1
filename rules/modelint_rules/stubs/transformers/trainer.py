"""The trainer sets train mode in each step and leaves eval mode after an evaluation. Facts: modes of trainers."""

from accelerate import Accelerator
from modelint_stub import (
    backward,
    clear_gradients,
    detached,
    parameters,
    set_gradients,
    sink,
    step,
    unknown,
)
from torch.optim import AdamW
from transformers.training_args import TrainingArguments


class Trainer:
    def __init__(
        self, model=None, args=None, data_collator=None, train_dataset=None, eval_dataset=None, processing_class=None,
        model_init=None, compute_loss_func=None, compute_metrics=None, callbacks=None, optimizers=(None, None), **kwargs,
    ):  # fmt: skip
        self.args = TrainingArguments() if args is None else args
        self.model_init = model_init
        self.model = model_init() if model is None and model_init is not None else model
        self.model_wrapped = self.model
        self.train_dataset = train_dataset
        self.eval_dataset = eval_dataset
        self.data_collator = data_collator
        self.processing_class = self.tokenizer = processing_class
        self.compute_metrics = compute_metrics
        self.callbacks = [] if callbacks is None else callbacks
        self.optimizer, self.lr_scheduler = optimizers
        self.accelerator = Accelerator()

    def __modelint_client__(self):
        """What a program does with a trainer of its own class."""
        self.train()
        self.evaluate()

    def add_callback(self, callback):
        self.callbacks = [*self.callbacks, callback() if isinstance(callback, type) else callback]

    def _hook(self, name):
        for callback in self.callbacks:
            getattr(callback, name)(self.args, unknown(), unknown(), model=self.model, optimizer=self.optimizer)

    def create_optimizer_and_scheduler(self, num_training_steps=None):
        self.create_optimizer()
        self.create_scheduler(num_training_steps)

    def create_optimizer(self, model=None):
        if self.optimizer is None:
            self.optimizer = AdamW(parameters(self.model))
        return self.optimizer

    def create_scheduler(self, num_training_steps=None, optimizer=None):
        return unknown()

    def train(self, *args, **kwargs):
        if self.model_init is not None:
            self.model = self.model_wrapped = self.model_init()
        self.create_optimizer_and_scheduler(unknown())
        self._hook("on_train_begin")
        while True:
            self._hook("on_epoch_begin")
            while True:
                self._hook("on_step_begin")
                self.training_step(self.model, unknown(), unknown())
                step(self.optimizer)
                clear_gradients(self.optimizer)
                self._hook("on_step_end")
                if self.args.eval_strategy == "steps" and (self.args.eval_steps == 1 or unknown()):
                    self.evaluate()
                if unknown():
                    break
            self._hook("on_epoch_end")
            if self.args.eval_strategy == "epoch":
                self.evaluate()
            if unknown():
                break
        self._hook("on_train_end")
        return unknown()

    def training_step(self, model, inputs, num_items_in_batch=None):
        model.train()
        inputs = self._prepare_inputs(inputs)
        loss = self.compute_loss(model, inputs, num_items_in_batch=num_items_in_batch)
        backward(loss)
        return detached(loss)

    def _prepare_inputs(self, inputs):
        return inputs

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        outputs = model(inputs)
        return (outputs, outputs) if return_outputs else outputs

    def evaluate(self, *args, **kwargs):
        metrics = self.evaluation_loop(unknown(), "Evaluation")
        self._hook("on_evaluate")
        return metrics

    def predict(self, *args, **kwargs):
        return self.evaluation_loop(unknown(), "Prediction")

    def evaluation_loop(self, dataloader, description, *args, **kwargs):
        self.model.eval()
        sink(self.prediction_step(self.model, unknown(), False))
        return unknown()

    prediction_loop = evaluation_loop

    def prediction_step(self, model, inputs, prediction_loss_only, ignore_keys=None, **kwargs):
        inputs = self._prepare_inputs(inputs)
        before = set_gradients(False)
        loss, outputs = self.compute_loss(model, inputs, return_outputs=True)
        set_gradients(before)
        return detached(loss), detached(outputs), unknown()

    def save_model(self, *args, **kwargs):
        self.model.save_pretrained()

    def save_state(self, *args, **kwargs):
        pass

    def push_to_hub(self, *args, **kwargs):
        self.model.save_pretrained()

    def get_train_dataloader(self, *args, **kwargs):
        return unknown()

    get_eval_dataloader = get_test_dataloader = get_train_dataloader


class Seq2SeqTrainer(Trainer):
    def prediction_step(self, model, inputs, prediction_loss_only, ignore_keys=None, **kwargs):
        inputs = self._prepare_inputs(inputs)
        before = set_gradients(False)
        outputs = model.generate(inputs)
        set_gradients(before)
        return unknown(), detached(outputs), unknown()
