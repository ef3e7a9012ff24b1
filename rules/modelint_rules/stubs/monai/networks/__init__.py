from monai.networks import nets, utils
from monai.networks.utils import eval_mode, train_mode
