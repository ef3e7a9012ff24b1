from fastai.basics import *
from fastai.callback.all import *
from fastai.text.learner import *
