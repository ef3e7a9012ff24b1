from torch.nn.modules.module import Module
from torchvision.models.detection import MaskRCNN


class MaskRCNNPredictor(Module): pass  # fmt: skip
