"""Connects a recorder with torch. Every hook calls what it replaces, exactly once and with what it was given, and keeps its own
troubles to itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import FrameType
from typing import Any

import torch
from torch import nn
from torch.nn.modules import module as modules
from torch.optim import optimizer as optimizers

from modelint.probe.inside.dropouts import FUNCTIONS
from modelint.probe.inside.named import NamedMethod
from modelint.probe.inside.recorder import Recorder


class Hooks:
    """The hooks of a process. `problems`: what went wrong in them."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.active = True
        self.problems: list[str] = []

    def install(self) -> None:
        """Begin to watch."""
        recorder, quiet = self._recorder, self._quiet
        modules.register_module_forward_pre_hook(lambda module, inputs: quiet(recorder.before, module))
        modules.register_module_forward_hook(
            lambda module, inputs, output: quiet(recorder.after, module, inputs, output), always_call=True
        )
        if hasattr(modules, "_has_any_global_hook"):
            self._replace(modules, "_has_any_global_hook", _has_another_hook)
        optimizers.register_optimizer_step_post_hook(lambda optimizer, *_: quiet(recorder.stepped, optimizer))
        self._replace(nn.Module, "__init__", self._born)
        self._replace(nn.Module, "__setstate__", self._born)
        self._replace(nn.Module, "train", self._mode)
        self._replace(nn.Module, "eval", self._eval)
        for name in ("train", "eval"):
            self._watch_names_of(name)
        self._replace(nn.Module, "_apply", self._placed)
        self._replace(nn.Module, "zero_grad", self._cleared)
        self._replace(nn.Module, "load_state_dict", self._loaded)
        self._replace(torch.optim.Optimizer, "zero_grad", self._cleared)
        self._replace(torch.optim.Optimizer, "__init__", self._made)
        self._replace(torch.autograd, "backward", self._backward)
        for name in FUNCTIONS:
            self._replace(nn.functional, name, self._dropout)

    def wrap_save(self, module: Any, name: str) -> None:
        """Watch a function that writes tensors to a file."""
        self._replace(module, name, self._saved)

    def _quiet(self, action: Callable[..., Any], *arguments: Any) -> Any:
        """Run an action of the recorder: not in a copy of the process, not while something else is traced."""
        if torch.compiler.is_compiling() or not self.active:
            return None
        try:
            return action(*arguments)
        except Exception as error:  # the program must not notice
            self.problems.append(f"{action.__name__}: {type(error).__name__}: {error}")
            return None

    def _replace(self, owner: Any, name: str, wrap: Callable[[Any], Any]) -> None:
        original = getattr(owner, name)
        setattr(owner, name, functools.wraps(original)(wrap(original)))

    def _born(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            result = original(module, *args, **kwargs)
            self._quiet(self._recorder.origins.born, module)
            return result

        return wrapper

    def _mode(self, original: Callable[..., Any]) -> Callable[..., Any]:
        origins, built = self._recorder.origins, self._recorder.built

        def train(module: nn.Module, mode: bool = True) -> Any:
            outermost = self._quiet(origins.begin_mode, module, mode)
            self._quiet(built.mode_is_set, module, mode)
            try:
                return original(module, mode)
            finally:
                if outermost:
                    self._quiet(self._recorder.mode_changed, module, mode, self._quiet(origins.end_mode))

        return train

    def _placed(self, original: Callable[..., Any]) -> Callable[..., Any]:
        saves = self._recorder.saves

        def _apply(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            is_moved = self._quiet(saves.is_moved, module)
            result = original(module, *args, **kwargs)
            self._quiet(saves.placed, module, is_moved)
            return result

        return _apply

    def _eval(self, original: Callable[..., Any]) -> Callable[..., Any]:
        built = self._recorder.built

        def eval(module: nn.Module) -> Any:
            outermost = self._quiet(built.eval_begins)
            result, raised = None, True
            try:
                result = original(module)
                raised = False
                return result
            finally:
                if outermost:
                    self._quiet(built.eval_ends, module, result, raised)

        return eval

    def _watch_names_of(self, name: str) -> None:
        recorder = self._recorder

        def is_watched(frame: FrameType) -> bool:
            return bool(self._quiet(recorder.stacks.is_users_frame, frame))

        def dropped(module: nn.Module, method: str) -> None:
            self._quiet(recorder.named, module, method)

        setattr(nn.Module, name, NamedMethod(getattr(nn.Module, name), is_watched, dropped))

    def _cleared(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def zero_grad(target: Any, *args: Any, **kwargs: Any) -> Any:
            self._quiet(self._recorder.cleared, _parameters(target))
            return original(target, *args, **kwargs)

        return zero_grad

    def _loaded(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def load_state_dict(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            self._quiet(self._recorder.origins.weights_loaded, module, args[0] if args else kwargs.get("state_dict"))
            return original(module, *args, **kwargs)

        return load_state_dict

    def _backward(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def backward(tensors: Any, *args: Any, **kwargs: Any) -> Any:
            self._quiet(self._recorder.backward_begins, tensors)
            raised = ""  # the text alone: the error itself would keep tensors from being freed
            try:
                return original(tensors, *args, **kwargs)
            except RuntimeError as error:
                raised = str(error)
                raise
            finally:
                self._quiet(self._recorder.backward_ends, raised)

        return backward

    def wrap_configuration(self, owner: Any) -> None:
        """Watch the making of objects of a class."""
        original = owner.__new__

        def made(cls: Any, *args: Any, **kwargs: Any) -> Any:
            created = original(cls) if original is object.__new__ else original(cls, *args, **kwargs)
            self._quiet(self._recorder.models.configured, created)
            return created

        owner.__new__ = staticmethod(made)

    def _made(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(optimizer: Any, *args: Any, **kwargs: Any) -> Any:
            self._quiet(self._recorder.optimizers.made, optimizer)
            return original(optimizer, *args, **kwargs)

        return wrapper

    def _dropout(self, original: Callable[..., Any]) -> Callable[..., Any]:
        name = original.__name__

        def dropout(*args: Any, **kwargs: Any) -> Any:
            self._quiet(self._recorder.dropout, name, args, kwargs)
            return original(*args, **kwargs)

        # A program may have torch compile the function: then what it is itself.
        vars(dropout)["__prepare_scriptable__"] = lambda: original
        return dropout

    def _saved(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def save(tensors: Any, *args: Any, **kwargs: Any) -> Any:
            self._quiet(self._recorder.saved, tensors)
            return original(tensors, *args, **kwargs)

        return save


def _has_another_hook(original: Callable[[], bool]) -> Callable[[], bool]:
    """A compiled module warns of global hooks; that of ours it need not. Ours are one of each kind of `forward`."""

    def has_any() -> bool:
        forward = (modules._global_forward_pre_hooks, modules._global_forward_hooks)
        backward = (modules._global_backward_pre_hooks, modules._global_backward_hooks)
        return any(len(hooks) > 1 for hooks in forward) or any(backward)

    return has_any


def _parameters(target: Any) -> list[Any]:
    """What a module has, or an optimizer holds."""
    if isinstance(target, nn.Module):
        return list(target.parameters())
    return [parameter for group in target.param_groups for parameter in group["params"]]
