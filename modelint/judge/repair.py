"""What is to be done about a finding, as a rule says it. Where and how is decided by `modelint.fixing`, which sees the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, Union

from modelint.events import Cause, DropoutProblem, Forward, Site


@dataclass(frozen=True, slots=True)
class SetMode:
    """Put the model of `forward` in `mode` so that every run of the forward meets it. `part` is the dotted path of what is in
    the wrong mode below the model, "" for the whole; `cause` set the wrong mode."""

    mode: Literal["train", "eval"]
    forward: Forward
    part: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class CallOn:
    """Call a method without arguments on the expression at `site`: `train` makes `load()` into `load().train()`."""

    site: Site
    method: str


@dataclass(frozen=True, slots=True)
class CallIt:
    """Call the expression at `site`: it was named where a call was meant."""

    site: Site


@dataclass(frozen=True, slots=True)
class SetArgument:
    """Give the call at `site` this argument."""

    site: Site
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FollowMode:
    """Make the dropout call at `site` follow the mode of the module that it is in. `problem` as in `FunctionalDropout`."""

    site: Site
    problem: DropoutProblem


@dataclass(frozen=True, slots=True)
class NameModules:
    """Name these modules in `modules_to_save` of the configuration that the call at `site` attaches an adapter with."""

    site: Site
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompleteTrain:
    """Make the override of `train` whose name is at `site` do what its callers expect: take a mode, hand it on to the base class,
    return the object."""

    site: Site
    problem: Literal["", "no_argument", "ignores_false", "misses"]
    returns: bool
    """Whether it returns the object already."""


@dataclass(frozen=True, slots=True)
class WrapModules:
    """Make the container at `site`, which is assigned to an attribute, one that knows its modules: `wrapper` of `torch.nn`."""

    site: Site
    wrapper: str


@dataclass(frozen=True, slots=True)
class KeepInEval:
    """Make the class whose method calls `eval()` on a part at `site` do so whenever its mode is set."""

    site: Site


Repair: TypeAlias = Union[SetMode, CallOn, CallIt, SetArgument, FollowMode, NameModules, CompleteTrain, WrapModules, KeepInEval]
