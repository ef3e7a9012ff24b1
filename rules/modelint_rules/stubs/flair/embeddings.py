"""Made in eval mode. Facts: models of flair."""

from flair.nn import LockedDropout, WordDropout
from modelint_stub import unknown
from torch import nn


class Embeddings(nn.Module):
    def embed(self, *args, **kwargs):
        """Keeps the mode; what it gives is left at the sentences."""
        return unknown()


class OneHotEmbeddings(Embeddings):
    def __init__(self, *args, **kwargs):
        self.eval()

    @classmethod
    def from_corpus(cls, *args, **kwargs):
        return cls()


class StackedEmbeddings(Embeddings):
    def __init__(self, embeddings=(), *args, **kwargs):
        self.parts = nn.ModuleList(embeddings)
        self.eval()


class DocumentPoolEmbeddings(StackedEmbeddings):
    pass


class DocumentRNNEmbeddings(StackedEmbeddings):
    def __init__(
        self, embeddings=(), hidden_size=128, rnn_layers=1, reproject_words=True, reproject_words_dimension=None,
        bidirectional=False, dropout=0.5, word_dropout=0.0, locked_dropout=0.0, *args, **kwargs,
    ):  # fmt: skip
        self.rnn = nn.GRU(1, hidden_size, rnn_layers)
        self.dropout = nn.Dropout(dropout)
        self.locked_dropout = LockedDropout(locked_dropout)
        self.word_dropout = WordDropout(word_dropout)
        super().__init__(embeddings)
