"""What a star brings: the callbacks by name."""

from fastai.callback.core import *
from fastai.callback.core import _Known
from fastai.callback.training import *


# fmt: off
class ActivationStats(_Known): pass
class CSVLogger(_Known): pass
class CutMix(_Known): pass
class EarlyStoppingCallback(_Known): pass
class HookCallback(_Known): pass
class MCDropoutCallback(_Known): pass
class MixHandler(_Known): pass
class MixUp(_Known): pass
class MixedPrecision(_Known): pass
class ModelResetter(_Known): pass
class ParamScheduler(_Known): pass
class ProgressCallback(_Known): pass
class ReduceLROnPlateau(_Known): pass
class RNNCallback(_Known): pass
class RNNRegularizer(_Known): pass
class SaveModelCallback(_Known): pass
class ShowGraphCallback(_Known): pass
class TerminateOnNaNCallback(_Known): pass
class TrackerCallback(_Known): pass
