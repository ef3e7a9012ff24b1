from torch.nn.parallel import data_parallel, distributed
from torch.nn.parallel.data_parallel import DataParallel
from torch.nn.parallel.distributed import DistributedDataParallel
