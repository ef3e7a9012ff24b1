"""Generates training programs from a seed: a grammar of the constructs that training code is written in.

A program has one or two models with their optimizers, or a trainer of a framework, and a random composition of mode calls, training
steps, inference, calls of helpers, branches on two flags that nobody knows, loops, early exits, exceptions and context managers. It is
run once for each value of the flags, so that what can happen does happen, and loops run often enough to reach their end state: what
the interpreter says must then be what the runs together did, no more and no less.

By hand: `python -m tests.oracle.generate --from 0 --count 1000` prints failures, minimised; `--print` the programs, `--coverage` the
table of what they cover.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterable

from tests import torchvision_on_cpu
from tests.oracle.grammar.programs import program
from tests.oracle.programs_on_disk import Program


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Generates programs and prints where the interpreter and execution disagree.")
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--minimise", type=int, default=3, metavar="N", help="how many failures to minimise")
    parser.add_argument("--print", action="store_true", help="print the programs and do nothing else")
    parser.add_argument(
        "--coverage", action="store_true", help="print which constructs and pairs the programs have, and do nothing else"
    )
    options = parser.parse_args(arguments)
    seeds = range(options.first, options.first + options.count)
    if options.coverage:
        from tests.oracle.coverage import table

        print(table(seeds))
    elif options.print:
        for seed in seeds:
            print(text_of(program(seed)[0]))
    else:
        return _compared(seeds, options.minimise)
    return 0


def _compared(seeds: Iterable[int], minimise: int) -> int:
    from tests.oracle.compare import compare
    from tests.oracle.minimise import minimised

    torchvision_on_cpu.install()
    logging.disable(logging.WARNING)  # frameworks tell what they found on this machine
    kinds: Counter[str] = Counter()
    count = forwards = wrong = failed = 0
    started = time.process_time()
    for seed in seeds:
        generated, _ = program(seed)
        comparison = compare(generated, judged=False)
        count, forwards, wrong = count + 1, forwards + comparison.forwards, wrong + comparison.wrong
        kinds.update(comparison.kinds)
        if comparison.problems:
            failed += 1
            print(f"==== seed {seed}: {sorted(comparison.kinds)} {comparison.problems[0][1]}", flush=True)
            if failed <= minimise:
                small = minimised(generated, comparison)
                print(f"{text_of(small.program)}\n{small}\n", flush=True)
        if count % 1000 == 0:
            print(f"{count} programs, {failed} disagree, {time.process_time() - started:.0f} s", flush=True)
    print(f"{count} programs, {forwards} forwards, {wrong} wrong, {failed} programs disagree ({dict(kinds)})")
    return int(bool(failed))


def text_of(generated: Program) -> str:
    """The files of a program, the main one first."""
    return "\n".join(text if path == generated.main else f"# ---- {path}\n{text}" for path, text in generated.files.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
