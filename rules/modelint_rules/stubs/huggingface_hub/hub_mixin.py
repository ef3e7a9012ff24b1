"""A class with the mixin is restored by its `_from_pretrained`, which is its own, or the mixin's, which leaves eval mode. Fact: hub mixin."""

from modelint_stub import loaded, unknown


class ModelHubMixin:
    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return cls._from_pretrained(**unknown())

    def save_pretrained(self, *args, **kwargs):
        pass

    def push_to_hub(self, *args, **kwargs):
        pass


class PyTorchModelHubMixin(ModelHubMixin):
    @classmethod
    def _from_pretrained(cls, *args, **kwargs):
        model = cls(**unknown())
        model.eval()
        loaded(model)
        return model
