from pytorch_metric_learning import distances, losses, miners, reducers, regularizers, testers, utils
