"""Modes that are meant: for an inference, for a training step, or by repetition."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant("repeats.repeated_calls", "type(op) is For", "False", "meant_by_repetition"),
    Mutant("repeats._repeated_in", "if by - {candidate.text}", "if False", "meant_by_repetition"),
    Mutant("repeats._repeated_in", " and _serves(loop, candidate)", "", "meant_by_repetition"),
    Mutant("repeats._repeated_in", "candidate.into in _steady(body, others, candidate) and", "", "meant_by_repetition"),
    Mutant("repeats._changes", 'changes.setdefault(op.name, set()).add("=")', "pass", "meant_by_repetition"),
    Mutant("repeats._changes", 'changes.setdefault(names.get(op.owner, ""), set()).add("=")', "pass", "meant_by_repetition"),
    Mutant(
        "repeats._changes", 'changes.setdefault(op.text.partition(".")[0], set()).add(op.text)', "pass", "meant_by_repetition"
    ),
    Mutant("repeats._serves", "(type(op) is Load and op.name in names) or ", "", "meant_by_repetition"),
    Mutant("repeats._serves", " or not results.isdisjoint(registers_read(op))", "", "meant_by_repetition"),
    Mutant("repeats._serves", "            return False", "            pass", "meant_by_repetition"),
    Mutant("repeats._steady", "same = op.name not in changed", "same = True", "meant_by_repetition"),
    Mutant(
        "repeats._steady",
        "(op.function, *(argument.value for argument in op.arguments))",
        "(op.function,)",
        "meant_by_repetition",
    ),
    Mutant("repeats._directly_in", "if not isinstance(op, (For, While)):", "if True:", "meant_by_repetition"),
    Mutant("emit._live_layers", "if _is_repeated(machine, record.site):", "if False:", "meant_by_repetition"),
    Mutant("emit._live_layers", "elif record.gradients is False:", "elif False:", "meant_for_inference"),
    Mutant("emit._live_layers", "elif record.gradients is False:", "else:", "meant_for_inference"),
    Mutant("emit._live_layers", " if leaf.is_fitted", "", "meant_for_inference"),
    Mutant("emit._is_meant", " and not _serves_training(machine, cause)", "", "meant_for_inference"),
    Mutant("emit._set_for_it", ' or cause.kind != "called"', "", "load_then_infer"),
    Mutant("emit._set_for_it", "setting[:depth] != running[:depth] or ", "", "meant_for_inference"),
    Mutant("emit._set_for_it", " or not _same_function(setting[depth], running[depth])", "", "meant_for_inference"),
    Mutant("emit._set_for_it", "    if len(setting) > len(running) and", "    if False and", "meant_for_inference"),
    Mutant(
        "emit._set_for_it",
        "    return not any(\n        _same_function(place",
        "    return True or not any(\n        _same_function(place",
        "meant_for_inference",
    ),
    Mutant(
        "emit._set_for_it",
        "(step.step, step.backward, *chain[depth : depth + 1])",
        "(step.step, step.backward)",
        "meant_for_inference",
    ),
    Mutant(
        "emit._set_for_it",
        "(step.step, step.backward, *chain[depth : depth + 1])",
        "(*chain[depth : depth + 1],)",
        "training_by_owner",
    ),
    Mutant("emit._meant_once", "any(mode.train is not None for", "any(False for", "meant_for_training"),
    Mutant(
        "emit._meant_once",
        "any(_is_asked_for(machine, step, record, mode.eval) for mode in machine.modes_set.get(leaf.oid, ()))",
        "True",
        "meant_for_training",
    ),
    Mutant("emit._meant_once", "    return any(_is_asked_for", "    return False and any(_is_asked_for", "meant_for_training"),
    Mutant(
        "emit._meant_once",
        "machine.modes_set.get(leaf.oid, ())",
        "(mode for modes in machine.modes_set.values() for mode in modes)",
        "meant_for_training",
    ),
    Mutant(
        "emit._meant_once",
        "any(_trains_too(machine, record, step) for step in machine.log.steps)",
        "False",
        "meant_for_training",
    ),
    Mutant("emit._is_asked_for", "cause.site.span.row < used.span.row", "True", "meant_for_training"),
    Mutant("emit._is_asked_for", " or cause.calls != record.calls[: len(cause.calls)]", "", "meant_for_training"),
    Mutant("emit._is_asked_for", " and _trains_in(machine, record, cause)", "", "meant_for_training"),
    Mutant("emit._is_asked_for", " and not _looked_between(machine, record, cause)", "", "meant_for_training"),
    Mutant("emit._is_asked_for", "(record.site, step.backward)", "(record.site,)", "meant_for_training"),
    Mutant("emit._is_asked_for", "(record.site, step.backward)", "(step.backward,)", "meant_for_training"),
)
