"""The event vocabulary: what happens to models while a program runs.

The abstract interpreter and the runtime probe emit the same records and the same rules judge both. Every record is frozen
plain data in terms of the user's source: no interpreter value and no tensor in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, Union

from modelint.text.span import Span

LayerKind: TypeAlias = Literal["dropout", "batch_norm", "rnn", "other", "unknown"]
"""What a layer does differently by mode. `batch_norm`: any layer with running statistics; `rnn`: a recurrent layer, whose cuDNN
backward needs train mode (with dropout between its layers or not); `other`: reads `self.training` in another way; `unknown`: a
part of which it is not known whether anything in it depends on the mode."""
Mode: TypeAlias = Literal["train", "eval", "both", "unknown"]
"""`both`: a feasible path for each. `unknown` absorbs: a rule stays silent on it."""
LayersKnown: TypeAlias = Literal["some", "none", "unknown"]
Iteration: TypeAlias = Literal["only", "first", "later"]
SaveContents: TypeAlias = Literal["adapter", "everything", "parameters"]
DropoutProblem: TypeAlias = Literal["default", "dropout_p", "built", "made"]


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the user's program. `function` is the qualified name of the function that holds it, `<module>` at top level."""

    path: str
    function: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cause:
    """How a part came to be in a mode: the place that set it and the calls that led there, outermost first.

    `created`: the constructor (or a project's own class) left it so; `loaded`: a library's loader returned it so, `by` is the
    loader's dotted name; `called`: a mode call in the user's code; `library`: a library function set it, `by` is its name.
    `iteration`: set in an earlier iteration of a loop that the event lies in too.
    """

    kind: Literal["created", "loaded", "called", "library"]
    site: Site
    calls: tuple[Site, ...] = ()
    by: str = ""
    text: str = ""
    iteration: bool = False


@dataclass(frozen=True, slots=True)
class LeftInTrain:
    """A frozen part is in train mode, and this shows that it should not be: the call of `eval()` on it that something undid, or the
    loading of its weights, if nothing ever set its mode. `part` is its path from the model."""

    part: str
    shown_by: Cause


