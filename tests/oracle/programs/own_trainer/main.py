"""A module of the program's own that is named like a library: the library is not meant."""

from torch import nn
from trainer import Trainer

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
trainer = Trainer(model)
trainer.evaluate()
trainer.fit()
