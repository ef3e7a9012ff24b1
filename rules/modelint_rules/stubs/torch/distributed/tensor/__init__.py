from torch.distributed.tensor import parallel
