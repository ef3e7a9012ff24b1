"""Things around the trainer that hold no model."""


class EvalPrediction:
    pass


class PredictionOutput:
    pass


def set_seed(*args, **kwargs):
    pass
