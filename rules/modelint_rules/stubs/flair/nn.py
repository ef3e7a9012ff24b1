"""Loading leaves eval mode; predictions and evaluations keep the mode they find. Facts: models of flair."""

from modelint_stub import add_layers, infer, loaded, saved, sensitive, unknown
from torch import nn


class Model(nn.Module):
    def __init__(self, *args, **kwargs):
        add_layers(self, "unknown")

    @classmethod
    def load(cls, *args, **kwargs):
        model = cls()
        loaded(model)
        model.eval()
        return model

    def forward_loss(self, data_points):
        return self(data_points), unknown()

    def evaluate(self, *args, **kwargs):
        infer(self, args, name="evaluate")
        return unknown()

    def save(self, *args, **kwargs):
        saved(self, "everything", None)


class Classifier(Model):
    def predict(self, *args, **kwargs):
        return infer(self, args, name="predict")


class _OwnDropout(nn.Module):
    def __init__(self, dropout_rate=0.05, *args, **kwargs):
        if dropout_rate:
            sensitive(self, "dropout")


# fmt: off
class LockedDropout(_OwnDropout): pass
class WordDropout(_OwnDropout): pass
