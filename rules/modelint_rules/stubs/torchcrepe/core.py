"""What predicts leaves the mode of the model as it is. Facts: torchcrepe."""

from modelint_stub import infer as inference
from torchcrepe import load


class _Infer:
    """A function that keeps the last model that it used."""

    capacity = model = None

    def loaded(self, model, device):
        if self.capacity != model:
            load.model(device, model)
        return self.model

    def __call__(self, frames, model="full", device="cpu", embed=False):
        return self.loaded(model, device)(frames)


infer = _Infer()


def predict(audio, sample_rate, hop_length=None, fmin=50.0, fmax=2006.0, model="full", *args, device="cpu", **kwargs):
    return inference(infer.loaded(model, device), audio, name="predict")


def predict_from_file(audio_file, hop_length=None, fmin=50.0, fmax=2006.0, model="full", *args, device="cpu", **kwargs):
    return inference(infer.loaded(model, device), name="predict_from_file")


def embed(audio, sample_rate, hop_length=None, model="full", *args, device="cpu", **kwargs):
    return inference(infer.loaded(model, device), audio, name="embed")


def embed_from_file(audio_file, hop_length=None, model="full", *args, device="cpu", **kwargs):
    return inference(infer.loaded(model, device), name="embed_from_file")
