"""Generated programs, run for real and interpreted, must agree. A failure prints its program, made small."""

import pytest

from tests.oracle.grammar.programs import program

PROGRAMS = 1000
BATCHES = 20


@pytest.mark.parametrize("batch", range(BATCHES))
def test_interpreter_agrees_with_execution(batch: int) -> None:
    from tests.oracle.compare import compare
    from tests.oracle.generate import text_of
    from tests.oracle.minimise import minimised

    failures = []
    for seed in range(batch * PROGRAMS // BATCHES, (batch + 1) * PROGRAMS // BATCHES):
        comparison = compare(program(seed)[0], judged=False)
        if comparison.problems:
            failures.append((seed, comparison))
    if failures:
        seed, comparison = failures[0]
        small = minimised(comparison.program, comparison, seconds=20)
        others = "".join(f"\nseed {number}: {other.problems[0][1]}" for number, other in failures[1:])
        pytest.fail(f"seed {seed}:\n{text_of(small.program)}\n{small}{others}", pytrace=False)


def test_the_generator_is_deterministic() -> None:
    assert [program(seed)[0].files for seed in range(20)] == [program(seed)[0].files for seed in range(20)]
