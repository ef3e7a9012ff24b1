"""The same in both modes."""

from torch.nn.modules.module import Module


class ClipLoss(Module): pass  # fmt: skip


class CoCaLoss(ClipLoss): pass  # fmt: skip


class DistillClipLoss(ClipLoss): pass  # fmt: skip


class SigLipLoss(Module): pass  # fmt: skip
