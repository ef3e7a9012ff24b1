"""What a star brings."""

import torch
import torch.nn.functional as F
from fastai.callback.core import *
from fastai.interpret import *
from fastai.layers import *
from fastai.learner import *
from fastai.torch_core import *
from torch import nn, optim
