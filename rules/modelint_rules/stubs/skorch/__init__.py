from skorch.classifier import NeuralNetBinaryClassifier, NeuralNetClassifier
from skorch.net import NeuralNet
from skorch.regressor import NeuralNetRegressor
