"""Facts: learners of fastai."""

from fastai.learner import Learner
from fastai.tabular.model import TabularModel, tabular_config


class TabularLearner(Learner): pass  # fmt: skip


def tabular_learner(dls, layers=None, emb_szs=None, config=None, n_out=None, y_range=None, **kwargs):
    return TabularLearner(dls, TabularModel(**({} if config is None else config)), **kwargs)
