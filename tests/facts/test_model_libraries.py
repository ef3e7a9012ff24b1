"""timm, segmentation_models_pytorch, open_clip, diffusers and the hub mixin."""

import pytest

from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = {
    "timm": programs("""
import timm
import torch
from torch import nn

torch.set_default_device("meta")

## timm
reveal_mode(timm.create_model("resnet18"))  # reveals: self train, batch_norm train
reveal_mode(timm.create_model("resnet18", pretrained=False).eval())  # reveals: self eval, batch_norm eval
reveal_mode(timm.create_model("resnet18", drop_rate=0.1))  # reveals: self train, batch_norm train, dropout train
reveal_mode(timm.create_model("resnet18.a1_in1k"))  # reveals: self train, batch_norm train
reveal_mode(timm.create_model("resnet18", features_only=True))  # reveals: self train, batch_norm train
reveal_mode(timm.create_model("vit_tiny_patch16_224"))  # reveals: self train
reveal_mode(timm.create_model("vit_tiny_patch16_224", drop_path_rate=0.1))  # reveals: self train, dropout train
reveal_mode(timm.create_model("vit_tiny_patch16_224", proj_drop_rate=0.1))  # reveals: self train, dropout train
reveal_mode(timm.create_model("vit_tiny_patch16_224", attn_drop_rate=0.1))  # reveals: self train, dropout train
reveal_mode(timm.create_model("swin_tiny_patch4_window7_224"))  # reveals: self train, dropout train
reveal_mode(timm.create_model("convnext_atto"))  # reveals: self train
reveal_mode(timm.create_model("efficientnet_b0"))  # reveals: self train, batch_norm train
reveal_mode(timm.create_model("mobilenetv3_small_050"))  # reveals: self train, batch_norm train
reveal_mode(timm.create_model("rexnet_100"))  # reveals: self train, batch_norm train, dropout train
reveal_mode(timm.create_model("vgg11"))  # reveals: self train
reveal_mode(timm.create_model("vgg11_bn"))  # reveals: self train, batch_norm train
reveal_mode(timm.create_model("resnet50_gn"))  # reveals: self train, unknown train
reveal_mode(timm.create_model("levit_128s"))  # reveals: self train, unknown train
reveal_mode(timm.models.resnet18())  # reveals: self train, batch_norm train
## timm of a name that only the run knows
import os

reveal_mode(timm.create_model(os.environ.get("ARCHITECTURE", "resnet18")))  # reveals: self train, unknown train
## timm made by a function
def build(name):
    return timm.create_model(name)

reveal_mode(build("resnet18"))  # reveals: self train, batch_norm train
## timm checkpoint
torch.set_default_device("cpu")
m = timm.create_model("resnet10t")
torch.save(m.eval().state_dict(), "m.pth")
reveal_mode(timm.create_model("resnet10t", checkpoint_path="m.pth"))  # reveals: self train, batch_norm train
overlay = dict(file="m.pth")
reveal_mode(timm.create_model("resnet10t", pretrained=True, pretrained_cfg_overlay=overlay))  # reveals: self train, batch_norm train
## timm heads
m = timm.create_model("resnet18", drop_rate=0.0).eval()
m.reset_classifier(3)
reveal_mode(m)  # reveals: self eval, batch_norm eval
reveal_mode(m.get_classifier())  # reveals: self eval
m.fc = nn.Sequential(nn.Dropout(), nn.Linear(512, 3))
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout train
## timm averages
from timm.utils import ModelEma, ModelEmaV2, ModelEmaV3

torch.set_default_device("cpu")
m = nn.Sequential(nn.Linear(2, 2), nn.Dropout())
reveal_mode(ModelEma(m).ema)  # reveals: self eval, dropout eval
reveal_mode(ModelEmaV2(m))  # reveals: self train, dropout eval
e = ModelEmaV3(m)
e.update(m)
reveal_mode(e)  # reveals: self train, dropout eval
reveal_mode(e.train())  # reveals: self train, dropout train
reveal_mode(m)  # reveals: self train, dropout train
## timm layers
from timm.layers import DropPath, Mlp

reveal_mode(DropPath(0.1))  # reveals: self train, dropout train
reveal_mode(DropPath())  # reveals: self train
reveal_mode(Mlp(2, drop=0.1))  # reveals: self train, dropout train
reveal_mode(Mlp(2))  # reveals: self train
"""),
    "segmentation_models_pytorch": programs("""
import segmentation_models_pytorch as smp

## segmentation models
reveal_mode(smp.Unet("resnet18", encoder_weights=None))  # reveals: self train, batch_norm train
reveal_mode(smp.FPN("resnet18", encoder_weights=None))  # reveals: self train, batch_norm train, dropout train
reveal_mode(smp.FPN("resnet18", encoder_weights=None, decoder_dropout=0.0))  # reveals: self train, batch_norm train
reveal_mode(smp.DeepLabV3Plus("resnet18", encoder_weights=None))  # reveals: self train, batch_norm train, dropout train
reveal_mode(smp.PSPNet("vgg11", encoder_weights=None))  # reveals: self train, batch_norm train, dropout train
reveal_mode(smp.Unet("vgg11", encoder_weights=None, decoder_use_norm=False))  # reveals: self train
reveal_mode(smp.Unet("mit_b0", encoder_weights=None).encoder)  # reveals: self train, dropout train
reveal_mode(smp.Unet("efficientnet-b0", encoder_weights=None).encoder)  # reveals: self train, batch_norm train, dropout train
reveal_mode(smp.create_model("unet", "resnet18", encoder_weights=None))  # reveals: self train, batch_norm train
m = smp.Unet("resnet18", encoder_weights=None, aux_params=dict(classes=2, dropout=0.5))
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
m = smp.Unet("resnet18", encoder_weights=None, aux_params=dict(classes=2))
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
## an encoder of a name that only the run knows
import os

m = smp.Unet(os.environ.get("ENCODER", "resnet18"), encoder_weights=None)
reveal_mode(m.encoder)  # reveals: self train, unknown train
## segmentation models restored
m = smp.Unet("resnet18", encoder_weights=None)
m.save_pretrained("model")
reveal_mode(m)  # reveals: self train, batch_norm train
reveal_mode(smp.Unet.from_pretrained("model").encoder)  # reveals: self eval, unknown eval
reveal_mode(smp.from_pretrained("model").encoder)  # reveals: self eval, unknown eval
## prediction leaves eval mode
import torch

m = smp.Unet("resnet18", encoder_weights=None)
m.predict(torch.rand(1, 3, 32, 32))
reveal_mode(m)  # reveals: self eval, batch_norm eval
## a frozen encoder
m = smp.Unet("resnet18", encoder_weights=None)
m.freeze_encoder()
reveal_mode(m)  # reveals: self train, batch_norm train+eval
m.train()
reveal_mode(m.encoder)  # reveals: self train, batch_norm eval
m.unfreeze_encoder()
reveal_mode(m)  # reveals: self train, batch_norm train
"""),
    "open_clip": programs("""
import open_clip
import torch

## open_clip
m = open_clip.create_model("RN50", pretrained=None)
reveal_mode(m)  # reveals: self train, batch_norm train
torch.save(m.eval().state_dict(), "m.pt")
reveal_mode(open_clip.create_model("RN50", pretrained="m.pt"))  # reveals: self train, batch_norm train
reveal_mode(open_clip.create_model_and_transforms("RN50", pretrained="m.pt")[0])  # reveals: self train, batch_norm train
m, preprocess = open_clip.create_model_from_pretrained("RN50", pretrained="m.pt")
reveal_mode(m)  # reveals: self train, batch_norm train
m = open_clip.create_model_from_pretrained("RN50", pretrained="m.pt", return_transform=False)
reveal_mode(m.visual.eval())  # reveals: self eval, batch_norm eval
## open_clip transformers
m, train_transform, transform = open_clip.create_model_and_transforms("ViT-S-32")
reveal_mode(m)  # reveals: self train
reveal_mode(open_clip.create_model("ViT-S-32", force_patch_dropout=0.5))  # reveals: self train, dropout train
"""),
    "diffusers": programs("""
import diffusers
from torch import nn

blocks = dict(sample_size=8, in_channels=3, out_channels=3, layers_per_block=1, block_out_channels=(8, 16), norm_num_groups=4)
blocks.update(down_block_types=("DownBlock2D", "AttnDownBlock2D"), up_block_types=("AttnUpBlock2D", "UpBlock2D"))

## diffusers
m = diffusers.UNet2DModel(**blocks)
reveal_mode(m)  # reveals: self train
reveal_mode(diffusers.UNet2DModel.from_config(m.config))  # reveals: self train
m.save_pretrained("model")
reveal_mode(diffusers.UNet2DModel.from_pretrained("model"))  # reveals: self eval
m, info = diffusers.UNet2DModel.from_pretrained("model", output_loading_info=True)
reveal_mode(m)  # reveals: self eval
reveal_mode(diffusers.AutoModel.from_pretrained("model"))  # reveals: self eval, unknown eval
reveal_mode(diffusers.UNet2DModel(dropout=0.1, sample_size=8, block_out_channels=(8,), norm_num_groups=4, layers_per_block=1, \
down_block_types=("DownBlock2D",), up_block_types=("UpBlock2D",)))  # reveals: self train, dropout train
## diffusers auto-encoder
m = diffusers.AutoencoderKL(block_out_channels=(8,), norm_num_groups=4, latent_channels=2)
m.save_pretrained("vae")
reveal_mode(diffusers.AutoencoderKL.from_pretrained("vae"))  # reveals: self eval
## diffusers pipelines
m = diffusers.UNet2DModel(**blocks)
p = diffusers.DDPMPipeline(unet=m, scheduler=diffusers.DDPMScheduler(num_train_timesteps=2))
reveal_mode(p.unet)  # reveals: self train
p(num_inference_steps=1)
reveal_mode(p.unet)  # reveals: self train
p.save_pretrained("pipe")
reveal_mode(diffusers.DDPMPipeline.from_pretrained("pipe").unet)  # reveals: self eval
reveal_mode(diffusers.DiffusionPipeline.from_pretrained("pipe").to("cpu").unet)  # reveals: self eval
reveal_mode(diffusers.DiffusionPipeline.from_pretrained("pipe", unet=m).unet)  # reveals: self train
## diffusers averages
from diffusers.training_utils import EMAModel

m = diffusers.UNet2DModel(**blocks)
e = EMAModel(m.parameters())
e.step(m.parameters())
reveal_mode(e)  # reveals: nothing
reveal_mode(m)  # reveals: self train
## diffusers adapters
from peft import LoraConfig

m = diffusers.UNet2DConditionModel(
    sample_size=8, layers_per_block=1, block_out_channels=(8, 16), norm_num_groups=4, cross_attention_dim=8, attention_head_dim=4,
    down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
).eval()
m.add_adapter(LoraConfig(r=2, lora_dropout=0.1, target_modules=["to_q"]))
reveal_mode(m)  # reveals: self eval, dropout train
"""),
    "huggingface_hub": programs("""
from huggingface_hub import PyTorchModelHubMixin
from torch import nn

## hub mixin
class Model(nn.Module, PyTorchModelHubMixin):
    def __init__(self, hidden):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(hidden, 2), nn.Dropout())


m = Model(2)
reveal_mode(m)  # reveals: self train, dropout train
m.save_pretrained("model")
reveal_mode(m)  # reveals: self train, dropout train
reveal_mode(Model.from_pretrained("model"))  # reveals: self eval, dropout eval

## hub mixin of a class that loads by itself
class Model(nn.Module, PyTorchModelHubMixin):
    def __init__(self, hidden):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(hidden, 2), nn.Dropout())

    @classmethod
    def _from_pretrained(cls, *, model_id, **kwargs):
        return cls(hidden=2)


Model(2).save_pretrained("model")
reveal_mode(Model.from_pretrained("model"))  # reveals: self train, dropout train
"""),
}
NEEDED = {"diffusers adapters": ("diffusers", "peft")}
CASES = [pytest.param(library, name, id=name) for library, group in PROGRAMS.items() for name in group]


@pytest.mark.parametrize(("library", "name"), CASES)
def test_real(library: str, name: str) -> None:
    check_real(PROGRAMS[library][name], *NEEDED.get(name, (library,)))


@pytest.mark.parametrize(("library", "name"), CASES)
def test_abstract(library: str, name: str) -> None:
    check_abstract(PROGRAMS[library][name])
