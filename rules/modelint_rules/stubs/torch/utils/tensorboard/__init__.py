from torch.utils.tensorboard import writer
from torch.utils.tensorboard.writer import SummaryWriter
