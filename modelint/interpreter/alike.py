"""Functions that nobody calls and that differ in constants only, as the constructors of a library's many variants of one model do."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from modelint.interpreter.emit import inference_reason
from modelint.interpreter.log import ForwardRecord, Log
from modelint.interpreter.machine import Machine
from modelint.ir.form import form_of
from modelint.ir.module import FunctionIR

ENOUGH = 2


class Alike:
    """Which functions need not be run: where the first `ENOUGH` of a form did nothing with a model but make it, the others do no more."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._quiet: dict[Hashable, int] = {}
        self._eventful: set[Hashable] = set()

    def is_known(self, path: str, function: FunctionIR) -> bool:
        form = path, form_of(function)
        return form not in self._eventful and self._quiet.get(form, 0) >= ENOUGH

    @contextmanager
    def watch(self, path: str, function: FunctionIR) -> Iterator[None]:
        """Note what a function does that is run in this context."""
        form, log = (path, form_of(function)), self.machine.log
        before, forwards = _count(log), len(log.forwards)
        yield
        if self.machine.exhausted or _count(log) != before or any(self._counts(each) for each in log.forwards[forwards:]):
            self._eventful.add(form)
        else:
            self._quiet[form] = self._quiet.get(form, 0) + 1

    def _counts(self, record: ForwardRecord) -> bool:
        """Whether a forward is inference, or part of a training."""
        return bool(record.uses & {"backward", "target"}) or inference_reason(self.machine, record) is not None


def _count(log: Log) -> tuple[int, ...]:
    return len(log.steps), len(log.events), len(log.reveals)
