"""Fixed programs run: the programs of the oracle that have findings are fixed and executed, and every forward is in the right mode."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from modelint.config.schema import Config
from modelint.engine.fixes import fix
from modelint.engine.options import Options
from modelint.fixing.loop import Fixed
from tests.oracle.programs_on_disk import Program, programs

NOT_HELD = "no class holds the teachers that could keep them in eval mode"
LEFT_OUT = {
    "phase_wrong": "the modes are set on a copy of the model, and one line both trains and infers",
    "forward_sets_the_mode": "the fix is looked for outside the `forward` that switches its own part",
    "frozen_teacher_in_train_mode": NOT_HELD,
    "functions_alike": NOT_HELD,
    "weights_on_one_way": NOT_HELD,
    "train_override_not_called": "there is no fix: where the override should be called is for its author to say",
    "gan_samples": "samples that are a target of the discriminator are meant to be in train mode",
    "one_of_two_lists": "one line both trains and infers",
    "generators_in_turn": "the fix is looked for in the generator, and what switches the mode is the loop over it",
}


def fixed(program: Program) -> tuple[Program, Fixed]:
    """The program after its fixes, and what was done."""
    with program.in_a_folder() as folder:
        result = fix([folder], Config(root=folder), Options(jobs=1, use_cache=False, folder=folder), unsafe=True)
        changed = {os.path.relpath(file.absolute, folder): file.after.decode() for file in result.files}
    return replace(program, files={**program.files, **changed}), result


@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_fixed_program_runs_in_the_right_modes(program: Program) -> None:
    pytest.importorskip("torch")
    from tests.oracle import real

    if library := real.missing(program.needs):
        pytest.skip(f"{library} cannot be imported here")
    if reason := LEFT_OUT.get(program.name):
        pytest.skip(reason)
    after, result = fixed(program)
    assert result.problems == ()
    left = [diagnostic for diagnostic in result.report.diagnostics if diagnostic.code]
    assert not left, left
    if not result.files:
        return
    with after.in_a_folder() as folder:
        run = real.run(after, folder)
    wrong = {
        f"{forward.place.path}:{forward.place.row}"
        for forward in run.forwards
        if (forward.wrongly_trained or forward.wrongly_inferred)
        and "# ok:" not in after.files[forward.place.path].split("\n")[forward.place.row - 1]
    }
    assert not wrong, f"{sorted(wrong)}\n{after.files[after.main]}"
