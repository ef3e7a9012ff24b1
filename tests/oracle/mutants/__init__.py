"""The mutants: transfer functions, join rules and guard rules of the interpreter, disabled or inverted, with the program that notices."""

from tests.oracle.mutants import calls, control, data, guards, joins, meant, modes, running, training, values

MUTANTS = (
    *values.MUTANTS,
    *data.MUTANTS,
    *calls.MUTANTS,
    *modes.MUTANTS,
    *running.MUTANTS,
    *training.MUTANTS,
    *joins.MUTANTS,
    *control.MUTANTS,
    *guards.MUTANTS,
    *meant.MUTANTS,
)