@dataclass(frozen=True, slots=True)
class LayerState:
    """A mode-sensitive layer (or all of a kind below one part) at an event. `path` is the dotted path from the model, "" for
    the model itself. `train` and `eval` say how it can be in that mode, None where it cannot. `frozen`: its parameters do not
    require gradients. `certain`: nothing unresolved received it since its mode was set."""

    path: str
    kind: LayerKind
    mode: Mode
    train: Cause | None = None
    eval: Cause | None = None
    frozen: bool = False
    certain: bool = True
    intended: bool = False
    """The code shows that this layer's mode is meant (its part was frozen and put in eval, a kind was kept apart, `train()` is overridden)."""
    unheeded: Site | None = None
    """In a training step: an override of `train()` that would put this layer in eval mode, and that nothing has called."""
    left_in_train: LeftInTrain | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A model object. `key` is the same for the same object in all events of a program. `text` is how the code names it at the
    event. `calls` are the call sites that led to where it was `created`, outermost first. `loader` is the dotted name of the library
    call that made it, "" if a constructor did."""

    key: str
    text: str
    class_name: str
    created: Site | None
    calls: tuple[Site, ...] = field(default=(), compare=False, kw_only=True)
    loader: str = ""
    adapter: bool = False
    """It is, or holds, a PEFT adapter model."""
    is_lightning_module: bool = False
    unfrozen: bool = False
    """The program sets `requires_grad` of some of its parameters to true."""


@dataclass(frozen=True, slots=True)
class Forward:
    """A call of a model. `layers` are its mode-sensitive layers with the modes in which they run: those at this moment, unless its `forward`
    switches them itself before it runs them; what it runs in both has the mode "unknown". `calls`: the call sites that
    led here, outermost first. `gradients`: whether autograd recorded (None: unknown). `concrete`: the chain of calls starts in a
    program, not at a function that nobody calls. `feasible`: false where only an implicit exception, an empty loop or a
    budget leads here. `layers_known`: "some" sensitive layers are known, there are "none", or "unknown"."""

    model: Model
    site: Site
    layers: tuple[LayerState, ...]
    layers_known: LayersKnown
    calls: tuple[Site, ...] = ()
    gradients: bool | None = True
    iteration: Iteration = "only"
    concrete: bool = True
    feasible: bool = True
    method: str = ""
    """The method called where it is not the model itself: `generate`, `predict`, `encode`."""
    notes: tuple[str, ...] = ()
    part_runs: Site | None = None
    """Where the part runs, if the forward is a call of a method of the model that runs a part of it only: `model.encode(x)`."""
    kept: tuple[LayerState, ...] = ()
    """Layers of frozen parts in eval mode, which a training step leaves as they are. They are not among `layers`."""


@dataclass(frozen=True, slots=True)
class ModelCreated:
    """A model exists from here on; `layers` as in `Forward`."""

    model: Model
    site: Site
    layers: tuple[LayerState, ...]


@dataclass(frozen=True, slots=True)
class ModeMethodNotCalled:
    """The expression `model.eval` (or `train`) standing alone as a statement."""

    model: Model
    method: Literal["train", "eval"]
    text: str
    site: Site


@dataclass(frozen=True, slots=True)
class TrainingStep:
    """An optimizer stepped on the parameters of the forwards' models, with gradients from a backward through them.

    `step` is None where a library steps; `trainer` then names it (`lightning.pytorch.Trainer.fit`). `owned`: the optimizer is
    known to hold the parameters; otherwise it was unresolved and the finding can be likely at most.
    """

    forwards: tuple[Forward, ...]
    backward: Site
    step: Site | None
    trainer: str = ""
    owned: bool = True


InferenceReason: TypeAlias = Literal["no_grad", "plain_data", "inference_call", "returned_without_gradients"]


@dataclass(frozen=True, slots=True)
class InferenceForward:
    """A forward of a model whose weights mean something, whose output reaches no backward, not even as a target. `weights`: what
    gave the weights their meaning (training, loading), `weights_everywhere`: on every path that leads here. `in_training`: a
    training step of the same model follows in the same loop or function."""

    forward: Forward
    reason: InferenceReason
    weights: Cause | None = None
    in_training: bool = False
    weights_everywhere: bool = True


@dataclass(frozen=True, slots=True)
class FrozenForward:
    """A forward that a training step depends on, with layers that are `left_in_train`: of a frozen part of what is trained, or of a
    frozen model whose output is a target or an input."""

    forward: Forward


@dataclass(frozen=True, slots=True)
class AdapterAttached:
    """`get_peft_model` and its kin. `config` holds the constant values of the adapter's configuration by name, `configured` is where that
    was made (None: not in the program)."""

    model: Model
    site: Site
    config: tuple[tuple[str, object], ...]
    configured: Site | None = None


@dataclass(frozen=True, slots=True)
class AdapterLoaded:
    """`PeftModel.from_pretrained` and its kin, and what makes an adapter trainable later."""

    model: Model
    site: Site
    trainable: bool | None


@dataclass(frozen=True, slots=True)
class OutdatedStep:
    """An optimizer that was made at `optimizer` steps on a model that got an adapter later, at `attached`. Nothing holds the adapter's
    weights. `site` is the step."""

    model: Model
    optimizer: Site
    attached: Site
    site: Site
    calls: tuple[Site, ...] = ()
    concrete: bool = True


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part of a model that holds loaded weights, made by the program and never loaded itself. `path` from the model that is saved,
    `keys` those of the part and of everything that holds it, `classes` the dotted names of its class and of those below it."""

    path: str
    created: Site
    classes: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A save. `contents`: `adapter` (adapter weights and what `modules_to_save` names), `parameters` (no buffers) or `everything`
    (as far as is known). `moved`: layers with running statistics that were in train mode in a forward and that the save leaves
    out; `moved_by`: the first such forward. `named`: what `modules_to_save` holds (None: unknown). `normalization_names`: the leaf
    names that would cover them all. `new`: new parts that the save leaves out."""

    model: Model
    site: Site
    contents: SaveContents
    moved: tuple[LayerState, ...] = ()
    named: tuple[str, ...] | None = ()
    normalization_names: tuple[str, ...] = ()
    moved_by: Site | None = None
    calls: tuple[Site, ...] = ()
    new: tuple[NewPart, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionalDropout:
    """A dropout that does not follow the mode, inside the forward of a module (or a function that one calls). `what`: the function
    as written; `problem`: `default` (no `training=`), `fixed` (a constant true), `dropout_p` (attention's probability does not
    depend on the mode), `built` (an `nn.Dropout` constructed inside `forward`), `made` (a random mask divided by the probability that it keeps with; `site`
    is where it is drawn)."""

    site: Site
    what: str
    problem: DropoutProblem
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class TrainOverride:
    """What a class's own `train` does to a new object, called with False and then with True.

    `problem`: `no_argument` (it takes no mode, so `eval()` raises), `ignores_false` (called with False it sets train mode),
    `misses` (it neither sets the object's own flag nor reaches the layers at the paths `missed`), "" (none). `returns`: `nothing`
    or `other` where some path does not return the object. `own_eval`: the class has an `eval` of its own too. `keeps`: the paths of
    layers that it puts in eval mode when it is called with True. `follows`: the paths of its layers, each with whether it always leaves
    the layer in the mode that it was called with; None where that is not known."""

    site: Site
    problem: Literal["", "no_argument", "ignores_false", "misses"] = ""
    missed: tuple[str, ...] = ()
    returns: Literal["self", "nothing", "other", "unknown"] = "self"
    own_eval: bool = False
    keeps: tuple[str, ...] = ()
    follows: tuple[tuple[str, bool], ...] | None = None


@dataclass(frozen=True, slots=True)
class HiddenParts:
    """Modules that a constructor makes and keeps in a plain container in an attribute, and nowhere where they would be parts of the
    object. `site` is the container, `classes` the dotted names of the classes of the modules and of all below them. `certain`:
    they are hidden on every path through the constructor."""

    attribute: str
    container: Literal["list", "dict", "tuple"]
    site: Site
    classes: tuple[str, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ModuleBuilt:
    """A class of modules of the project, as an object of it is after its constructor. `site`: the class's name in its definition. `made`: the
    calls that lead to where a program makes an object of it, outermost first, and that place; () if none is known."""

    class_name: str
    site: Site
    train: TrainOverride | None = None
    hidden: tuple[HiddenParts, ...] = ()
    made: tuple[Site, ...] = field(default=(), compare=False, kw_only=True)


Event: TypeAlias = Union[
    ModelCreated, ModeMethodNotCalled, TrainingStep, InferenceForward, AdapterAttached, AdapterLoaded, Saved, FunctionalDropout, ModuleBuilt, FrozenForward, OutdatedStep,
]  # fmt: skip
