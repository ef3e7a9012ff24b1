"""Each epoch trains in train mode and ends in eval mode, in which the model is left. Facts: models of flair."""

from modelint_stub import train_on, unknown


class ModelTrainer:
    def __init__(self, model, corpus=None):
        self.model = model
        self.corpus = corpus

    def train(self, *args, **kwargs):
        while True:
            self.model.train()
            while True:
                train_on(self.model, self.model.forward_loss(unknown()), None)
                if unknown():
                    break
            self.model.eval()
            self.model.evaluate(unknown())
            if unknown():
                break
        return unknown()

    fine_tune = train_custom = train
