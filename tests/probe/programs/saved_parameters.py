"""Checkpoints of parameters alone, with and without BatchNorm that moved."""

import tempfile

import torch
from torch import nn

FOLDER = tempfile.mkdtemp()


def trained(norm):
    model = nn.Sequential(nn.Linear(4, 4), norm)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for step in range(2):
        optimizer.zero_grad()
        model(torch.randn(4, 4)).pow(2).sum().backward()
        optimizer.step()
    return model


def evaluated():
    model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4)).eval()
    model.load_state_dict(torch.load(f"{FOLDER}/third.pt")["model"])
    with torch.no_grad():
        print(model(torch.ones(2, 4)))
    return model.half().float()


first, second, third, fourth, fifth = trained(nn.BatchNorm1d(4)), trained(nn.LayerNorm(4)), trained(nn.BatchNorm1d(4)), trained(nn.BatchNorm1d(4)), trained(nn.BatchNorm1d(4))
torch.save(dict(first.named_parameters()), f"{FOLDER}/first.pt")  # expect: ML205
torch.save(dict(second.named_parameters()), f"{FOLDER}/second.pt")
torch.save(dict(third.named_parameters()), f"{FOLDER}/weights.pt")
torch.save({"model": third.state_dict()}, f"{FOLDER}/third.pt")
torch.save(dict(fourth.named_parameters()), f"{FOLDER}/parameters.pt")
torch.save(dict(fourth.named_buffers()), f"{FOLDER}/buffers.pt")
torch.save(dict(fifth.named_parameters()), f"{FOLDER}/fifth.pt")
torch.save(fifth, f"{FOLDER}/whole.pt")
sixth, seventh, eighth, ninth = trained(nn.BatchNorm1d(4)), trained(nn.BatchNorm1d(4)), trained(nn.BatchNorm1d(4)).half().float(), evaluated()
torch.save({name: value.clone() for name, value in sixth.named_parameters()}, f"{FOLDER}/sixth.pt")  # expect: ML205
torch.save({name: value.clone() for name, value in seventh.state_dict().items()}, f"{FOLDER}/seventh.pt")
torch.save(dict(eighth.named_parameters()), f"{FOLDER}/eighth.pt")  # expect: ML205
torch.save(dict(ninth.named_parameters()), f"{FOLDER}/ninth.pt")
