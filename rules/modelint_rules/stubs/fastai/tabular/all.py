from fastai.basics import *
from fastai.callback.all import *
from fastai.tabular.learner import *
from fastai.tabular.model import *
