"""Small training programs, run for real and interpreted, must agree event by event and be judged as their comments say."""

import pytest

from tests.oracle.programs_on_disk import Program, programs


@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_interpreter_agrees_with_execution(program: Program) -> None:
    from tests.oracle.compare import compare
    from tests.oracle.real import missing

    if library := missing(program.needs):
        pytest.skip(f"{library} cannot be imported here")
    comparison = compare(program)
    assert not comparison.problems, f"\n{comparison}"
    assert comparison.forwards, "a program runs a model"
