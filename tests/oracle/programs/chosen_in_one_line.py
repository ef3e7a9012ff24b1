"""What a conditional expression chooses is known again where its test is made again: a function, and a model."""

import torch
from torch import nn


def followed(part, x):
    return part(x)


def fixed(part, x):
    with torch.no_grad():
        return part(x)


def train(encoder, head, is_trained, x):
    encode = followed if is_trained else fixed
    if is_trained:
        encoder.train()
    else:
        encoder.eval()
    optimizer = torch.optim.SGD([*encoder.parameters(), *head.parameters()], lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        head(encode(encoder, x)).sum().backward()
        optimizer.step()


def look(student, teacher, is_taught, x):
    student.train()
    teacher.eval()
    model = student if is_taught else teacher
    if not is_taught:
        with torch.no_grad():
            print(model(x))
    model.eval()
    if is_taught:
        with torch.no_grad():
            print(model(x))


def main():
    torch.manual_seed(0)
    for number in range(2):
        encoder = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        head = nn.Sequential(nn.Linear(4, 2), nn.Dropout(0.5))
        train(encoder, head, torch.rand(1).item() < number, torch.ones(2, 4))
        look(encoder, head, torch.rand(1).item() < number, torch.ones(2, 4))


main()
