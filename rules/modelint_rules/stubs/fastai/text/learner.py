"""Models of AWD_LSTM, in train mode. Facts: learners of fastai."""

from fastai.learner import Learner
from modelint_stub import add_layers, loaded
from torch import nn


# fmt: off
class TextLearner(Learner): pass
class LMLearner(TextLearner): pass
# fmt: on


class _Recurrent(nn.Module):
    def __init__(self, drop_mult, pretrained):
        super().__init__()
        add_layers(self, "rnn")
        if drop_mult:
            add_layers(self, "dropout")
        if pretrained:
            loaded(self)


def language_model_learner(dls, arch=None, config=None, drop_mult=1.0, backwards=False, pretrained=True, *args, **kwargs):
    return LMLearner(dls, _Recurrent(drop_mult, pretrained), **kwargs)


def text_classifier_learner(dls, arch=None, *args, pretrained=True, drop_mult=0.5, **kwargs):
    encoder = _Recurrent(drop_mult, pretrained)
    head = nn.Sequential(nn.BatchNorm1d(50), nn.Dropout(0.1))
    return TextLearner(dls, nn.Sequential(encoder, head), **kwargs)
