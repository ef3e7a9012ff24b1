"""Made with the weights in the package, in train mode; what embeds leaves the mode as it is. Facts: resemblyzer."""

from modelint_stub import add_layers, infer, loaded
from torch.nn.modules.module import Module


class VoiceEncoder(Module):
    def __init__(self, device=None, verbose=True, weights_fpath=None):
        super().__init__()
        add_layers(self, "rnn")
        loaded(self)

    def embed_utterance(self, wav, *args, **kwargs):
        return infer(self, wav, name="embed_utterance")

    def embed_speaker(self, wavs, **kwargs):
        return infer(self, wavs, name="embed_speaker")
