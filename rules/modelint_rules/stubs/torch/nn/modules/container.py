"""A new container is in train mode over children that keep theirs. Facts: containers."""

from torch.nn.modules.module import Module


class Sequential(Module):
    def __init__(self, *args):
        if len(args) == 1 and isinstance(args[0], dict):
            self._modules = list(args[0].values())
            for name, module in args[0].items():
                setattr(self, name, module)
        else:
            self._modules = list(args)

    def forward(self, input):
        for module in self._modules:
            input = module(input)
        return input

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return self.__class__(*self._modules[idx])
        return self._modules[idx]

    def __setitem__(self, idx, module):
        self._modules[idx] = module

    def __delitem__(self, idx):
        del self._modules[idx]

    def __iter__(self):
        return iter(self._modules)

    def __len__(self):
        return len(self._modules)

    def __add__(self, other):
        return Sequential(*self, *other)

    def append(self, module):
        self._modules.append(module)
        return self

    def extend(self, sequential):
        self._modules.extend(sequential)
        return self

    def insert(self, index, module):
        self._modules.insert(index, module)
        return self

    def pop(self, key):
        return self._modules.pop(key)

    def add_module(self, name, module):
        self._modules.append(module)
        setattr(self, name, module)

    def register_module(self, name, module):
        self.add_module(name, module)


class ModuleList(Module):
    def __init__(self, modules=()):
        self._modules = list(modules)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return self.__class__(self._modules[idx])
        return self._modules[idx]

    def __setitem__(self, idx, module):
        self._modules[idx] = module

    def __delitem__(self, idx):
        del self._modules[idx]

    def __iter__(self):
        return iter(self._modules)

    def __len__(self):
        return len(self._modules)

    def __add__(self, other):
        return ModuleList([*self, *other])

    def __iadd__(self, modules):
        return self.extend(modules)

    def append(self, module):
        self._modules.append(module)
        return self

    def extend(self, modules):
        self._modules.extend(modules)
        return self

    def insert(self, index, module):
        self._modules.insert(index, module)

    def pop(self, key):
        return self._modules.pop(key)

    def add_module(self, name, module):
        self._modules.append(module)

    def register_module(self, name, module):
        self._modules.append(module)


class ModuleDict(Module):
    def __init__(self, modules=()):
        self._modules = dict(modules)

    def __getitem__(self, key):
        return self._modules[key]

    def __setitem__(self, key, module):
        self._modules[key] = module

    def __delitem__(self, key):
        del self._modules[key]

    def __contains__(self, key):
        return key in self._modules

    def __iter__(self):
        return iter(self._modules)

    def __len__(self):
        return len(self._modules)

    def keys(self):
        return self._modules.keys()

    def values(self):
        return self._modules.values()

    def items(self):
        return self._modules.items()

    def update(self, modules):
        self._modules.update(modules)

    def pop(self, key):
        return self._modules.pop(key)

    def clear(self):
        self._modules.clear()

    def add_module(self, name, module):
        self._modules[name] = module

    def register_module(self, name, module):
        self._modules[name] = module


class ParameterList(Module):
    def __init__(self, values=()):
        self.values_ = list(values)

    def __getitem__(self, idx):
        return self.values_[idx]

    def __iter__(self):
        return iter(self.values_)

    def __len__(self):
        return len(self.values_)

    def append(self, value):
        self.values_.append(value)
        return self

    def extend(self, values):
        self.values_.extend(values)
        return self


class ParameterDict(Module):
    def __init__(self, parameters=()):
        self.values_ = dict(parameters)

    def __getitem__(self, key):
        return self.values_[key]

    def __setitem__(self, key, value):
        self.values_[key] = value

    def __iter__(self):
        return iter(self.values_)

    def keys(self):
        return self.values_.keys()

    def values(self):
        return self.values_.values()

    def items(self):
        return self.values_.items()
