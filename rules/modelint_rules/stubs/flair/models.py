"""In train mode over embeddings in eval mode. Which layers a loaded model has is not known. Facts: models of flair."""

from flair.nn import Classifier, LockedDropout, WordDropout
from torch import nn


class _OverEmbeddings(Classifier):
    def _layers(self, embeddings, dropout, word_dropout, locked_dropout):
        self.embeddings = embeddings
        self.dropout = nn.Dropout(dropout)
        self.word_dropout = WordDropout(word_dropout)
        self.locked_dropout = LockedDropout(locked_dropout)


class SequenceTagger(_OverEmbeddings):
    def __init__(
        self, embeddings=None, *args, use_rnn=True, rnn_layers=1, use_crf=True, dropout=0.0, word_dropout=0.05,
        locked_dropout=0.5, **kwargs,
    ):  # fmt: skip
        if embeddings is None:
            super().__init__()
        else:
            self._layers(embeddings, dropout, word_dropout if use_crf or use_rnn else 0.0, locked_dropout)
            if use_rnn:
                self.rnn = nn.LSTM(1, 1, rnn_layers, dropout=0.5)


class TextClassifier(_OverEmbeddings):
    def __init__(self, embeddings=None, *args, dropout=0.0, word_dropout=0.0, locked_dropout=0.0, **kwargs):
        if embeddings is None:
            super().__init__()
        else:
            self._layers(embeddings, dropout, word_dropout, locked_dropout)
