"""Learners of fastai."""

import pytest

from tests.facts import recorder
from tests.facts.recorder import check_abstract, check_real, check_steps, programs

PROGRAMS = programs("""
import torch
from fastai.callback.core import Callback, CancelBatchException, TrainEvalCallback
from fastai.callback.schedule import *
from fastai.callback.tracker import SaveModelCallback
from fastai.callback.training import BnFreeze
from fastai.data.core import DataLoaders
from fastai.data.load import DataLoader
from fastai.interpret import Interpretation
from fastai.learner import Learner, load_learner
from fastai.vision.learner import create_vision_model, unet_learner, vision_learner
from torch import nn
from torchvision.models import alexnet, densenet121, resnet18, squeezenet1_1, vgg11_bn


class Items(list):
    def new_empty(self):
        return Items()


def loaders(x, y):
    items = Items((x, y) for _ in range(8))
    return DataLoaders(DataLoader(items, bs=4), DataLoader(items, bs=4))


def net():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 1))


dls = loaders(torch.rand(4), torch.rand(1))
quiet = dict(loss_func=nn.functional.mse_loss, path=".")

## a learner keeps the mode of its model
m = net().eval()
learn = Learner(dls, m, **quiet)
reveal_mode(learn.model)  # reveals: self eval, dropout eval, batch_norm eval
learn.train()
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
learn.eval()
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## validation is last
m = net()
learn = Learner(dls, m, **quiet)
with learn.no_bar(), learn.no_logging():
    learn.fit(2)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    learn.fit_one_cycle(1)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    learn.fit_flat_cos(1)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    learn.fit_sgdr(1, 1)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    learn.fine_tune(1)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## a search for the learning rate ends in training
m = net().eval()
learn = Learner(dls, m, **quiet)
with learn.no_bar():
    learn.lr_find(show_plot=False)
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## predictions leave eval mode
m = net()
learn = Learner(dls, m, **quiet)
with learn.no_bar(), learn.no_logging():
    learn.validate()
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    learn.get_preds()
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    learn.summary()
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    Interpretation.from_learner(learn)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## predictions of single items
from fastai.data.core import Datasets

m = net()
learn = Learner(Datasets([0.0, 1.0, 2.0, 3.0], [lambda x: torch.full((4,), x)], splits=[[0, 1], [2, 3]]).dataloaders(bs=2), m, **quiet)
with learn.no_bar(), learn.no_logging():
    learn.predict(0.5)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    try:
        learn.show_results()
    except AttributeError:
        pass  # nothing to show
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
    m.train()
    learn.tta(n=1, beta=None)
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## files
m = net()
learn = Learner(dls, m, **quiet)
learn.save("parameters")
reveal_mode(learn.load("parameters").model)  # reveals: self train, dropout train, batch_norm train
m.eval()
reveal_mode(learn.load("parameters").model)  # reveals: self eval, dropout eval, batch_norm eval
learn.export("all.pkl")
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
again = load_learner("all.pkl")
reveal_mode(again.model)  # reveals: self unknown, unknown unknown
with again.no_bar():
    again.validate(dl=DataLoader(Items([(torch.rand(4), torch.rand(1))]), bs=1))
reveal_mode(again.model)  # reveals: self eval, unknown eval
## freezing keeps the modes
m = net()
learn = Learner(dls, m, splitter=lambda model: [list(model[:2].parameters()), list(model[2:].parameters())], **quiet)
learn.freeze()
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
learn.unfreeze()
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## callbacks
class Notes(Callback):
    def after_create(self):
        reveal_mode(self.model)  # reveals: self train, dropout train, batch_norm train

    def before_train(self):
        reveal_mode(self.learn.model)  # reveals: self train, dropout train, batch_norm train

    def before_batch(self):
        if self.training:
            reveal_mode(self.model)  # reveals: self train, dropout train, batch_norm train
        else:
            reveal_mode(self.model)  # reveals: self eval, dropout eval, batch_norm eval

    def after_train(self):
        reveal_mode(self.model)  # reveals: self train, dropout train, batch_norm train

    def before_validate(self):
        reveal_mode(self.model)  # reveals: self eval, dropout eval, batch_norm eval

    def after_epoch(self):
        reveal_mode(self.model)  # reveals: self eval, dropout eval, batch_norm eval


learn = Learner(dls, net(), cbs=Notes(), **quiet)
with learn.no_bar(), learn.no_logging():
    learn.fit(2)
## a callback that keeps a part in eval mode
class Keeps(Callback):
    def before_train(self):
        self.model[1].eval()

    def before_batch(self):
        reveal_mode(self.model)  # reveals: self train+eval, dropout train+eval, batch_norm eval


m = net()
learn = Learner(dls, m, **quiet)
with learn.no_bar(), learn.no_logging():
    learn.fit(1, cbs=[Keeps, SaveModelCallback()])
    reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## a callback that skips batches
class Skips(Callback):
    def before_batch(self):
        raise CancelBatchException()


m = net()
learn = Learner(dls, m, **quiet)
with learn.no_bar(), learn.no_logging():
    learn.fit(1, cbs=Skips())
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## without the default callbacks no mode is set
m = net()
learn = Learner(dls, m, default_cbs=False, **quiet)
learn.validate()
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
learn.add_cb(TrainEvalCallback)
learn.validate()
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## frozen statistics
class Notes(Callback):
    def before_batch(self):
        if self.training:
            reveal_mode(self.model)  # reveals: self train, dropout train, batch_norm unknown


m = net()
m[1].requires_grad_(False)
learn = Learner(dls, m, **quiet)
with learn.no_bar(), learn.no_logging():
    learn.fit(1, cbs=[BnFreeze(), Notes()])
## learners of images
images = loaders(torch.rand(3, 64, 64), torch.tensor(0))
quiet = dict(n_out=2, pretrained=False, loss_func=nn.functional.cross_entropy)
m = vision_learner(images, resnet18, **quiet).model
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train+eval
reveal_mode(m[0])  # reveals: self train, batch_norm eval
reveal_mode(m[1])  # reveals: self train, dropout train, batch_norm train
reveal_mode(create_vision_model(alexnet, 2, pretrained=False)[0])  # reveals: self train
reveal_mode(create_vision_model(vgg11_bn, 2, pretrained=False)[0])  # reveals: self train, batch_norm eval
reveal_mode(create_vision_model(squeezenet1_1, 2, pretrained=False)[0])  # reveals: self train
reveal_mode(create_vision_model(densenet121, 2, pretrained=False)[0])  # reveals: self train, batch_norm eval
m = vision_learner(images, resnet18, custom_head=nn.Linear(1, 1), **quiet).model
reveal_mode(m)  # reveals: self train, batch_norm train
m = vision_learner(images, resnet18, ps=0, **quiet).model
reveal_mode(m)  # reveals: self train, batch_norm train+eval
m = vision_learner(images, "resnet18", **quiet).model
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## learners of images with a star
from fastai.vision.all import *

quiet = dict(n_out=2, pretrained=False, loss_func=nn.functional.cross_entropy)
m = vision_learner(loaders(torch.rand(3, 64, 64), torch.tensor(0)), models.xresnet.xresnet18, **quiet).model
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train+eval
reveal_mode(m[0])  # reveals: self train, batch_norm eval
reveal_mode(xresnet18(p=0.5))  # reveals: self train, dropout train, batch_norm train
reveal_mode(LinBnDrop(2, 2))  # reveals: self train, batch_norm train
reveal_mode(LinBnDrop(2, 2, bn=False, p=0.1))  # reveals: self train, dropout train
reveal_mode(ConvLayer(2, 2))  # reveals: self train, batch_norm train


class Own(Module):
    def __init__(self):
        self.drop = nn.Dropout(0.5)


reveal_mode(Own())  # reveals: self train, dropout train
## a learner of masks
m = unet_learner(
    loaders(torch.rand(3, 64, 64), torch.zeros(64, 64).long()), resnet18, n_out=2, pretrained=False,
    loss_func=nn.functional.cross_entropy,
).model
reveal_mode(m)  # reveals: self train, batch_norm train+eval
## learners of tables
import pandas as pd
from fastai.tabular.all import CategoryBlock, Categorify, Normalize, TabularDataLoaders, tabular_config, tabular_learner

table = pd.DataFrame({"a": [0.0, 1.0] * 8, "b": ["x", "y"] * 8, "c": [0, 1] * 8})
tables = TabularDataLoaders.from_df(
    table, procs=[Categorify, Normalize], cat_names=["b"], cont_names=["a"], y_names="c", y_block=CategoryBlock(), bs=4
)
learn = tabular_learner(tables)
reveal_mode(learn.model)  # reveals: self train, batch_norm train
reveal_mode(tabular_learner(tables, config=tabular_config(embed_p=0.1)).model)  # reveals: self train, dropout train, batch_norm train
reveal_mode(tabular_learner(tables, config=tabular_config(ps=[0.1, 0.1])).model)  # reveals: self train, dropout train, batch_norm train
with learn.no_bar(), learn.no_logging():
    learn.predict(table.iloc[0])
reveal_mode(learn.model)  # reveals: self eval, batch_norm eval
## learners of texts
from fastai.text.all import AWD_LSTM, language_model_learner, text_classifier_learner

texts = loaders(torch.zeros(3, dtype=torch.long), torch.tensor(0))
texts.vocab = ["a", "b", "c"]
quiet = dict(pretrained=False, loss_func=nn.functional.cross_entropy)
m = text_classifier_learner(texts, AWD_LSTM, n_out=2, **quiet).model
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train, rnn train
m = language_model_learner(texts, AWD_LSTM, pretrained=False).model
reveal_mode(m)  # reveals: self train, dropout train, rnn train
m = language_model_learner(texts, AWD_LSTM, drop_mult=0.0, pretrained=False).model
reveal_mode(m)  # reveals: self train, rnn train
""")

