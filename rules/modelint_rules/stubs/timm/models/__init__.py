"""In train mode, also with pretrained weights. Facts: timm.

Which layers of a family depend on the mode was measured on every registered model of timm 1.0.31.
"""

import functools

from modelint_stub import add_layers, forward, known, loaded, unknown
from timm import layers
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module


class Model(Module):
    """Any model of the registry."""

    def __init__(self, *kinds):
        for kind in kinds:
            add_layers(self, kind)
        self.classifier_ = Linear(512, 1000)

    def forward_features(self, *args, **kwargs):
        return forward(self, *args)

    def forward_head(self, x, *args, **kwargs):
        return forward(self, x)

    def forward_intermediates(self, *args, **kwargs):
        return forward(self, *args)

    def get_intermediate_layers(self, *args, **kwargs):
        return forward(self, *args)

    def get_classifier(self):
        return self.classifier_

    def reset_classifier(self, *args, **kwargs):
        """The new head follows the mode of the model."""
        self.classifier_ = Linear(512, 1000).train(self.training)

    def set_grad_checkpointing(self, *args, **kwargs):
        pass

    def no_weight_decay(self):
        return unknown()

    def group_matcher(self, *args, **kwargs):
        return unknown()


def _kinds(name):
    if not known(name):
        return ("unknown",)
    if "_gn" in name or "evos" in name or "_bit" in name or "_sgn" in name or "_frn" in name or "bn_" in name:
        return ("unknown",)
    if name.startswith("vit_"):
        if (
            "rope" in name
            or "relpos" in name
            or "dinov3" in name
            or "mci" in name
            or "resnet" in name
            or "_7b_" in name
            or "_5b_" in name
        ):
            return ("unknown",)
        return ()
    if name.startswith(
        ("deit", "beit", "convnext", "mixer_", "cait_", "davit_", "caformer", "convformer", "hiera_", "mambaout", "pvt_")
    ):
        return ()
    if name.startswith(("swin", "focalnet", "nest_")):
        return ("dropout",)
    if name.startswith(("rexnet", "ghostnet", "legacy_seres")):
        return ("batch_norm", "dropout")
    if name.startswith(
        (
            "resnet", "resnext", "wide_resnet", "seresnet", "seresnext", "skres", "ecares", "gcres", "resnest", "res2", "regnet", "dla",
            "efficientnet", "tf_", "mobilenetv1", "mobilenetv2", "mobilenetv3", "mobilenetv4", "mnasnet", "semnasnet", "densenet",
            "hrnet", "inception", "xception", "repvgg", "dpn", "coatnet_0_rw", "vovnet", "cspdarknet", "cspresnet", "mobilevit",
            "lcnet", "hardcorenas", "fbnet", "mixnet", "volo", "xcit",
        )
    ):  # fmt: skip
        return ("batch_norm",)
    if name.startswith("vgg"):
        return ("batch_norm",) if name.endswith("_bn") or "_bn." in name else ()
    return ("unknown",)


def create_model(
    model_name, pretrained=False, pretrained_cfg=None, pretrained_cfg_overlay=None, checkpoint_path=None, *args, drop_rate=0.0,
    drop_path_rate=0.0, attn_drop_rate=0.0, proj_drop_rate=0.0, **kwargs,
):  # fmt: skip
    model = Model(*_kinds(model_name.split("/")[-1] if known(model_name) else model_name))
    if drop_rate or drop_path_rate or attn_drop_rate or proj_drop_rate:
        add_layers(model, "dropout")
    if pretrained or checkpoint_path:
        loaded(model)
    return model


def load_checkpoint(model, *args, **kwargs):
    loaded(model)


def register_model(function):
    return function


def __getattr__(name):
    """Each registered name is a constructor as well."""
    if name[0].isupper():
        return unknown()

    return functools.partial(create_model, name)
