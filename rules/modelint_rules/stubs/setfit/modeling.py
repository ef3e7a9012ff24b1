"""No module itself, but a body and a head. Predictions leave eval mode; a fit of a head that is a module leaves train mode, one of a
classifier of scikit-learn the eval mode of the encoding. Facts: models of setfit."""

from modelint_stub import infer, saved, train_on, unknown
from sentence_transformers.model import SentenceTransformer
from torch.nn.modules.module import Module


class SetFitHead(Module):
    def __init__(self, *args, **kwargs):
        pass

    def predict_proba(self, x_test):
        self.eval()
        return infer(self, x_test, name="predict_proba")

    predict = predict_proba


class _Classifier:
    """Of scikit-learn: has no mode."""

    def _fitted(self, *args, **kwargs):
        return unknown()

    fit = predict = predict_proba = score = _fitted


class SetFitModel:
    def __init__(self, model_body=None, model_head=None, *args, **kwargs):
        self.model_body = model_body
        self.model_head = model_head

    @classmethod
    def from_pretrained(cls, name=None, *args, use_differentiable_head=False, **kwargs):
        return cls(SentenceTransformer(name), SetFitHead() if use_differentiable_head else _Classifier())

    def fit(self, *args, **kwargs):
        if isinstance(self.model_head, Module):
            self.model_body.train()
            self.model_head.train()
            train_on(self.model_head, self.model_head(self.model_body(unknown())), None)
        else:
            self.encode()

    def encode(self, *args, **kwargs):
        return self.model_body.encode(*args)

    def predict(self, *args, **kwargs):
        return self.model_head.predict(self.encode(*args))

    predict_proba = __call__ = predict

    def to(self, device):
        return self

    def save_pretrained(self, *args, **kwargs):
        saved(self.model_body, "everything", None)

    push_to_hub = save_pretrained

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    freeze = unfreeze = create_model_card = generate_model_card = _same
