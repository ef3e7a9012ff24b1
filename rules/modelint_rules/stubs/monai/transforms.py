from torchvision.transforms import Compose, Lambda, __getattr__
