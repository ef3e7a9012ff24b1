"""Each step of a supervised trainer sets train mode, each step of an evaluator eval mode, and nothing gives a mode back.
Facts: trainers of ignite."""

from ignite.engine.engine import Engine
from ignite.engine.events import EventEnum, Events, State
from modelint_stub import backward
from torch.autograd.grad_mode import no_grad


def _prepare_batch(batch, device=None, non_blocking=False):
    return batch


def _same(output):
    return output


def _forward(model, x):
    return model(x)


def _item(x, y, y_pred, loss):
    return loss.item()


def _pair(x, y, y_pred):
    return y_pred, y


def supervised_training_step(
    model, optimizer, loss_fn, device=None, non_blocking=False, prepare_batch=_prepare_batch, model_transform=_same,
    output_transform=_item, gradient_accumulation_steps=1, model_fn=_forward,
):  # fmt: skip
    def update(engine, batch):
        optimizer.zero_grad()
        model.train()
        x, y = prepare_batch(batch, device=device, non_blocking=non_blocking)
        y_pred = model_transform(model_fn(model, x))
        loss = loss_fn(y_pred, y)
        backward(loss)
        optimizer.step()
        return output_transform(x, y, y_pred, loss)

    return update


def supervised_evaluation_step(
    model, device=None, non_blocking=False, prepare_batch=_prepare_batch, model_transform=_same, output_transform=_pair,
    model_fn=_forward,
):  # fmt: skip
    def evaluate_step(engine, batch):
        model.eval()
        with no_grad():
            x, y = prepare_batch(batch, device=device, non_blocking=non_blocking)
            return output_transform(x, y, model_transform(model_fn(model, x)))

    return evaluate_step


def create_supervised_trainer(
    model, optimizer, loss_fn, device=None, non_blocking=False, prepare_batch=_prepare_batch, model_transform=_same,
    output_transform=_item, deterministic=False, amp_mode=None, scaler=False, gradient_accumulation_steps=1, model_fn=_forward,
):  # fmt: skip
    step = supervised_training_step(
        model, optimizer, loss_fn, device, non_blocking, prepare_batch, model_transform, output_transform, 1, model_fn
    )
    return Engine(step)


def create_supervised_evaluator(
    model, metrics=None, device=None, non_blocking=False, prepare_batch=_prepare_batch, model_transform=_same,
    output_transform=_pair, amp_mode=None, model_fn=_forward,
):  # fmt: skip
    step = supervised_evaluation_step(model, device, non_blocking, prepare_batch, model_transform, output_transform, model_fn)
    return Engine(step)
