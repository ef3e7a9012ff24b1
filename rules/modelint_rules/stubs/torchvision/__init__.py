from torchvision import models, ops
