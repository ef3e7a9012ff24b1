"""By hand: `python -m tests.oracle.show [NAME ...]` prints where the interpreter and execution disagree; `-v` prints both sides.
NAME is a program of the folder `programs` or the path of a file."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.oracle import abstract, real
from tests.oracle.compare import Comparison, compare
from tests.oracle.programs_on_disk import Program, programs


def main(arguments: list[str]) -> int:
    verbose = "-v" in arguments
    names = [name for name in arguments if name != "-v"]
    chosen = [program for program in programs() if not names or program.name in names]
    chosen += [
        Program(Path(name).stem, {Path(name).name: Path(name).read_text()}, Path(name).name)
        for name in names
        if Path(name).is_file()
    ]
    failed = 0
    for program in chosen:
        if verbose:
            show(program)
        comparison = _compared(program)
        failed += bool(comparison.problems)
        if comparison.problems or verbose:
            print(f"== {program.name}: {comparison.forwards} forwards, {comparison.wrong} wrong")
            print(comparison)
    print(f"{len(chosen)} programs, {failed} disagree")
    return min(failed, 1)


def _compared(program: Program) -> Comparison:
    if library := real.missing(program.needs):
        return Comparison(program, [("skipped", f"{library} cannot be imported here")])
    return compare(program)


def show(program: Program) -> None:
    """Both sides, line by line."""
    with program.in_a_folder() as folder:
        run = real.run(program, folder)
        interpretation = abstract.interpret(folder)
    for forward in dict.fromkeys(
        (f.place, f.class_name, tuple(sorted(f.modes)), f.gradients, bool(f.trained)) for f in run.forwards
    ):
        print("real    ", *forward)
    for each in interpretation.forwards:
        print("abstract", each)
    for step in sorted(run.steps):
        print("real step    ", *step)
    for known in sorted(interpretation.steps, key=str):
        print("abstract step", *known)
    for diagnostic in interpretation.diagnostics:
        print(diagnostic.code, diagnostic.span.row, diagnostic.confidence.value, diagnostic.message)
        for trace in diagnostic.trace:
            print("   ", trace.filename, trace.span.row, trace.message)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
