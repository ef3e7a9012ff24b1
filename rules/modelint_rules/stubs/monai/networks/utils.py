"""Contexts in a mode, which give the root's flag back. Facts: monai."""

from contextlib import contextmanager

from torch.autograd.grad_mode import enable_grad, no_grad


@contextmanager
def eval_mode(*nets):
    training = [net.training for net in nets]
    try:
        with no_grad():
            yield [net.eval() for net in nets]
    finally:
        for net, flag in zip(nets, training):
            if flag:
                net.train()


@contextmanager
def train_mode(*nets):
    training = [net.training for net in nets]
    try:
        with enable_grad():
            yield [net.train() for net in nets]
    finally:
        for net, flag in zip(nets, training):
            if not flag:
                net.eval()
