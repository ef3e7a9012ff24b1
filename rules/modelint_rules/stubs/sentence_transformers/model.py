"""Facts: modes of loaders, modes of trainers."""

from modelint_stub import infer, loaded, saved, train_on, unknown
from torch.nn import Module, Sequential
from transformers.modeling_utils import _AnyModel


class Transformer(Module):
    def __init__(self, name=None, *args, **kwargs):
        super().__init__()
        self.auto_model = _AnyModel.from_pretrained(name)


class _Encoder(Sequential):
    def __init__(self, model_name_or_path=None, modules=None, *args, **kwargs):
        if modules is None:
            super().__init__(Transformer(model_name_or_path))
        else:
            super().__init__(*modules)
        loaded(self)

    def encode(self, *args, **kwargs):
        self.eval()
        return infer(self, args, kwargs, name="encode")

    encode_query = encode_document = encode

    def fit(self, train_objectives=(), evaluator=None, *args, **kwargs):
        self.train()
        train_on(self, self(unknown()), None)
        if evaluator is not None:
            evaluator(self)

    old_fit = fit

    def save(self, *args, **kwargs):
        saved(self, "everything", None)

    save_pretrained = save_to_hub = push_to_hub = save

    def evaluate(self, evaluator, *args, **kwargs):
        return evaluator(self)

    def get_sentence_embedding_dimension(self):
        return unknown()


class SentenceTransformer(_Encoder):
    pass


class SparseEncoder(_Encoder):
    pass


class CrossEncoder(Module):
    def __init__(self, model_name_or_path=None, *args, **kwargs):
        super().__init__()
        self.model = _AnyModel.from_pretrained(model_name_or_path)
        loaded(self)

    def predict(self, *args, **kwargs):
        self.eval()
        return infer(self, args, kwargs, name="predict")

    rank = predict

    def fit(self, *args, **kwargs):
        self.train()
        train_on(self, self.model(unknown()), None)

    old_fit = fit

    def save(self, *args, **kwargs):
        saved(self, "everything", None)

    save_pretrained = push_to_hub = save
