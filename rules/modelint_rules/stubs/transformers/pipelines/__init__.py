"""A pipeline loads a name in eval mode and leaves the mode of an object alone. Facts: modes of transformers."""

from modelint_stub import infer
from transformers.modeling_utils import _AnyModel


class Pipeline:
    def __init__(self, model=None, *args, **kwargs):
        self.model = model

    def __call__(self, *args, **kwargs):
        return infer(self.model, args, kwargs, name="pipeline")

    predict = transform = __call__


class TextGenerationPipeline(Pipeline):
    pass


class TextClassificationPipeline(Pipeline):
    pass


def pipeline(task=None, model=None, *args, **kwargs):
    if model is None or isinstance(model, str):
        model = _AnyModel.from_pretrained(model)
    return Pipeline(model)
