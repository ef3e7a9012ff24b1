import strategy
import torch


class Plain:
    def prepare(self, *pairs):
        prepared = []
        for pair in pairs:
            prepared.append(pair if isinstance(pair, tuple) else (pair, None))
        return prepared[0] if len(prepared) == 1 else prepared

    def evaluate(self, model):
        model.eval()
        with torch.no_grad():
            print(model(torch.ones(1, 4)).sum().item())

    def other(self):
        return strategy.get_strategy("other")
