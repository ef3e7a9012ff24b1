"""A configuration keeps the values it is given. Facts: families of transformers."""


class PretrainedConfig:
    _dropout = False

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)
            if "drop" in name and value:
                self._dropout = True

    @classmethod
    def from_pretrained(cls, name=None, **values):
        return cls(**values)

    @classmethod
    def from_dict(cls, values, **more):
        return cls(**values, **more)

    def save_pretrained(self, *args, **kwargs):
        pass


PreTrainedConfig = PretrainedConfig
