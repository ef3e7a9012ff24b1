"""Networks, inferers and contexts of monai."""

import pytest

from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = programs("""
import torch
from monai.networks import nets
from torch import nn

shape = dict(spatial_dims=2, in_channels=1, out_channels=2)
steps = dict(channels=(4, 8, 16), strides=(2, 2))

## unets
reveal_mode(nets.UNet(**shape, **steps))  # reveals: self train
reveal_mode(nets.UNet(2, 1, 2, (4, 8, 16), (2, 2), norm="batch"))  # reveals: self train, batch_norm train
reveal_mode(nets.UNet(**shape, **steps, norm=("BATCH", {"eps": 1e-3})))  # reveals: self train, batch_norm train
reveal_mode(nets.UNet(**shape, **steps, dropout=0.1, num_res_units=2).eval())  # reveals: self eval, dropout eval
reveal_mode(nets.AttentionUnet(**shape, **steps))  # reveals: self train, batch_norm train
reveal_mode(nets.AttentionUnet(**shape, **steps, dropout=0.1))  # reveals: self train, batch_norm train, dropout train
reveal_mode(nets.BasicUNet(**shape))  # reveals: self train
reveal_mode(nets.BasicUNet(2, 1, 2, norm="batch", dropout=0.1))  # reveals: self train, batch_norm train, dropout train
reveal_mode(nets.UNETR(1, 2, (32, 32), spatial_dims=2))  # reveals: self train
reveal_mode(nets.UNETR(1, 2, (32, 32), spatial_dims=2, dropout_rate=0.1))  # reveals: self train, dropout train
reveal_mode(nets.UNETR(1, 2, (32, 32), spatial_dims=2, norm_name="batch"))  # reveals: self train, batch_norm train
## residual and dense networks
reveal_mode(nets.SegResNet(2))  # reveals: self train
reveal_mode(nets.SegResNet(2, dropout_prob=0.1))  # reveals: self train, dropout train
reveal_mode(nets.SegResNet(2, norm=("BATCH", {})))  # reveals: self train, batch_norm train
reveal_mode(nets.VNet(2, 1, 2))  # reveals: self train, batch_norm train, dropout train
reveal_mode(nets.DenseNet121(2, 1, 2))  # reveals: self train, batch_norm train
reveal_mode(nets.DenseNet169(2, 1, 2, dropout_prob=0.1))  # reveals: self train, batch_norm train, dropout train
reveal_mode(nets.DenseNet121(2, 1, 2, norm="instance"))  # reveals: self train
reveal_mode(nets.resnet18(spatial_dims=2, n_input_channels=1, num_classes=2))  # reveals: self train, batch_norm train
reveal_mode(nets.EfficientNetBN("efficientnet-b0", pretrained=False))  # reveals: self train, batch_norm train, dropout train
reveal_mode(nets.HighResNet(2, 1, 2))  # reveals: self train, batch_norm train
reveal_mode(nets.HighResNet(2, 1, 2, dropout_prob=0.1))  # reveals: self train, batch_norm train, dropout train
## transformers
reveal_mode(nets.ViT(1, (32, 32), (16, 16), spatial_dims=2))  # reveals: self train
reveal_mode(nets.ViT(1, (32, 32), (16, 16), spatial_dims=2, dropout_rate=0.1))  # reveals: self train, dropout train
## inference window by window keeps the mode
from monai.inferers import SimpleInferer, SlidingWindowInferer, sliding_window_inference

m = nn.Sequential(nn.Conv2d(1, 1, 1), nn.Dropout(0.5))
x = torch.rand(1, 1, 8, 8)
sliding_window_inference(x, (4, 4), 1, m)
SlidingWindowInferer((4, 4))(x, m)
reveal_mode(m)  # reveals: self train, dropout train
m.eval()
sliding_window_inference(x, (4, 4), 1, predictor=m)
SimpleInferer()(x, m)
reveal_mode(m)  # reveals: self eval, dropout eval
## contexts give the mode back
from monai.networks import eval_mode, train_mode

m = nn.Sequential(nn.Conv2d(1, 1, 1), nn.Dropout(0.5))
with eval_mode(m):
    reveal_mode(m)  # reveals: self eval, dropout eval
reveal_mode(m)  # reveals: self train, dropout train
m.eval()
with train_mode(m):
    reveal_mode(m)  # reveals: self train, dropout train
reveal_mode(m)  # reveals: self eval, dropout eval
## metrics
from monai.metrics import DiceMetric

m = nn.Sequential(nn.Conv2d(1, 1, 1), nn.Dropout(0.5)).eval()
metric = DiceMetric()
metric(m(torch.rand(1, 1, 8, 8)), torch.ones(1, 1, 8, 8))
metric.aggregate()
metric.reset()
reveal_mode(m)  # reveals: self eval, dropout eval
reveal_mode(metric)  # reveals: nothing
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "monai")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])
