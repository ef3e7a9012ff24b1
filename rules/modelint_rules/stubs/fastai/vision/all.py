from fastai.basics import *
from fastai.callback.all import *
from fastai.vision import models
from fastai.vision.learner import *
from fastai.vision.models.all import *
