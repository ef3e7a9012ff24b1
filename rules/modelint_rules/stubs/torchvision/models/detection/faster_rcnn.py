from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torchvision.models.detection import FasterRCNN


class FastRCNNPredictor(Module):
    def __init__(self, in_channels, num_classes):
        self.cls_score = Linear(in_channels, num_classes)
        self.bbox_pred = Linear(in_channels, num_classes * 4)
