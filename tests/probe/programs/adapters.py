"""Adapters that are attached frozen, behind the optimizer's back, and without the new head of their model."""

import tempfile

import torch
from peft import LoraConfig, get_peft_model, inject_adapter_in_model
from torch import nn

FOLDER = tempfile.mkdtemp()


def base():
    return nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))


def train(model, optimizer):
    model.train()
    for step in range(2):
        loss = model(torch.randn(4, 8)).pow(2).sum()
        loss.requires_grad_()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()


def configured_for_inference():
    config = LoraConfig(target_modules=["0"], inference_mode=True)  # expect: ML203
    model = get_peft_model(base(), config)
    train(model, torch.optim.SGD(model.parameters(), lr=0.1))


def injected_for_inference():
    config = LoraConfig(target_modules=["0"], inference_mode=True)  # expect: ML203
    model = inject_adapter_in_model(config, base())
    train(model, torch.optim.SGD(model.parameters(), lr=0.1))


def optimizer_too_early():
    model = base()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # expect: ML206
    model = get_peft_model(model, LoraConfig(target_modules=["0"]))
    train(model, optimizer)


def head_left_out(names):
    model = base()
    model.load_state_dict(torch.load(f"{FOLDER}/base.pt"))
    model[2] = nn.Linear(8, 3)
    model = get_peft_model(model, LoraConfig(target_modules=["0"], modules_to_save=names))
    train(model, torch.optim.SGD(model.parameters(), lr=0.1))
    return model


torch.save(base().state_dict(), f"{FOLDER}/base.pt")
configured_for_inference()
injected_for_inference()
optimizer_too_early()
head_left_out(None).save_pretrained(f"{FOLDER}/adapter")  # expect: ML204
head_left_out(["2"]).save_pretrained(f"{FOLDER}/named")
