from skorch.net import NeuralNet


# fmt: off
class NeuralNetClassifier(NeuralNet): pass
class NeuralNetBinaryClassifier(NeuralNet): pass
