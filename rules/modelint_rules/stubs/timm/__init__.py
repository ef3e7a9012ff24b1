from timm import layers, loss, models, optim, scheduler, utils
from timm.models import create_model
