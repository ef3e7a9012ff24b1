from torch.distributed import fsdp
