"""Automatic mixed precision: no modes. Facts: mixed precision."""

from torch.amp import autocast_mode, grad_scaler
from torch.amp.autocast_mode import autocast
from torch.amp.grad_scaler import GradScaler
