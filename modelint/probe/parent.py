"""Runs a program under the probe: in a subprocess, with limits, and with no process left behind, however it ends."""

from __future__ import annotations

import functools
import importlib.util
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Literal

import msgspec

from modelint.errors import ProbeError
from modelint.probe.processes import Family, adopting_orphans
from modelint.probe.protocol import Record, Settings

VARIABLE = "MODELINT_PROBE"
STARTUP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "startup")
ECHO_LIMIT = 1_000_000
"""Bytes of output that are passed on. A program may print gigabytes."""
TAIL = 8_000
READ_SECONDS = 5.0
"""How long the end of the output is waited for: what cannot be ended may hold it open."""
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Who ends modelint, or closes its terminal, ends the program too: raised like Ctrl-C."""
POLL_SECONDS = 0.1
WEIGHING_SHARE = 1 / 30
"""How much of the time may go into asking for the memory of processes, of which a machine may have many."""
TELL_SECONDS = 20.0
"""How often something is said of a program that takes its time."""


OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "WANDB_MODE": "disabled"}
"""Variables that keep libraries to what is on this machine."""


class Limits(msgspec.Struct, frozen=True):
    """What a program may use; None for no limit."""

    seconds: float | None = None
    gigabytes: float | None = None


class Ending(msgspec.Struct, frozen=True):
    """How a program ended: by itself with `code`, negative for a signal, or stopped at a limit. `output` is the end of what it
    printed."""

    how: Literal["itself", "timeout", "memory"]
    code: int
    output: str
    seconds: float


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """What to run: a command, where, and with which variables besides the present ones. `shown`: the script or module in it, as
    diagnostics name it."""

    command: tuple[str, ...]
    folder: str
    variables: Mapping[str, str] = {}
    shown: str = ""


def record(
    program: Program,
    settings: Settings,
    limits: Limits,
    echo: Callable[[bytes], None],
    waiting: Callable[[float, tuple[Record, ...]], None],
) -> tuple[Ending, tuple[Record, ...]]:
    """Run a program and hand back how it ended and what each of its processes saw, in the order of their ranks. `waiting` is given
    the seconds that have passed and what was seen so far."""
    with temporary_folder() as folder:
        path = os.path.join(folder, "settings.json")
        with open(path, "wb") as file:
            file.write(msgspec.json.encode(msgspec.structs.replace(settings, out=folder, parent=os.getpid())))
        path_before = os.environ.get("PYTHONPATH")
        paths = os.pathsep.join([STARTUP, path_before] if path_before else [STARTUP])
        variables = {**program.variables, "PYTHONPATH": paths, VARIABLE: path}
        marked_program = msgspec.structs.replace(program, variables=variables)
        still = functools.partial(_still, folder, waiting)
        ending = run(marked_program, f"{VARIABLE}={path}", limits, echo, still)
        return ending, _records(folder)


@contextmanager
def temporary_folder() -> Iterator[str]:
    """A folder that is gone afterwards, also if this process is killed: a shell waits for its end."""
    with tempfile.TemporaryDirectory(prefix="modelint-probe-") as folder:
        command = ("/bin/sh", "-c", 'read -r end; rm -rf "$0"', folder)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True):
            yield folder


def _still(folder: str, waiting: Callable[[float, tuple[Record, ...]], None], seconds: float) -> None:
    waiting(seconds, _records(folder))


def run(program: Program, mark: str, limits: Limits, echo: Callable[[bytes], None], waiting: Callable[[float], None]) -> Ending:
    """Run a program to its end or to a limit. `mark` is one of its variables as `NAME=value`; `waiting` is given the seconds that have
    passed, now and then."""
    start = time.monotonic()
    with adopting_orphans():
        family = Family(mark)
        process = _started(program)
        assert process.stdout is not None
        reader = _Reader(process.stdout, echo)
        try:
            with _signals(_ENDING, signal.default_int_handler):
                how = _wait(process, family, limits, start, waiting)
        finally:
            with _signals((signal.SIGINT, *_ENDING), signal.SIG_IGN):
                family.end(process.pid)
                process.wait()
                reader.join(READ_SECONDS)
    return Ending(how, process.returncode, reader.tail, time.monotonic() - start)


def _started(program: Program) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            program.command,
            cwd=program.folder,
            env={**os.environ, **program.variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise ProbeError(f"{program.command[0]}: cannot be started: {error.strerror}") from None


def _wait(
    process: subprocess.Popen[bytes], family: Family, limits: Limits, start: float, waiting: Callable[[float], None]
) -> Literal["itself", "timeout", "memory"]:
    told = weighed = cost = 0.0
    while True:
        try:
            process.wait(POLL_SECONDS)
            return "itself"
        except subprocess.TimeoutExpired:
            pass
        passed = time.monotonic() - start
        if limits.seconds is not None and passed > limits.seconds:
            return "timeout"
        if limits.gigabytes is not None and passed - weighed > cost / WEIGHING_SHARE:
            if family.has_more_than(limits.gigabytes * 1e9):
                return "memory"
            weighed, cost = passed, time.monotonic() - start - passed
        if passed - told > TELL_SECONDS:
            waiting(passed)
            told = passed


class _Reader(threading.Thread):
    """Reads all that a program prints, so that it never waits; passes the beginning on and keeps the end."""

    def __init__(self, stream: IO[bytes], echo: Callable[[bytes], None]) -> None:
        super().__init__(daemon=True)
        self._stream, self._echo, self._left = stream, echo, ECHO_LIMIT
        self._kept = b""
        self.start()

    @property
    def tail(self) -> str:
        return self._kept.decode("utf-8", "replace")

    def run(self) -> None:
        while chunk := os.read(self._stream.fileno(), 65_536):
            self._kept = (self._kept + chunk)[-TAIL:]
            if self._left > 0:
                self._echo(chunk[: self._left])
                self._left -= len(chunk)
                if self._left <= 0:
                    self._echo(b"\n[the rest of the output is left out]\n")
        self._stream.close()


@contextmanager
def _signals(numbers: Sequence[signal.Signals], handler: Callable[..., object] | signal.Handlers) -> Iterator[None]:
    """These signals get a handler, where a thread may do that; one that is ignored by inheritance stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = [signal.signal(number, handler) for number in numbers]
    try:
        yield
    finally:
        for number, earlier in zip(numbers, before, strict=True):
            signal.signal(number, earlier)


