"""A model is no network but holds one: in train mode where it is described, in eval mode where it is loaded. `train` is no switch: it
trains a copy, which takes the place of the network in eval mode. From 8.4.140 on, validation and prediction take a copy as well;
before, each validation and the first prediction left the network itself in eval mode. Facts: models of ultralytics."""

from modelint_stub import add_layers, copy, known, loaded, lost, saved, train_on, unknown, version
from torch.nn.modules.module import Module

if version("ultralytics") >= (8, 4, 140):
    _runs_a_copy = True
else:
    _runs_a_copy = False


class _Network(Module):
    def __init__(self):
        add_layers(self, "batch_norm")
        add_layers(self, "unknown")


class Model:
    """A module in reality, but not here, where the `train` of a module would tell which modes are meant."""

    runs_a_copy = _runs_a_copy

    def __init__(self, model="yolo26n.pt", *args, **kwargs):
        self.has_predicted = False
        self.model = _Network()
        if not known(model):
            loaded(self.model)
            lost(self.model)
        elif not model.endswith((".yaml", ".yml")):
            loaded(self.model)
            self.model.eval()

    def __getattr__(self, name):
        return getattr(self.model, name)

    def train(self, *args, **kwargs):
        network = copy(self.model)
        network.train()
        train_on(network, network(unknown()), None)
        network.eval()
        self.model = network
        return unknown()

    def eval(self):
        self.model.eval()
        return self

    def predict(self, *args, **kwargs):
        if not self.runs_a_copy and not self.has_predicted:
            self.model.eval()
        self.has_predicted = True
        return unknown()

    __call__ = track = embed = predict

    def val(self, *args, **kwargs):
        if not self.runs_a_copy:
            self.model.eval()
        return unknown()

    def load(self, weights=None):
        loaded(self.model)
        return self

    def save(self, *args, **kwargs):
        saved(self.model, "everything", None)

    def _self(self, *args, **kwargs):
        return self

    fuse = reset_weights = to = cuda = cpu = float = half = _self

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    info = export = benchmark = tune = add_callback = clear_callback = reset_callbacks = set_classes = _same


# fmt: off
class YOLO(Model): pass
class YOLOWorld(Model): pass
class YOLOE(Model): pass
class RTDETR(Model): pass
