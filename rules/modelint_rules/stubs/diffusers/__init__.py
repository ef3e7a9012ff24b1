"""Facts: diffusers."""

from diffusers import models, optimization, pipelines, schedulers, training_utils
from diffusers.models import (
    AutoencoderKL,
    AutoModel,
    DiTTransformer2DModel,
    ModelMixin,
    Transformer,
    UNet1DModel,
    UNet2DConditionModel,
    UNet2DModel,
    UNet3DConditionModel,
)
from diffusers.models.modeling_utils import ConfigMixin, LibraryModel, UnlistedModel
from diffusers.optimization import get_scheduler
from diffusers.pipelines import DiffusionPipeline
from diffusers.schedulers import SchedulerMixin
from diffusers.training_utils import EMAModel
from modelint_stub import unknown


def __getattr__(name):
    if name.endswith("Pipeline"):
        return DiffusionPipeline
    if name.endswith("Scheduler"):
        return SchedulerMixin
    if name.endswith(("Transformer1DModel", "Transformer2DModel", "Transformer3DModel")):
        return Transformer
    if name.startswith(("Autoencoder", "AsymmetricAutoencoder", "VQModel", "ControlNetModel", "T2IAdapter", "MotionAdapter")):
        return LibraryModel
    if name.endswith("Model") or name.endswith("Adapter"):
        return UnlistedModel
    return unknown()
