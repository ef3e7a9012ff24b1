"""Prints all that a probe could change: outputs, weights, statistics, modes, random numbers, fast paths of attention."""

import copy
import pickle
import random
import weakref

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_device("cpu")
encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 2, 32, dropout=0.3, batch_first=True), 2)
model = nn.Sequential(encoder, nn.Flatten(), nn.Linear(64, 8), nn.BatchNorm1d(8), nn.Dropout(0.4), nn.Linear(8, 2))
teacher = nn.Sequential(nn.Flatten(), nn.Linear(64, 2))
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
for step in range(8):
    x = torch.randn(6, 4, 16)
    with torch.no_grad():
        target = teacher(x).softmax(-1)
    with torch.device("cpu"):
        loss = nn.functional.cross_entropy(model(x), target)
    optimizer.zero_grad(set_to_none=step % 2 == 0)
    loss.backward()
    optimizer.step()
    print(step, loss.item().hex(), [part.training for part in model.modules()].count(True))
    of_loss = weakref.ref(loss)
    del loss
    accumulator = torch.autograd.graph.get_gradient_edge(model[2].weight).node
    print(of_loss() is None, len(accumulator.metadata))
    accumulator.metadata[step] = "a graph that is gone takes this with it"
    del accumulator
    if step % 3 == 2:
        model.eval()
        with torch.inference_mode():
            print(model(x).double().sum().item().hex())
        model.train()
print([value.double().sum().item().hex() for value in model.state_dict().values()])
print(torch.rand(2).tolist(), random.random() < 2, torch.get_rng_state().sum().item())
print(sorted(name for name in vars(model) if not name.startswith("_")), repr(model))
with torch.inference_mode():
    made_there = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4)).eval()
    print(made_there(torch.ones(2, 4)).double().sum().item().hex())
first = nn.Sequential(nn.Linear(4, 4))
of_first, second = weakref.ref(first), copy.deepcopy(first)
del first
print(of_first() is None, second.training)
copied = pickle.loads(pickle.dumps(copy.deepcopy(model))).eval()
scripted = torch.jit.trace(copied, x).train()
print([type(nn.Module.train).__name__, nn.Module.eval.__qualname__, copied.eval == copied.eval, scripted.training])
