"""The packaged weights of resemblyzer are trained on in the eval mode that an evaluation left behind."""

import numpy
import torch
from resemblyzer import VoiceEncoder
from torch import nn


def similarity(encoder):
    encoder.eval()
    one, other = (encoder.embed_utterance(numpy.random.randn(16000).astype("float32")) for _ in range(2))
    return float(one @ other)


def main():
    torch.manual_seed(0)
    encoder = VoiceEncoder("cpu", verbose=False)
    optimizer = torch.optim.SGD(encoder.parameters(), lr=0.01)
    print(similarity(encoder))
    for step in range(3):
        anchor, same, other = torch.randn(3, 4, 160, 40).abs().unbind()
        loss = nn.functional.triplet_margin_loss(encoder(anchor), encoder(same), encoder(other))  # expect: ML107
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(similarity(encoder))


if __name__ == "__main__":
    main()