STEPS = programs("""
from functools import partial

import torch
from fastai.callback.schedule import *
from fastai.data.core import DataLoaders
from fastai.data.load import DataLoader
from fastai.learner import Learner
from fastai.optimizer import OptimWrapper
from torch import nn

items = [(torch.rand(4), torch.rand(1)) for _ in range(8)]
dls = DataLoaders(DataLoader(items, bs=4), DataLoader(items, bs=4))
optimizer = partial(OptimWrapper, opt=torch.optim.SGD)
learn = Learner(dls, nn.Linear(4, 1), nn.functional.mse_loss, optimizer, path=".")

## what fit trains
with learn.no_bar(), learn.no_logging():
    learn.fit(1)  # step: line 17
## what a search for the learning rate trains
with learn.no_bar():
    learn.lr_find(show_plot=False)  # step: line 17
""")


@recorder.kinds_by_class("RNNDropout")
def _dropout_between_layers(module):
    return ("dropout",) if module.p > 0 else ()


@recorder.kinds_by_class("WeightDropout", "EmbeddingDropout")
def _dropout_of_weights(module):
    return ("dropout",) if getattr(module, "weight_p", 0) or getattr(module, "embed_p", 0) else ()


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "fastai")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


@pytest.mark.parametrize("name", STEPS)
def test_real_steps(name: str) -> None:
    check_steps(STEPS[name], "fastai", real=True)


@pytest.mark.parametrize("name", STEPS)
def test_abstract_steps(name: str) -> None:
    check_steps(STEPS[name], real=False)
