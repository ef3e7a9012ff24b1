"""Lightning restores the modes around its validation; a part in eval mode stays so."""
# oracle: needs: lightning

import lightning as L
import torch
from torch import nn


class Task(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))

    def training_step(self, batch, index):
        return self.net(batch[0]).pow(2).sum()

    def validation_step(self, batch, index):
        self.log("loss", self.net(batch[0]).pow(2).sum())

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.01)


def loader():
    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(4, 4)), batch_size=2)


trainer = L.Trainer(
    max_epochs=2, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
    num_sanity_val_steps=0,
)
trainer.fit(Task(), loader(), loader())
