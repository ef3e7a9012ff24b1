from skorch.net import NeuralNet


class NeuralNetRegressor(NeuralNet): pass  # fmt: skip
