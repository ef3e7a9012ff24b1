"""Models, embeddings and the trainer of flair."""

import os
import tempfile

import pytest

from tests.facts import recorder
from tests.facts.recorder import check_abstract, check_real, programs

CACHE = tempfile.TemporaryDirectory()
os.environ["FLAIR_CACHE_ROOT"] = CACHE.name

PROGRAMS = programs("""
import logging

import flair
from flair.data import Corpus, Sentence
from flair.datasets import FlairDatapointDataset
from flair.embeddings import DocumentPoolEmbeddings, DocumentRNNEmbeddings, OneHotEmbeddings, StackedEmbeddings
from flair.models import SequenceTagger, TextClassifier
from flair.nn import Classifier
from flair.trainers import ModelTrainer

flair.logger.setLevel(logging.ERROR)


def sentences():
    labelled = []
    for text, label in (("a b", "x"), ("b a", "y")):
        sentence = Sentence(text)
        sentence.add_label("class", label)
        sentence[0].add_label("pos", "P")
        labelled.append(sentence)
    return FlairDatapointDataset(labelled)


corpus = Corpus(train=sentences(), dev=sentences(), test=sentences(), name="corpus")
classes, tags = corpus.make_label_dictionary("class"), corpus.make_label_dictionary("pos")
quiet = dict(max_epochs=1, mini_batch_size=2)


def words():
    return OneHotEmbeddings.from_corpus(corpus, min_freq=1, embedding_length=4)


def classifier():
    return TextClassifier(DocumentRNNEmbeddings([words()], hidden_size=4), label_type="class", label_dictionary=classes)


def tagger(**values):
    return SequenceTagger(embeddings=words(), tag_dictionary=tags, tag_type="pos", hidden_size=4, **values)


## embeddings are made in eval mode
reveal_mode(words())  # reveals: self eval
reveal_mode(StackedEmbeddings([words()]))  # reveals: self eval
reveal_mode(DocumentPoolEmbeddings([words()]))  # reveals: self eval
reveal_mode(DocumentRNNEmbeddings([words()], hidden_size=4, dropout=0.0))  # reveals: self eval, rnn eval
e = DocumentRNNEmbeddings([words()], hidden_size=4)
reveal_mode(e)  # reveals: self eval, dropout eval, rnn eval
e.train()
e.embed(Sentence("a b"))
reveal_mode(e)  # reveals: self train, dropout train, rnn train
## models are made in train mode over them
reveal_mode(classifier())  # reveals: self train, dropout eval, rnn eval
reveal_mode(tagger())  # reveals: self train, dropout train, rnn train
reveal_mode(tagger(locked_dropout=0.0, word_dropout=0.0))  # reveals: self train, rnn train
reveal_mode(tagger(locked_dropout=0.0, word_dropout=0.0, rnn_layers=2))  # reveals: self train, dropout train, rnn train
reveal_mode(tagger(use_rnn=False, reproject_embeddings=False))  # reveals: self train, dropout train
reveal_mode(tagger(use_rnn=False, reproject_embeddings=False, use_crf=False, locked_dropout=0.0))  # reveals: self train
## predictions and evaluations keep the mode
for m, label in ((classifier(), "class"), (tagger(), "pos")):
    m.train()
    m.predict(Sentence("a b"))
    reveal_mode(m)  # reveals: self train, dropout train, rnn train
    m.evaluate(sentences(), gold_label_type=label)
    reveal_mode(m)  # reveals: self train, dropout train, rnn train
    m.eval()
    m.predict(Sentence("a b"))
    reveal_mode(m)  # reveals: self eval, dropout eval, rnn eval
    m.evaluate(sentences(), gold_label_type=label)
    reveal_mode(m)  # reveals: self eval, dropout eval, rnn eval
## a trainer leaves eval mode
for m in (classifier(), tagger()):
    ModelTrainer(m, corpus).train("out", **quiet)
    reveal_mode(m)  # reveals: self eval, dropout eval, rnn eval
    m.train()
    ModelTrainer(m, corpus).fine_tune("out", **quiet)
    reveal_mode(m)  # reveals: self eval, dropout eval, rnn eval
    m.train()
    ModelTrainer(m, Corpus(train=sentences(), name="corpus", sample_missing_splits=False)).train("more", **quiet)
    reveal_mode(m)  # reveals: self eval, dropout eval, rnn eval
## a loss of one's own
class Notes(SequenceTagger):
    def forward_loss(self, sentences):
        if self.noted:
            reveal_mode(self)  # reveals: self train, dropout train, rnn train
        return super().forward_loss(sentences)


m = Notes(embeddings=words(), tag_dictionary=tags, tag_type="pos", hidden_size=4)
m.noted = True
ModelTrainer(m, corpus).train("out", train_with_dev=True, train_with_test=True, save_final_model=False, **quiet)
## loading leaves eval mode
for m in (classifier(), tagger()):
    m.save("saved.pt")
    reveal_mode(Classifier.load("saved.pt"))  # reveals: self eval, unknown eval
reveal_mode(SequenceTagger.load("saved.pt"))  # reveals: self eval, unknown eval
""")


@recorder.kinds_by_class("LockedDropout", "WordDropout")
def _dropout(module):
    return ("dropout",) if module.dropout_rate else ()


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "flair")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])
