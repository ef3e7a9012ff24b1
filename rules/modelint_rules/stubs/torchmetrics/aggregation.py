from torchmetrics import __getattr__
