"""An evaluation leaves a model with an adapter in eval mode, and only its dropout is put back: of the BatchNorm in the base, which the adapter
freezes, nobody can be certain that it should be in train mode too."""
# oracle: needs: peft

import torch
from peft import LoraConfig, get_peft_model
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 2))

    def forward(self, x):
        return self.head(self.body(x))


def evaluate(net):
    net.eval()
    with torch.no_grad():
        return net(torch.randn(2, 4)).argmax(1)


def step(net, optimizer):
    optimizer.zero_grad()
    net(torch.randn(2, 4)).pow(2).sum().backward()  # expect: ML103
    optimizer.step()


model = get_peft_model(Net(), LoraConfig(r=2, lora_dropout=0.1, target_modules=["body.0"]))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    step(model, optimizer)
    evaluate(model)
    for layer in model.modules():
        if isinstance(layer, nn.Dropout):
            layer.train()
