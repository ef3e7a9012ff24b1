"""An evaluator encodes, which leaves the model in eval mode. Facts: modes of trainers."""


class SentenceEvaluator:
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, model, *args, **kwargs):
        return model.encode()


def __getattr__(name):
    return type(name, (SentenceEvaluator,), {})
