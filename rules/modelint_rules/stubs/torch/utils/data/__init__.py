"""Data whose origin is not modelled."""

from modelint_stub import unknown


class Dataset:
    def __init__(self, *args, **kwargs):
        pass

    def __getitem__(self, index):
        return unknown()

    def __iter__(self):
        return unknown()

    def __len__(self):
        return unknown()


# fmt: off
class IterableDataset(Dataset): pass
class TensorDataset(Dataset): pass
class StackDataset(Dataset): pass
class ConcatDataset(Dataset): pass
class ChainDataset(IterableDataset): pass
class Subset(Dataset): pass
# fmt: on


def random_split(dataset, lengths, *args, **kwargs):
    return [Subset() for _ in lengths]


class Sampler:
    def __init__(self, *args, **kwargs):
        pass

    def __iter__(self):
        return unknown()

    def __len__(self):
        return unknown()

    def set_epoch(self, epoch):
        pass


# fmt: off
class SequentialSampler(Sampler): pass
class RandomSampler(Sampler): pass
class SubsetRandomSampler(Sampler): pass
class WeightedRandomSampler(Sampler): pass
class BatchSampler(Sampler): pass
class DistributedSampler(Sampler): pass
# fmt: on


class DataLoader:
    def __init__(self, dataset=None, *args, **kwargs):
        self.dataset = dataset
        self.sampler = Sampler()

    def __iter__(self):
        return unknown()

    def __len__(self):
        return unknown()
