"""A generator that yields from within a loop over another one, or from within a `with`, goes on with what the loop over it has done."""

from contextlib import contextmanager

import torch
from torch import nn


def net():
    return nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))


def batches(model):
    for index in range(2):
        model.eval()
        yield torch.ones(2, 3) + index


def named(model, name):
    for batch in batches(model):
        yield name, batch


def doubled(model):
    for _, batch in named(model, "doubled"):
        yield 2 * batch


@contextmanager
def training(model):
    model.train()
    yield model
    model.eval()


def in_train_mode(model):
    for index in range(2):
        with training(model) as trained:
            yield trained, torch.ones(2, 3) + index


def batches_in_train_mode(model):
    for batch in batches(model):
        with training(model):
            yield batch


def outputs_of(model):
    return [("output", model(batch)) for name, batch in named(model, "first")]


def outputs_in_train_mode():
    model = net()
    return [("output", trained(batch).tolist()) for trained, batch in in_train_mode(model)]


def leaves_train_mode():
    model = net()
    for batch in doubled(model):
        print(model(batch))
        model.train()
    print(model(torch.ones(2, 3)))


def breaks():
    model = net()
    for _, _ in in_train_mode(model):
        break
    print(model(torch.ones(2, 3)))


def breaks_deeper():
    model, other = net(), net()
    other.eval()
    for name, batch in named(model, "second"):
        other.train()
        if name == "second" and batch.sum() > 0:
            break
    print(name, model(batch))
    print(other(batch))


def ends():
    model = net()
    for batch in batches_in_train_mode(model):
        print(model(batch))
    print(model(torch.ones(2, 3)))


def returns():
    model = net()
    for batch in batches_in_train_mode(model):
        return model(batch).tolist()
    return None


def listed():
    model = net()
    seen = list(doubled(model))
    print(model(seen[0]))


def goes_wrong():
    model = net()
    try:
        for name, _ in named(model, "third"):
            model.train()
            raise ValueError(name)
    except ValueError as error:
        print(error, model(torch.ones(2, 3)))


print(outputs_of(net()))
print(outputs_in_train_mode())
leaves_train_mode()
breaks()
breaks_deeper()
ends()
print(returns())
listed()
goes_wrong()
