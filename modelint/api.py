"""The public surface for rule packs: everything a rule file may import, and nothing else of the engine."""

from modelint.events import (
    AdapterAttached,
    AdapterLoaded,
    Cause,
    Forward,
    FunctionalDropout,
    InferenceForward,
    LayerKind,
    LayerState,
    Mode,
    Model,
    ModelCreated,
    ModeMethodNotCalled,
    ModuleBuilt,
    Saved,
    Site,
    TrainingStep,
    TrainOverride,
)
from modelint.judge.context import Finding, RuleContext, Story
from modelint.judge.layers import WrongPart, part_name, wrong_parts
from modelint.judge.pack import Pack
from modelint.judge.repair import CallIt, CallOn, CompleteTrain, FollowMode, NameModules, Repair, SetArgument, SetMode
from modelint.judge.rule import Category, Rule
from modelint.judge.story import calls_story, cause_story, forward_story, short_name, training_story
from modelint.text.span import Span

__all__ = [
    "AdapterAttached",
    "AdapterLoaded",
    "CallIt",
    "CallOn",
    "Category",
    "Cause",
    "CompleteTrain",
    "Finding",
    "FollowMode",
    "Forward",
    "FunctionalDropout",
    "InferenceForward",
    "LayerKind",
    "LayerState",
    "Mode",
    "ModeMethodNotCalled",
    "Model",
    "ModelCreated",
    "ModuleBuilt",
    "NameModules",
    "Pack",
    "Repair",
    "Rule",
    "RuleContext",
    "Saved",
    "SetArgument",
    "SetMode",
    "Site",
    "Span",
    "Story",
    "TrainOverride",
    "TrainingStep",
    "WrongPart",
    "calls_story",
    "cause_story",
    "forward_story",
    "part_name",
    "short_name",
    "training_story",
    "wrong_parts",
]
