from fastai.vision.models.xresnet import *
from torchvision.models import *
