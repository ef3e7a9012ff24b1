"""Transforms, losses and the like of torchvision, kornia, monai and pytorch_metric_learning: nothing in them depends on the mode.

Their stubs say so of every class, so every class that the real library has is looked at.
"""

import importlib
import inspect
import re

import pytest

from tests.facts.recorder import check_abstract, check_real, programs, require

MODULES = [
    "torchvision.transforms",
    "torchvision.transforms.v2",
    "kornia.augmentation",
    "kornia.color",
    "kornia.enhance",
    "kornia.filters",
    "kornia.geometry",
    "kornia.geometry.transform",
    "kornia.losses",
    "monai.losses",
    "pytorch_metric_learning.distances",
    "pytorch_metric_learning.losses",
    "pytorch_metric_learning.miners",
    "pytorch_metric_learning.reducers",
    "pytorch_metric_learning.regularizers",
]
NETWORKS = {"DexiNed", "PatchAdversarialLoss", "PerceptualLoss"}
"""Around or of layers that depend on the mode; the stubs say nothing of them."""
DEPENDS_ON_THE_MODE = re.compile(r"self\.training|\bnn\.\w*(?:Dropout|BatchNorm|LSTM|GRU)")


@pytest.mark.parametrize("name", MODULES)
def test_no_class_depends_on_the_mode(name: str) -> None:
    library = name.partition(".")[0]
    require(library)
    module = importlib.import_module(name)
    public = [value for name, value in vars(module).items() if inspect.isclass(value) and name not in NETWORKS]
    classes = {base for cls in public for base in cls.__mro__}
    own = [cls for cls in classes if cls.__module__.partition(".")[0] == library]
    assert own
    assert [cls.__name__ for cls in own if DEPENDS_ON_THE_MODE.search(inspect.getsource(cls))] == []


PROGRAMS = {
    "torchvision": programs("""
import torch
from torch import nn
from torchvision import transforms
from torchvision.transforms import v2

## transforms in a model
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.normalize = transforms.Normalize(0.5, 0.5)
        self.augment = transforms.Compose([transforms.RandomHorizontalFlip(), transforms.Lambda(lambda image: image)])
        self.second = v2.Compose([v2.RandomErasing()])
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(self.second(self.augment(self.normalize(x))))


m = Model()
m(torch.rand(2, 3, 4, 4))
reveal_mode(m)  # reveals: self train, dropout train
reveal_mode(m.eval())  # reveals: self eval, dropout eval
reveal_mode(nn.Sequential(transforms.RandomErasing(), v2.RandomCrop(2)))  # reveals: self train
"""),
    "kornia": programs("""
import kornia
import torch
from kornia.augmentation import AugmentationSequential, RandomHorizontalFlip
from torch import nn

## augmentations in a model
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.augment = AugmentationSequential(RandomHorizontalFlip(), kornia.color.RgbToGrayscale())
        self.blur = kornia.filters.GaussianBlur2d((3, 3), (1.0, 1.0))
        self.resize = kornia.geometry.transform.Resize((4, 4))
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(self.resize(self.blur(self.augment(x))))


m = Model()
m(torch.rand(2, 3, 4, 4))
reveal_mode(m)  # reveals: self train, dropout train
reveal_mode(m.eval())  # reveals: self eval, dropout eval
reveal_mode(nn.Sequential(kornia.losses.SSIMLoss(3)))  # reveals: self train
"""),
    "pytorch_metric_learning": programs("""
import torch
from pytorch_metric_learning import distances, losses, miners, reducers, testers
from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator
from pytorch_metric_learning.utils.inference import CustomKNN, InferenceModel
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
data = [(torch.rand(4), 0) for _ in range(4)]
knn = CustomKNN(distances.CosineSimilarity())
tester = testers.BaseTester(data_device=torch.device("cpu"), accuracy_calculator=AccuracyCalculator(knn_func=knn))

## losses and miners
loss = losses.ContrastiveLoss(distance=distances.LpDistance(), reducer=reducers.MeanReducer())
reveal_mode(nn.ModuleList([loss, losses.ArcFaceLoss(2, 4), miners.PairMarginMiner()]))  # reveals: self train
reveal_mode(nn.Sequential(net, losses.CrossBatchMemory(loss, 4)))  # reveals: self train, dropout train
## a tester leaves eval mode
tester.get_all_embeddings(data, net, nn.Identity())
reveal_mode(net)  # reveals: self eval, dropout eval
## a tester without an embedder
tester.get_all_embeddings(data, net)
reveal_mode(net)  # reveals: self eval, dropout eval
## a tester that is told to leave the mode
tester.get_all_embeddings(data, net, eval=False)
reveal_mode(net)  # reveals: self train, dropout train
## questions leave eval mode
m = InferenceModel(net, knn_func=knn, data_device=torch.device("cpu"))
reveal_mode(net)  # reveals: self train, dropout train
m.get_embeddings(torch.rand(2, 4))
reveal_mode(net)  # reveals: self eval, dropout eval
## questions about neighbours leave eval mode
class Neighbours:
    def train(self, embeddings):
        pass

    add = train

    def __call__(self, embeddings, k):
        return None, None


m = InferenceModel(net, embedder=nn.Dropout(), knn_func=Neighbours(), data_device=torch.device("cpu"))
x = torch.rand(4, 4)
m.train_knn(x)
reveal_mode(net)  # reveals: self eval, dropout eval
net.train()
m.add_to_knn(x)
reveal_mode(net)  # reveals: self eval, dropout eval
net.train()
m.get_nearest_neighbors(x, 1)
reveal_mode(net)  # reveals: self eval, dropout eval
net.train()
m.get_matches(x)
reveal_mode(net)  # reveals: self eval, dropout eval
reveal_mode(m.embedder)  # reveals: self eval, dropout eval
"""),
}
CASES = [pytest.param(library, name, id=name) for library, group in PROGRAMS.items() for name in group]


@pytest.mark.parametrize(("library", "name"), CASES)
def test_real(library: str, name: str) -> None:
    check_real(PROGRAMS[library][name], library)


@pytest.mark.parametrize(("library", "name"), CASES)
def test_abstract(library: str, name: str) -> None:
    check_abstract(PROGRAMS[library][name])
