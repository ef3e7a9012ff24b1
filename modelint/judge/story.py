"""The steps of a trace, worded the same way by all rules."""

from __future__ import annotations

from modelint.events import Cause, Forward, Site, TrainingStep
from modelint.judge.context import Story


def cause_story(cause: Cause, mode: str) -> Story:
    """How a part came to be in `mode`: the calls that led to the place, and the place."""
    return (*calls_story(cause.calls, cause.site), (_cause_text(cause, mode), cause.site))


def forward_story(forward: Forward, text: str, after: Story = ()) -> Story:
    """The calls that led to a forward and the forward itself. Calls that `after` has told already are left out."""
    told = {site for _, site in after}
    later = "in a later iteration, " if forward.iteration == "later" else ""
    calls = tuple(step for step in calls_story(forward.calls, forward.site) if step[1] not in told)
    inside: Story = (("which runs this part", forward.part_runs),) if forward.part_runs is not None else ()
    return _without_entry(forward, (*after, *calls, (later + text, forward.site), *inside))


def training_story(step: TrainingStep, before: Story) -> Story:
    """The end of a training step: backward and the optimizer, or the library that does both."""
    if step.trainer:
        return _without_repeats((*before, (f"`{short_name(step.trainer)}` trains it here", step.step or step.backward)))
    story = [*before, ("backward goes through it here", step.backward)]
    if step.step is not None:
        story.append(("the optimizer steps on it here", step.step))
    return _without_repeats(tuple(story))


def calls_story(sites: tuple[Site, ...], target: Site) -> Story:
    """The calls on the way to `target`, each with the name of the function that it enters."""
    entered = [site.function for site in (*sites, target)][1:]
    return tuple((_call_text(name), site) for site, name in zip(sites, entered, strict=True))


def short_name(dotted: str) -> str:
    """`lightning.pytorch.Trainer.fit` as people say it: `Trainer.fit`; a function by its own name, also a nested one."""
    names = dotted.split(".")
    if len(names) > 1 and names[-2][:1].isupper():
        return ".".join(names[-2:])
    return names[-1]


def _call_text(function: str) -> str:
    return "called from here" if function == "<module>" else f"calls `{short_name(function)}`"


def _cause_text(cause: Cause, mode: str) -> str:
    if cause.kind == "loaded":
        return f"`{short_name(cause.by)}` returns it in {mode} mode" if cause.by else f"loaded in {mode} mode here"
    if cause.kind == "library":
        return f"`{short_name(cause.by)}` sets it to {mode} mode" if cause.by else f"set to {mode} mode by a library here"
    if cause.kind == "created":
        return f"created in {mode} mode here"
    return f"set to {mode} mode here"


def _without_entry(forward: Forward, story: Story) -> Story:
    """An assumed context begins at the definition of a function that nothing calls, which is no step of what happens."""
    if forward.concrete:
        return story
    return tuple(step for step in story if step[1] not in forward.calls[:1])


def _without_repeats(story: Story) -> Story:
    kept: list[tuple[str, Site]] = []
    for message, site in story:
        if not kept or kept[-1][1] != site:
            kept.append((message, site))
    return tuple(kept)
