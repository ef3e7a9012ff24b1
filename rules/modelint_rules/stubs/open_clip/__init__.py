from open_clip import factory, loss, model
from open_clip.factory import create_loss, create_model, create_model_and_transforms, create_model_from_pretrained
from open_clip.loss import ClipLoss, CoCaLoss, DistillClipLoss, SigLipLoss
from open_clip.model import CLIP, CoCa, CustomTextCLIP
