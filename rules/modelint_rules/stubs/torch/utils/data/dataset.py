from torch.utils.data import Dataset, IterableDataset, TensorDataset, Subset, ConcatDataset, ChainDataset, random_split
