from torch.distributed.fsdp.fully_sharded_data_parallel import FullyShardedDataParallel


def fully_shard(module, *args, **kwargs):
    """The same object, its modes kept. Fact script: s1d_torch_wrappers."""
    return module
