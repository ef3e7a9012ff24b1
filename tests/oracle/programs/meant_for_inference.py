"""Train mode that is set for an inference, or a forward that is repeated, is meant; what only looks like it is not."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def data():
    return torch.ones(2, 4)


def fit(net):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(data()).sum().backward()
    optimizer.step()


def fitted():
    net = block()
    fit(net)
    return net


def set_right_there(net):
    net.train()
    with torch.no_grad():
        print(net(data()).sum().item())  # ok: ML104


def with_gradients(net):
    net.train()
    print(net(data()).sum().item())  # expect: ML104


def with_a_new_head(net):
    net.eval()
    whole = nn.Sequential(net, block())
    with torch.no_grad():
        print(whole(data()).sum().item())  # ok: ML104


def set_for_training_too(net):
    net.train()
    with torch.no_grad():
        print(net(data()).sum().item())  # expect: ML104


def set_in_another_call(net, is_first):
    if is_first:
        net.train()
    else:
        with torch.no_grad():
            print(net(data()).sum().item())  # expect: ML104


def switch_on(net):
    net.train()


def look(net):
    with torch.no_grad():
        print(net(data()).sum().item())  # expect: ML104


def measure(net):
    net.eval()
    with torch.no_grad():
        print(net(data()).sum().item())
    net.train()


def put_back_by_another(net):
    measure(net)
    with torch.no_grad():
        print(net(data()).sum().item())  # expect: ML104


def behind_a_training(net):
    fit(net)
    net.train()
    with torch.no_grad():
        print(net(data()).sum().item())  # expect: ML104


set_right_there(fitted())
with_gradients(fitted())
with_a_new_head(fitted())
again = fitted()
set_for_training_too(again)
fit(again)
other = fitted()
set_in_another_call(other, True)
set_in_another_call(other, False)
last = fitted()
for action in (switch_on, look):
    action(last)
put_back_by_another(fitted())
behind_a_training(fitted())
