from lightning.pytorch.trainer import Trainer as _Trainer
from modelint_stub import version

if version("pytorch_lightning") >= (2, 2):
    _sets_train_mode = False
else:
    _sets_train_mode = True


class Trainer(_Trainer):
    sets_train_mode = _sets_train_mode
