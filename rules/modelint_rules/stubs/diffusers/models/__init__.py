"""Facts: diffusers."""

from diffusers.models import modeling_utils
from diffusers.models.modeling_utils import LibraryModel, ModelMixin, UnlistedModel


# fmt: off
class AutoencoderKL(LibraryModel): pass
class UNet1DModel(LibraryModel): pass
class UNet2DModel(LibraryModel): pass
class UNet2DConditionModel(LibraryModel): pass
class Transformer(LibraryModel): pass
class AutoModel(UnlistedModel): pass
# fmt: on


class DiTTransformer2DModel(LibraryModel):
    """The labels are dropped at random in train mode."""

    dropout = 0.1


class UNet3DConditionModel(LibraryModel):
    dropout = 0.1


def __getattr__(name):
    import diffusers

    return getattr(diffusers, name)
