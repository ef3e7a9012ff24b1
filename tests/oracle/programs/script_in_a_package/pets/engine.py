import torch
from losses import loss_of


def train_one_epoch(model, optimizer):
    for _ in range(2):
        loss = loss_of(model(torch.randn(4, 3)))  # expect: ML103
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@torch.inference_mode()
def evaluate(model):
    model.eval()
    print(loss_of(model(torch.randn(4, 3))).item())
