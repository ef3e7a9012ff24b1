"""What happened: forwards with the modes of their layers, what became of their outputs, steps, saves.

A step's forwards are those whose outputs a backward's gradient passed since their gradients were cleared. A forward is inference
if its output, or something computed from it, was looked at and no backward depends on it, not even as data.
"""

from __future__ import annotations

import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from modelint.probe.inside.built import Built
from modelint.probe.inside.cudnn import is_refusal
from modelint.probe.inside.dropouts import Dropouts
from modelint.probe.inside.frozen import Frozen
from modelint.probe.inside.layers import Found, Layer, as_they_ran, layers_of, sensitive
from modelint.probe.inside.lineage import Lineage, Sources, switch_off, switch_on, tensors_in
from modelint.probe.inside.models import Models
from modelint.probe.inside.optimizers import Optimizers
from modelint.probe.inside.origins import Cause, Origins
from modelint.probe.inside.saves import Saves
from modelint.probe.inside.settings import Settings
from modelint.probe.inside.stacks import Call, Stacks
from modelint.probe.inside.timeline import Timeline
from modelint.probe.inside.unheeded import UnheededOverrides

MODULE_CALLS = frozenset({"", "__call__", "_call_impl", "_wrapped_call_impl", "forward"})


class Signature(NamedTuple):
    """Forwards that are the same to a rule. `named`: the user's own call names the model."""

    model: int
    stack: int
    method: str
    named: bool
    gradients: bool
    later: bool
    layers: tuple[Layer, ...]


class Step(NamedTuple):
    """A step that used gradients of a forward. `layers`: the numbers of those of its layers that the optimizer trains."""

    forward: int
    backward: int
    step: int
    trainer: str
    layers: tuple[int, ...]


class Named(NamedTuple):
    """A mode method that was named and not called."""

    model: int
    method: str
    stack: int


class Graph:
    """Hangs on the graph of a forward, and is gone when that is."""

    __slots__ = ("__weakref__", "passed")

    def __init__(self, passed: Callable[[], None]) -> None:
        self.passed = passed

    def __call__(self, gradients: object) -> None:
        self.passed()


class Begun(NamedTuple):
    """A forward that runs. `found`: its layers with the modules, `ran`: those of them that were called inside so far, by identity, with the
    modes in which they were."""

    root: nn.Module
    signature: Signature
    found: list[Found]
    ran: dict[int, set[bool]]

    def runs(self, module: nn.Module) -> None:
        if id(module) in self.ran:
            self.ran[id(module)].add(module.training)


class Instance:
    """One forward. `uses`: `backward`, `target`, `plain`."""

    __slots__ = ("__weakref__", "backward", "counted", "graph", "parameters", "root", "signature", "uses", "weights")

    def __init__(self, signature: int, root: nn.Module, parameters: frozenset[int], weights: bool) -> None:
        self.signature, self.parameters, self.weights = signature, parameters, weights
        self.root = weakref.ref(root)
        self.uses: set[str] = set()
        self.counted = False
        self.backward: Call | None = None
        self.graph: weakref.ref[Graph] | None = None

    @property
    def has_graph(self) -> bool:
        """A backward may still go through it."""
        return self.graph is not None and self.graph() is not None


