"""A class of another module, picked by a name that the program is given."""
# oracle: runs: Small, Large

import sys

import networks
import torch


def in_train_mode(name):
    model = getattr(networks, name)()
    model.load_state_dict(model.state_dict())
    with torch.no_grad():
        print(model(torch.ones(2, 4)).sum().item())  # expect: ML104


def in_eval_mode(name):
    model = networks.__dict__[name]()
    model.load_state_dict(model.state_dict())
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(2, 4)).sum().item())


def by_a_constant():
    model = vars(networks)["Small"]()
    model.load_state_dict(model.state_dict())
    with torch.no_grad():
        print(model(torch.ones(2, 4)).sum().item())  # expect: ML104


in_train_mode(sys.argv[1])
in_eval_mode(sys.argv[1])
by_a_constant()
