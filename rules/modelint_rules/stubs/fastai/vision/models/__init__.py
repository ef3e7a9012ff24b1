from fastai.vision.models import xresnet
from fastai.vision.models.all import *
