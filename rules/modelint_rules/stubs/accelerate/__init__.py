"""accelerate changes no mode. Facts: modes of accelerate."""

from accelerate.accelerator import Accelerator
from accelerate.big_modeling import (
    cpu_offload,
    disk_offload,
    dispatch_model,
    infer_auto_device_map,
    init_empty_weights,
    init_on_device,
    load_checkpoint_and_dispatch,
)
from accelerate.launchers import debug_launcher, notebook_launcher
from accelerate.utils import find_executable_batch_size, set_seed
