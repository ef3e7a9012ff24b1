"""Hooks around forwards, no modes. Facts: modes of accelerate."""


def add_hook_to_module(module, hook, append=False):
    return module


def remove_hook_from_module(module, recurse=False):
    return module


def remove_hook_from_submodules(module):
    pass
