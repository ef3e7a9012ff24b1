"""Begins the recording in a Python process: once the program imports torch, and in this process only, not in forks of it."""

from __future__ import annotations

import atexit
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from modelint.probe.inside import settings, tied

if TYPE_CHECKING:
    from modelint.probe.inside.hooks import Hooks
    from modelint.probe.inside.recorder import Recorder

_exit = os._exit
SNAPSHOT_SHARE = 1 / 50
"""How much of the time may go into the record on disk: a process that is killed says nothing any more."""


def begin(path: str) -> None:
    """Wait for the import of torch, as the settings in `path` say."""
    given = settings.read(path)
    tied.end_with(given.parent)
    watch = _Watch(given)
    names: dict[str, Callable[[ModuleType], None]] = {"torch": watch.torch_imported}
    for dotted in (*given.saves, *given.configurations):
        module, _, _ = dotted.rpartition(".")
        names.setdefault(module, watch.imported)
    sys.meta_path.insert(0, _AfterImport(names))


class _Watch:
    """The recording of this process."""

    def __init__(self, given: settings.Settings) -> None:
        self._settings = given
        self._hooks: Hooks | None = None
        self._recorder: Recorder | None = None
        self._next = 0.0

    def torch_imported(self, module: ModuleType) -> None:
        from modelint.probe.inside.hooks import Hooks
        from modelint.probe.inside.origins import Origins
        from modelint.probe.inside.recorder import Recorder
        from modelint.probe.inside.stacks import Stacks

        stacks = Stacks(self._settings.root)
        self._recorder = Recorder(self._settings, stacks, Origins(stacks), self._now_and_then, self._enough)
        self._hooks = Hooks(self._recorder)
        self._hooks.install()
        self.imported(module)
        os.register_at_fork(after_in_child=self._fall_silent)
        atexit.register(self._write, "end")
        os._exit = self._leave

    def imported(self, module: ModuleType) -> None:
        """Watch what the settings name in a module."""
        if self._hooks is None:
            return
        for name in _names_in(module, self._settings.saves):
            self._hooks.wrap_save(module, name)
        for name in _names_in(module, self._settings.configurations):
            self._hooks.wrap_configuration(getattr(module, name))

    def _fall_silent(self) -> None:
        if self._hooks is not None:
            self._hooks.active = False
        self._recorder = None

    def _now_and_then(self) -> None:
        start = time.monotonic()
        if start > self._next:
            self._write("running")
            end = time.monotonic()
            self._next = end + (end - start) / SNAPSHOT_SHARE

    def _enough(self) -> None:
        """Nothing more is needed of this process: it leaves at once, whatever the program would still do."""
        self._write("enough")
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        _exit(0)

    def _leave(self, status: int) -> NoReturn:
        """The program calls `os._exit`, which runs nothing else."""
        self._write("end")
        _exit(status)

    def _write(self, state: str) -> None:
        """Put the record where the parent finds it, whole or not at all."""
        if self._recorder is None or self._hooks is None:
            return
        record: dict[str, Any] = {
            **self._recorder.record(),
            "state": state,
            "rank": int(os.environ.get("RANK", "0") or 0),
            "problems": list(dict.fromkeys(self._hooks.problems)),
        }
        path = os.path.join(self._settings.out, f"record-{os.getpid()}.json")
        with open(f"{path}.new", "w", encoding="utf-8") as file:
            json.dump(record, file)
        os.replace(f"{path}.new", path)


def _names_in(module: ModuleType, dotted: Iterable[str]) -> Iterator[str]:
    """The last parts of those names that a module has."""
    for owner, _, name in (each.rpartition(".") for each in dotted):
        if owner == module.__name__ and hasattr(module, name):
            yield name


class _AfterImport(MetaPathFinder):
    """Calls a function with each of some modules right after its first import."""

    def __init__(self, actions: dict[str, Callable[[ModuleType], None]]) -> None:
        self._actions = dict(actions)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        action = self._actions.pop(fullname, None)
        if action is None:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, action)
        return spec


class _Loader(Loader):
    """A loader that does one thing more."""

    def __init__(self, loader: Any, action: Callable[[ModuleType], None]) -> None:
        self._loader, self._action = loader, action

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._loader.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._action(module)
