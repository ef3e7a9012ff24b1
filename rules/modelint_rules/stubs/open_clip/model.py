"""Facts: open_clip."""

from modelint_stub import add_layers, forward, infer, known, requires_grad
from torch.nn.modules.module import Module


class Tower(Module):
    def __init__(self, *kinds):
        for kind in kinds:
            add_layers(self, kind)


class CLIP(Module):
    def __init__(self, name="", patch_dropout=None, *args, **kwargs):
        if not known(name):
            self.visual = Tower()  # as in most of the models that people ask for
        elif name.startswith("RN"):
            self.visual = Tower("batch_norm")
        elif name.startswith("ViT-") and "SigLIP" not in name:
            self.visual = Tower()
        else:
            self.visual = Tower("unknown")
        if patch_dropout:
            self.visual.patch_dropout = Tower("dropout")
        self.transformer = Tower()

    def encode_image(self, image, *args, **kwargs):
        return forward(self, image)

    def encode_text(self, text, *args, **kwargs):
        return forward(self, text)

    def get_logits(self, image, text):
        return forward(self, image, text)

    def lock_image_tower(self, *args, **kwargs):
        requires_grad(self.visual, False)

    def lock_text_tower(self, *args, **kwargs):
        requires_grad(self.transformer, False)

    def set_grad_checkpointing(self, *args, **kwargs):
        pass


class CustomTextCLIP(CLIP): pass  # fmt: skip


class CoCa(CLIP):
    def generate(self, *args, **kwargs):
        """Gives the model back in the root's mode: https://github.com/mlfoundations/open_clip/blob/main/src/open_clip/coca_model.py"""
        training = self.training
        self.eval()
        tokens = infer(self, *args, name="generate")
        self.train(training)
        return tokens
