"""A class with the mixin is restored in eval mode, built in train mode. Fact: hub mixin."""

from modelint_stub import loaded, unknown


class ModelHubMixin:
    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        model = cls(**unknown())
        model.eval()
        loaded(model)
        return model

    def save_pretrained(self, *args, **kwargs):
        pass

    def push_to_hub(self, *args, **kwargs):
        pass


class PyTorchModelHubMixin(ModelHubMixin): pass  # fmt: skip