def _records(folder: str) -> tuple[Record, ...]:
    records = []
    for name in sorted(os.listdir(folder)):
        if name.startswith("record-") and name.endswith(".json"):
            with open(os.path.join(folder, name), "rb") as file:
                records.append(_decoded(file.read()))
    return tuple(sorted(records, key=lambda found: found.rank))


def _decoded(data: bytes) -> Record:
    try:
        return msgspec.json.decode(data, type=Record)
    except msgspec.DecodeError as error:
        raise ProbeError(f"the probed process wrote a record that cannot be read: {error}") from None


def python_command(python: str, script: str | None, module: str | None, arguments: Sequence[str]) -> tuple[str, ...]:
    """The command that runs a script or a module as the user would."""
    return (python, *(("-m", module) if module is not None else (script or "",)), *arguments)


def require_machine(python: str, *, cuda: bool = False) -> None:
    """Raises a `ProbeError` where processes cannot be held, where there is no torch, or no GPU that it can use."""
    if os.name != "posix":
        raise ProbeError("the probe needs Linux or macOS: elsewhere it could not end what it starts")
    if importlib.util.find_spec("torch") is None:
        raise ProbeError(
            "the probe runs real models and needs torch: pip install 'modelint[probe]', or run modelint where torch is"
        )
    test = "import torch, sys; sys.exit(not torch.cuda.is_available())"
    if cuda and subprocess.run([python, "-c", test], stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode:
        raise ProbeError("torch sees no GPU here; use --device cpu or auto")
