from torch.utils.data import Sampler, RandomSampler, SequentialSampler, BatchSampler, SubsetRandomSampler, WeightedRandomSampler
