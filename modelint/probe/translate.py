"""From what a process saw to events, the same that the interpreter emits.

What is meant is left alone, by the same signs in a run as in the source: parts frozen in eval mode, a mode set on a layer itself
or by an override of `train`, eval mode set once before its loop, train mode set where only inference follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from modelint.events import (
    AdapterAttached,
    AdapterLoaded,
    Cause,
    DropoutProblem,
    Event,
    Forward,
    FrozenForward,
    FunctionalDropout,
    HiddenParts,
    InferenceForward,
    InferenceReason,
    LayerState,
    LeftInTrain,
    Mode,
    Model,
    ModelCreated,
    ModeMethodNotCalled,
    ModuleBuilt,
    NewPart,
    OutdatedStep,
    Saved,
    Site,
    TrainingStep,
    TrainOverride,
)
from modelint.probe import protocol
from modelint.probe.places import Places

_MODES: dict[bool | None, Mode] = {True: "train", False: "eval", None: "unknown"}


def events_of(record: protocol.Record, places: Places) -> list[Event]:
    """The events of one process, in a stable order."""
    return _Translation(record, places).events()


class _Translation:
    def __init__(self, record: protocol.Record, places: Places) -> None:
        self._record, self._places = record, places
        self._sites = [places.site(place) for place in record.places]
        self._causes = [self._cause(cause) for cause in record.causes]
        self._models = self._named_models()
        self._forwards = [self._forward(forward) for forward in record.forwards]

    def events(self) -> list[Event]:
        return [
            *self._created(),
            *self._steps(),
            *self._inferences(),
            *self._frozen(),
            *self._saves(),
            *self._outdated(),
            *self._named(),
            *self._built(),
            *self._dropouts(),
        ]

    # ---------------------------------------------------------------- pieces
    def _stack(self, number: int) -> tuple[Site, ...]:
        return tuple(self._sites[place] for place in self._record.stacks[number]) if number >= 0 else ()

    def _site(self, number: int) -> Site | None:
        stack = self._stack(number)
        return stack[-1] if stack else None

    def _cause(self, cause: protocol.Cause) -> Cause | None:
        *calls, site = self._stack(cause.stack) or (None,)
        if site is None:
            return None
        text = self._callee(cause.stack) if cause.kind == "created" else ""
        return Cause(cause.kind, site, tuple(call for call in calls if call is not None), cause.by, text)

    def _callee(self, stack: int) -> str:
        places = self._record.stacks[stack]
        return self._places.callee(self._record.places[places[-1]]) if places else ""

    def _named_models(self) -> list[Model]:
        """Each model under the name that the program calls it by first."""
        names: dict[int, str] = {}
        for forward in self._record.forwards:
            if forward.named:
                callee = self._callee(forward.stack)
                names.setdefault(
                    forward.model, callee.rpartition(".")[0] if forward.method else callee.removesuffix(".forward")
                )
        return [
            Model(
                key=f"{self._record.rank}:{number}",
                text=names.get(number, ""),
                class_name=model.class_name,
                created=self._site(model.created),
                loader=model.loader,
                adapter=model.adapter,
            )
            for number, model in enumerate(self._record.models)
        ]

    def _layer(self, layer: protocol.Layer) -> LayerState:
        cause = self._causes[layer.cause] if layer.cause >= 0 else None
        alone = layer.direct and bool(layer.path) and cause is not None and cause.kind == "called"
        return LayerState(
            layer.path,
            layer.kind,
            _MODES[layer.training],
            train=cause if layer.training is True else None,
            eval=cause if layer.training is False else None,
            frozen=layer.frozen,
            intended=layer.overridden or alone,
        )

    def _forward(self, forward: protocol.Forward) -> Forward | None:
        *calls, site = self._stack(forward.stack) or (None,)
        if site is None:
            return None
        layers = tuple(map(self._layer, forward.layers))
        return Forward(
            model=self._models[forward.model],
            site=site,
            layers=layers,
            layers_known="some" if layers else "none",
            calls=tuple(call for call in calls if call is not None),
            gradients=forward.gradients,
            iteration="later" if forward.later else "first",
            method=forward.method,
        )

    # ---------------------------------------------------------------- events
    def _created(self) -> Iterator[Event]:
        first = {forward.model.key: forward for forward in reversed(self._forwards) if forward is not None}
        for model, known in zip(self._models, self._record.models, strict=True):
            if model.created is not None and model.key in first:
                yield ModelCreated(model, model.created, first[model.key].layers)
            if (site := self._site(known.loaded)) is not None:
                yield AdapterLoaded(model, site, known.trainable)
            if (site := self._site(known.attached)) is not None:
                constants = tuple(sorted(known.configuration.items()))
                yield AdapterAttached(model, site, constants, self._site(known.configured))

    def _steps(self) -> Iterator[TrainingStep]:
        for step in self._record.steps:
            forward, backward = self._forwards[step.forward], self._site(step.backward)
            if forward is None or backward is None:
                continue
            model = self._record.forwards[step.forward].model
            trained = [self._unheeded(model, forward.layers[number]) for number in step.layers]
            kept = tuple(layer for layer in forward.layers if layer.frozen and layer.mode == "eval")
            layers = tuple(self._meant_once(forward, layer) for layer in trained if layer not in kept)
            yield TrainingStep((replace(forward, layers=layers, kept=kept),), backward, self._site(step.step), step.trainer)

    def _unheeded(self, model: int, layer: LayerState) -> LayerState:
        """A layer that is trained, with the override that nothing has called."""
        overrides = (each.override for each in self._record.unheeded if (each.model, each.path) == (model, layer.path))
        place = next(overrides, None)
        if place is None or layer.train is None or layer.train.kind != "created":
            return layer
        return replace(layer, unheeded=self._places.definition(place))

    def _inferences(self) -> Iterator[InferenceForward]:
        trained = {self._record.forwards[step.forward].model for step in self._record.steps}
        for number in self._record.inferences:
            forward, model = self._forwards[number], self._record.forwards[number].model
            if forward is None:
                continue
            reason: InferenceReason = "plain_data" if forward.gradients else "no_grad"
            if forward.method:
                reason = "inference_call"
            live = tuple(self._meant_here(forward, layer) for layer in forward.layers)
            yield InferenceForward(replace(forward, layers=live), reason, in_training=model in trained)

    def _frozen(self) -> Iterator[FrozenForward]:
        if not self._record.steps:
            return
        for number in self._record.needed:
            forward, seen = self._forwards[number], self._record.forwards[number].layers
            if forward is None:
                continue
            layers = tuple(map(self._left_in_train, forward.layers, seen))
            if any(layer.left_in_train is not None for layer in layers):
                yield FrozenForward(replace(forward, layers=layers))

    def _left_in_train(self, layer: LayerState, seen: protocol.Layer) -> LayerState:
        left = self._record.left[seen.left] if seen.left >= 0 else None
        cause = self._causes[left.shown_by] if left is not None else None
        if left is None or cause is None or not left.holds or layer.intended:
            return layer
        return replace(layer, left_in_train=LeftInTrain(left.part, cause))

    def _saves(self) -> Iterator[Saved]:
        for save in self._record.saves:
            model, site = self._models[save.model], self._site(save.stack)
            if site is None or (save.contents == "adapter" and not model.adapter):
                continue
            forward = next((each for each in self._forwards if each is not None and each.model.key == model.key), None)
            known = {layer.path: layer for layer in forward.layers} if forward is not None else {}
            moved = tuple(
                replace(known.get(path, LayerState(path, "batch_norm", "train")), mode="train") for path in save.moved
            )
            names = tuple(sorted({path.rpartition(".")[2] for path in save.moved}))
            by = forward.site if forward is not None else None
            new = tuple(self._new_parts(save, model))
            yield Saved(model, site, save.contents, moved, (), names, by, self._stack(save.stack)[:-1], new)

    def _new_parts(self, save: protocol.Save, model: Model) -> Iterator[NewPart]:
        for part in save.new:
            if (created := self._site(part.created)) is not None:
                yield NewPart(part.path, created, part.classes, (model.key,))

    def _outdated(self) -> Iterator[OutdatedStep]:
        for step in self._record.outdated:
            optimizer, attached, site = map(self._site, (step.optimizer, step.attached, step.stack))
            if optimizer is not None and attached is not None and site is not None:
                yield OutdatedStep(self._models[step.model], optimizer, attached, site, self._stack(step.stack)[:-1])

    def _named(self) -> Iterator[ModeMethodNotCalled]:
        for named in self._record.named:
            if (site := self._site(named.stack)) is not None:
                text = self._places.text(self._record.places[self._record.stacks[named.stack][-1]])
                yield ModeMethodNotCalled(self._models[named.model], named.method, text, site)

    def _built(self) -> Iterator[ModuleBuilt]:
        for hidden in self._record.hidden:
            for place in hidden.constructors:
                if (site := self._places.container(place, hidden.attribute)) is not None:
                    parts = HiddenParts(hidden.attribute, hidden.container, site, hidden.classes)
                    yield ModuleBuilt(hidden.class_name, self._places.site(place), hidden=(parts,))
                    break
        for override in self._record.overrides:
            site = self._places.definition(override.place)
            seen = TrainOverride(site, override.problem, override.missed, override.returns, override.own_eval)
            yield ModuleBuilt(override.class_name, site, seen)

    def _dropouts(self) -> Iterator[FunctionalDropout]:
        """Those that were on in eval mode, and of which the source says that no mode can switch them off."""
        for dropout in self._record.dropouts:
            site = self._site(dropout.stack)
            problem = "built" if dropout.built else self._problem(dropout.stack)
            if site is not None and problem is not None:
                yield FunctionalDropout(site, self._callee(dropout.stack), problem, dropout.class_name)

    def _problem(self, stack: int) -> DropoutProblem | None:
        call = self._places.call(self._record.places[self._record.stacks[stack][-1]])
        if call is None or any(keyword.arg is None for keyword in call.keywords):
            return None
        given = next((keyword.value for keyword in call.keywords if keyword.arg == "training"), None)
        given = given or (call.args[2] if len(call.args) > 2 else None)
        return "default" if given is None else None

    # ---------------------------------------------------------------- what is meant
    def _meant_once(self, forward: Forward, layer: LayerState) -> LayerState:
        """Eval mode that is set in the function of the step, before it and for nothing else, where nothing ever sets train mode or trains in
        it. That an evaluation sets it once more changes nothing."""
        own = [other for other in self._forwards if other is not None and other.model.key == forward.model.key]
        trains = any(
            other.train is not None and (each.gradients or other.train.kind in ("called", "library"))
            for each in own
            for other in each.layers
        )
        if layer.eval is None or trains:
            return layer
        trained = {other.eval for each in own if each.gradients for other in each.layers if other.path == layer.path}
        looked = {other.eval for each in own if not each.gradients for other in each.layers}
        meant = any(_is_set_before(cause, forward) for cause in trained - looked)
        return replace(layer, intended=True) if meant else layer

    def _meant_here(self, forward: Forward, layer: LayerState) -> LayerState:
        """Train mode set right at a forward without gradients, in a function that takes no step."""
        cause = layer.train
        if forward.gradients or cause is None or cause.kind != "called" or not _same_function(cause.site, forward.site):
            return layer
        stepping = [self._site(number) for step in self._record.steps for number in (step.step, step.backward)]
        steps_here = any(site is not None and _same_function(site, forward.site) for site in stepping)
        return layer if steps_here else replace(layer, intended=True)


def _is_set_before(cause: Cause | None, forward: Forward) -> bool:
    """Whether a mode call in the function of a forward, above it, is the cause."""
    if cause is None or cause.kind != "called" or not _same_function(cause.site, forward.site):
        return False
    return cause.calls == forward.calls[: len(cause.calls)] and cause.site.span.row < forward.site.span.row


def _same_function(one: Site, other: Site) -> bool:
    return (one.path, one.function) == (other.path, other.function)