class Recorder:
    """The record of one process. `progress` is called after each step, `enough` when as much was seen as was asked for."""

    def __init__(
        self, settings: Settings, stacks: Stacks, origins: Origins, progress: Callable[[], None], enough: Callable[[], None]
    ) -> None:
        self._settings, self.stacks, self.origins = settings, stacks, origins
        self._progress, self._enough = progress, enough
        self.lineage = Lineage(self.looked_at)
        self.models = Models(stacks, origins, settings.adapters)
        self.saves = Saves(stacks, origins, self.models)
        self.optimizers = Optimizers(stacks, origins, self.models)
        self.frozen = Frozen(origins, self.optimizers)
        self.built = Built(stacks, origins, self.optimizers)
        self.dropouts = Dropouts(stacks, origins)
        self.unheeded = UnheededOverrides(stacks, origins)
        self.timeline = Timeline(stacks)
        self._threads = threading.local()
        self._signatures: list[Signature] = []
        self._signature_numbers: dict[Signature, int] = {}
        self._reached: set[tuple[int, int]] = set()
        self._undecided: dict[Instance, None] = {}
        self._parameters: dict[tuple[int, int], frozenset[int]] = {}
        self._pending: dict[Instance, set[int]] = {}
        self._touched: dict[Instance, None] = {}
        self._targets: list[Instance] = []
        self._needed: set[int] = set()
        self._named: dict[Named, None] = {}
        self._masks: Any = WeakIdKeyDictionary()
        self._steps: dict[Step, None] = {}
        self._trained: Any = WeakIdKeyDictionary()
        self._backward_depth = 0
        self.counts: Counter[str] = Counter()

    # ---------------------------------------------------------------- forwards
    def before(self, module: nn.Module) -> None:
        """A module is called."""
        inside = self._inside()
        if inside:
            self.dropouts.entered(module, inside)
            inside.append((module, None))
            if (outermost := inside[0][1]) is not None:
                outermost.runs(module)
            return
        if next(module.parameters(), None) is None:
            return  # a loss or a metric: what it does is seen function by function
        inside.append((module, self._begun(module)))
        switch_off(self.lineage)

    def after(self, module: nn.Module, inputs: object, output: object) -> None:
        """The call is over, also if it raised."""
        inside = self._inside()
        if not inside:
            return
        begun = inside.pop()[1]
        if inside or begun is None:
            return
        instance = self._instance(begun)
        graph = Graph(lambda: self._passed(instance))
        instance.graph = weakref.ref(graph)
        for tensor in tensors_in(output):
            if tensor.requires_grad and tensor.grad_fn is not None:
                tensor.grad_fn.register_prehook(graph)
        self.lineage.mark(output, self.lineage.of(inputs) | {instance})
        switch_on(self.lineage)
        if module in self._trained and not self._signatures[instance.signature].gradients:
            self._count_inference(instance)
        self.built.ran(instance.root())

    def _inside(self) -> list[tuple[nn.Module, Begun | None]]:
        inside: list[tuple[nn.Module, Begun | None]] | None = getattr(self._threads, "inside", None)
        if inside is None:
            inside = self._threads.inside = []
        return inside

    def _begun(self, module: nn.Module) -> Begun:
        call = self.stacks.current()
        root, method = module, ""
        receiver = call.module if call.is_method and call.name not in MODULE_CALLS else None
        if receiver is not None and _holds(receiver, module):
            root, method = receiver, call.name
        found = sensitive(root, self.stacks.is_users)
        layers = layers_of(root, found, self.origins, self.frozen.number)
        self.saves.note_versions(root)
        model = self.models.number(root)
        named = bool(method) or call.name in MODULE_CALLS
        signature = Signature(model, call.stack, method, named, torch.is_grad_enabled(), False, layers)
        return Begun(root, signature, found, {id(layer.module): set() for layer in found})

    def _instance(self, begun: Begun) -> Instance:
        root, signature, found, ran = begun
        layers = as_they_ran(signature.layers, found, ran, self.origins)
        number = self._signature(signature._replace(layers=layers))
        parameters = frozenset(map(id, root.parameters()))
        parameters = self._parameters.setdefault((number, hash(parameters)), parameters)
        instance = Instance(number, root, parameters, self.origins.has_weights(root))
        self._undecided[instance] = None
        return instance

    def _signature(self, signature: Signature) -> int:
        """The number of a signature. One is later if its place was reached before in another way."""
        number = self._signature_numbers.get(signature)
        if number is None:
            place = (signature.model, signature.stack)
            signature = signature._replace(later=place in self._reached)
            self._reached.add(place)
            number = self._signature_numbers.setdefault(signature, len(self._signatures))
            if number == len(self._signatures):
                self._signatures.append(signature)
        return number

    # ---------------------------------------------------------------- uses
    def looked_at(self, sources: Sources) -> None:
        """The program looks at values that depend on these forwards."""
        for instance in sources:
            instance.uses.add("plain")
            if not self._signatures[instance.signature].gradients and self._infers(instance):
                self._count_inference(instance)

    def _count_inference(self, instance: Instance) -> None:
        """Without gradients and with weights that mean something: as far as can be known now, an inference."""
        if instance.counted:
            return
        instance.counted = True
        self.timeline.forward(self._signatures[instance.signature], self.models.records)
        self.counts["inferences"] += 1
        self.counts["inferences since the last step"] += 1
        self._stop_if_enough()

    def _infers(self, instance: Instance) -> bool:
        if instance.uses & {"backward", "target"} or not instance.weights or instance.has_graph:
            return False
        return "plain" in instance.uses or bool(self._signatures[instance.signature].method)

    def backward_begins(self, tensors: object) -> None:
        """A backward from these tensors begins."""
        self._backward_depth += 1
        if self._backward_depth == 1:
            self._targets = list(self.lineage.of(tensors))
            if not any(tensor.requires_grad for tensor in tensors_in(tensors)):
                self._meant_to_train(self._targets, None)

    def backward_ends(self, raised: str) -> None:
        """It is over, or this ended it."""
        self._backward_depth -= 1
        if self._backward_depth:
            return
        call = self.stacks.current()
        for instance in self._touched:
            instance.uses.add("backward")
            instance.backward = call
            self._undecided.pop(instance, None)
            self._pending.setdefault(instance, set()).update(instance.parameters)
        self._needed.update(instance.signature for instance in (*self._touched, *self._targets))
        for instance in self._targets:
            if instance not in self._touched:
                instance.uses.add("target")
                instance.backward = call
        if is_refusal(raised):
            self._refused()
        self._touched.clear()

    def _refused(self) -> None:
        """The step that an optimizer was made for does not come: what it would have trained counts as trained in eval mode."""
        held = self.optimizers.held()
        for instance in self._touched:
            root, backward = instance.root(), instance.backward
            if root is not None and backward is not None and instance.parameters & held:
                trainer = "" if backward.name.endswith("backward") else backward.by
                self._steps[Step(instance.signature, backward.stack, -1, trainer, self._layers_with(root, held))] = None

    def _passed(self, instance: Instance) -> None:
        if self._backward_depth:
            self._touched[instance] = None
        else:
            instance.uses.add("target")  # a gradient that no optimizer is meant to use

    # ---------------------------------------------------------------- steps
    def stepped(self, optimizer: torch.optim.Optimizer) -> None:
        """An optimizer stepped."""
        held = [parameter for group in optimizer.param_groups for parameter in group["params"]]
        owned = {id(parameter) for parameter in held if parameter.grad is not None}
        call = self.stacks.current()
        trained = [instance for instance, pending in self._pending.items() if pending & owned]
        masks: dict[int, tuple[int, ...]] = self._masks.setdefault(optimizer, {})
        for instance in trained:
            root = instance.root()
            if root is not None and instance.backward is not None:
                self._trained[root] = True
                self.origins.weights_trained(root)
                if instance.signature not in masks:
                    masks[instance.signature] = self._layers_with(root, owned)
                self._step(instance, call, masks[instance.signature])
        self.frozen.look()
        reached = [root for instance in self._pending if (root := instance.root()) is not None]
        outdated = self.optimizers.stepped(optimizer, reached, call)
        self._forget(owned)
        everything = set(map(id, held))
        self._meant_to_train([instance for instance in self._targets if instance.parameters & everything], call)
        if trained or outdated:
            self.timeline.step([self._signatures[instance.signature] for instance in trained], self.models.records)
            self.counts["steps"] += 1
            self.counts["inferences since the last step"] = 0
            if self.counts["inferences"]:
                self.counts["steps after an inference"] += 1
            self._progress()
            self._stop_if_enough()

    def _step(self, instance: Instance, call: Call, layers: tuple[int, ...]) -> None:
        backward = instance.backward
        if backward is None:
            return
        trainer = call.by if backward.key == call.key else ""
        step = -1 if trainer else call.stack
        seen, root = Step(instance.signature, backward.stack, step, trainer, layers), instance.root()
        if seen not in self._steps and root is not None:
            self.unheeded.trained(self._signatures[instance.signature].model, root, layers)
        self._steps[seen] = None

    def _layers_with(self, root: nn.Module, parameters: set[int]) -> tuple[int, ...]:
        """The numbers of the sensitive layers that are held by what has some of these parameters."""
        return tuple(
            number
            for number, layer in enumerate(sensitive(root, self.stacks.is_users))
            if layer.holder is not None and not parameters.isdisjoint(map(id, layer.holder.parameters()))
        )

    def _meant_to_train(self, instances: Iterable[Instance], step: Call | None) -> None:
        """A loss was computed from the outputs of frozen models whose parameters the optimizer has, or no gradient at all can come
        of it: a step that trains nothing."""
        call = self.stacks.current()
        for instance in instances:
            root = instance.root()
            frozen = root is not None and not any(parameter.requires_grad for parameter in root.parameters())
            if frozen and root is not None and self.models.record(root).adapter:
                instance.backward = instance.backward or call
                self._step(instance, step or call._replace(by=""), ())

    def cleared(self, parameters: Iterable[nn.Parameter]) -> None:
        """The gradients of these parameters are dropped."""
        self._forget(set(map(id, parameters)))

    def _forget(self, gone: set[int]) -> None:
        """Gradients that are gone, or that a step has used: the next step with them tells nothing new."""
        for instance, held in list(self._pending.items()):
            held -= gone
            if not held:
                del self._pending[instance]

    def mode_changed(self, module: nn.Module, mode: bool, cause: Cause | None) -> None:
        if cause is not None:
            self.timeline.mode(module, mode, cause)

    def named(self, module: nn.Module, method: str) -> None:
        """The program names a mode method of a module and does not call it."""
        self._named[Named(self.models.number(module), method, self.stacks.current().stack)] = None

    def saved(self, tensors: object) -> None:
        """A library writes these tensors to a file."""
        call = self.stacks.current()
        for root in self.saves.saved(tensors, call):
            self.timeline.save(root, call)

    def dropout(self, name: str, arguments: Sequence[Any], keywords: dict[str, Any]) -> None:
        """A function of torch for dropout is called."""
        self.dropouts.called(name, arguments, keywords, self._inside())

    # ---------------------------------------------------------------- the end
    def _stop_if_enough(self) -> None:
        """N steps and an inference, and what comes after it: another step, or as many forwards without one."""
        wanted, counts = self._settings.steps, self.counts
        after = counts["steps after an inference"] or counts["inferences since the last step"] >= wanted
        if counts["steps"] >= wanted and counts["inferences"] and after:
            self._enough()

    def record(self) -> dict[str, Any]:
        """Everything, as plain data."""
        inferences = {instance.signature for instance in self._undecided if self._infers(instance)}
        return {
            "places": self.stacks.places,
            "stacks": self.stacks.stacks,
            "causes": self.origins.causes,
            "models": self.models.records,
            "forwards": self._signatures,
            "steps": list(self._steps),
            "inferences": sorted(inferences),
            "needed": sorted(self._needed),
            "left": self.frozen.left,
            "saves": self.saves.seen,
            "outdated": self.optimizers.outdated,
            "named": list(self._named),
            "hidden": self.built.hidden,
            "overrides": self.built.overrides,
            "unheeded": self.unheeded.seen,
            "dropouts": self.dropouts.seen,
            "timeline": self.timeline.entries,
            "counts": dict(self.counts),
        }


def _holds(root: nn.Module, module: nn.Module) -> bool:
    return any(part is module for part in root.modules())
