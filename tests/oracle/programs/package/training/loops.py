"""One step and one evaluation."""

import torch


def step(model, optimizer, batch):
    optimizer.zero_grad()
    loss = model(batch).pow(2).mean()  # expect: ML103
    loss.backward()
    optimizer.step()


@torch.inference_mode()
def validate(net, batches):
    net.eval()
    return [net(batch).mean().item() for batch in batches]
