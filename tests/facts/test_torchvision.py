"""Models of torchvision: in train mode, also with pretrained weights."""

import pytest

from tests.facts.recorder import check_abstract, check_real, programs, require

PROGRAMS = programs("""
import torch
import torchvision
from torch import nn
from torchvision import models

torch.set_default_device("meta")

## torchvision models
reveal_mode(models.resnet18())  # reveals: self train, batch_norm train
reveal_mode(models.resnet50(weights=None).eval())  # reveals: self eval, batch_norm eval
reveal_mode(models.resnet18(norm_layer=torchvision.ops.FrozenBatchNorm2d))  # reveals: self train
reveal_mode(models.resnet18(norm_layer=lambda channels: nn.GroupNorm(1, channels)))  # reveals: self train
reveal_mode(models.vgg11())  # reveals: self train, dropout train
reveal_mode(models.vgg11(dropout=0.0))  # reveals: self train
reveal_mode(models.vgg11_bn())  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.alexnet())  # reveals: self train, dropout train
reveal_mode(models.densenet121())  # reveals: self train, batch_norm train
reveal_mode(models.densenet121(drop_rate=0.1))  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.mobilenet_v2())  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.mobilenet_v3_small())  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.efficientnet_b0())  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.vit_b_16())  # reveals: self train
reveal_mode(models.vit_b_16(dropout=0.1))  # reveals: self train, dropout train
reveal_mode(models.swin_t())  # reveals: self train, dropout train
reveal_mode(models.convnext_tiny())  # reveals: self train, dropout train
reveal_mode(models.inception_v3(init_weights=False))  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.googlenet(init_weights=False))  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.squeezenet1_0())  # reveals: self train, dropout train
reveal_mode(models.mnasnet0_5())  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.shufflenet_v2_x0_5())  # reveals: self train, batch_norm train
reveal_mode(models.maxvit_t())  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.get_model("vgg11_bn", weights=None))  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.video.r3d_18())  # reveals: self train, batch_norm train
reveal_mode(models.video.s3d())  # reveals: self train, batch_norm train, dropout train
reveal_mode(models.optical_flow.raft_small())  # reveals: self train
reveal_mode(models.optical_flow.raft_large())  # reveals: self train, batch_norm train
## a model by its name
names = ["resnet18", "vgg11_bn"]
for name in names[:1]:
    reveal_mode(models.__dict__[name]())  # reveals: self train, batch_norm train
    reveal_mode(getattr(models, name)())  # reveals: self train, batch_norm train
    reveal_mode(vars(models)[name]())  # reveals: self train, batch_norm train
reveal_mode(models.segmentation.__dict__["fcn_resnet50"](weights_backbone=None))  # reveals: self train, batch_norm train, dropout train
## regnet
torch.set_default_device("cpu")
reveal_mode(models.regnet_x_400mf())  # reveals: self train, batch_norm train
## a new head
m = models.resnet18().eval()
m.fc = nn.Sequential(nn.Dropout(), nn.Linear(512, 3))
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout train
m.layer4.train()
reveal_mode(m.layer4)  # reveals: self train, batch_norm train
reveal_mode(m)  # reveals: self eval, batch_norm train+eval, dropout train
m = models.vgg16()
m.classifier[6] = nn.Linear(4096, 3)
m.classifier[2].eval()
reveal_mode(m)  # reveals: self train, dropout train+eval
m.features.eval()
reveal_mode(m)  # reveals: self train, dropout train+eval
## a backbone
m = models.resnet18().eval()
reveal_mode(nn.Sequential(*list(m.children())[:-1]))  # reveals: self train, batch_norm eval
## torchvision segmentation
from torchvision.models.segmentation import deeplabv3_resnet50, fcn_resnet50

reveal_mode(fcn_resnet50(weights=None, weights_backbone=None))  # reveals: self train, batch_norm train, dropout train
reveal_mode(deeplabv3_resnet50(weights_backbone=None).eval())  # reveals: self eval, batch_norm eval, dropout eval
m = models.segmentation.lraspp_mobilenet_v3_large(weights_backbone=None)
reveal_mode(m)  # reveals: self train, batch_norm train
## torchvision detection
from torchvision.models.detection import fasterrcnn_resnet50_fpn, retinanet_resnet50_fpn, ssd300_vgg16

reveal_mode(fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None))  # reveals: self train, other train, batch_norm train
reveal_mode(retinanet_resnet50_fpn(weights_backbone=None))  # reveals: self train, other train, batch_norm train
reveal_mode(ssd300_vgg16(weights_backbone=None).eval())  # reveals: self eval, other eval
## torchvision feature extraction
torch.set_default_device("cpu")
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.feature_extraction import create_feature_extractor

m = models.resnet18().eval()
reveal_mode(create_feature_extractor(m, {"layer1": "a"}))  # reveals: self eval, batch_norm eval
reveal_mode(IntermediateLayerGetter(m, {"layer1": "a"}))  # reveals: self train, batch_norm eval
reveal_mode(create_feature_extractor(models.resnet18(), ["layer1"]))  # reveals: self train, batch_norm train
## torchvision operations
from torchvision import ops

reveal_mode(ops.FrozenBatchNorm2d(3))  # reveals: self train
reveal_mode(ops.StochasticDepth(0.1, "row"))  # reveals: self train, dropout train
reveal_mode(ops.StochasticDepth(0.0, "row"))  # reveals: self train
reveal_mode(ops.DropBlock2d(0.1, 3))  # reveals: self train, dropout train
reveal_mode(ops.Conv2dNormActivation(3, 3))  # reveals: self train, batch_norm train
reveal_mode(ops.Conv2dNormActivation(3, 3, norm_layer=None))  # reveals: self train
reveal_mode(ops.MLP(3, [3], dropout=0.1))  # reveals: self train, dropout train
reveal_mode(ops.MLP(3, [3]))  # reveals: self train
## hub
m = torch.hub.load("pytorch/vision", "resnet18")
reveal_mode(m)  # reveals: self train, batch_norm train
m = torch.hub.load("a/repository", "a_model")
reveal_mode(m)  # reveals: self unknown, unknown unknown
""")
OFFLINE = {"hub"}


@pytest.mark.parametrize("name", [name for name in PROGRAMS if name not in OFFLINE])
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "torchvision")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


def test_pretrained_weights_leave_train_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "torchvision")
    from torchvision import models

    weights = models.resnet18().state_dict()
    monkeypatch.setattr(models.WeightsEnum, "get_state_dict", lambda *args, **kwargs: weights)
    check_real("""
        from torchvision import models

        reveal_mode(models.resnet18(weights="DEFAULT"))  # reveals: self train, batch_norm train
        reveal_mode(models.resnet18(weights=models.ResNet18_Weights.DEFAULT))  # reveals: self train, batch_norm train
        reveal_mode(models.resnet18(pretrained=True))  # reveals: self train, batch_norm train
    """)


def test_every_model_has_a_stub() -> None:
    require("torch", "torchvision")
    from pathlib import Path

    import modelint_rules
    from torchvision import models

    folder = Path(modelint_rules.__file__).parent / "stubs" / "torchvision" / "models"
    text = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    missing = [name for name in models.list_models() if f"def {name.removeprefix('quantized_')}(" not in text]
    assert missing == []
