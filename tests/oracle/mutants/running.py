"""Which parts of a model a forward runs."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant("running.parts_run", "None if uses is None else _named(machine, state, obj, uses)", "None", "parts_that_run"),
    Mutant("running.parts_run", "                yield name, child, named[name]", "                pass", "parts_that_run"),
    Mutant("running._named", ' or "forward" in obj.attributes', "", "parts_that_run"),
    Mutant("running._named", "if path and path[0] in obj.attributes:", "if False:", "parts_that_run"),
    Mutant(
        "running._read", 'path[0] if path else "forward" for path in uses', "path[0] for path in uses if path", "parts_that_run"
    ),
    Mutant("running._read", "name not in obj.attributes and ", "", "parts_that_run"),
    Mutant("running._read", " and name not in OWN", "", "parts_that_run"),
    Mutant("running.looks_at_own_mode", 'read is None or any(path == ("training",) or', "True or any(", "parts_that_run"),
    Mutant("running.looks_at_own_mode", 'path == ("training",) or', "", "parts_that_run"),
    Mutant(
        "running._named",
        "if any(_hides(state, obj.attributes[name]) for name in named if name in obj.attributes):",
        "if False:",
        "parts_that_run",
    ),
    Mutant(
        "running._named",
        "    for path in read:\n        named.setdefault(path[0], set()).add(path[1:])",
        "    pass",
        "parts_that_run",
    ),
    Mutant("running._hides", "not _is_module(state, each) and", "", "parts_that_run"),
    Mutant(
        "running._read_by",
        'if any(_is_own(info, name) for name in ("__getattr__", "__call__")):',
        "if False:",
        "parts_that_run",
    ),
    Mutant("running._read_by", " or any(path[0] in ALL_PARTS for path in paths)", "", "parts_that_run"),
    Mutant("running._read_by", "pending.extend(", "list(", "parts_that_run"),
    Mutant("running._read_by", 'and "super" not in function.ir.words', "", "parts_that_run"),
    Mutant("running._is_own", "not found[1].is_stub", "True", "parts_that_run"),
    Mutant("uses.paths_used", "    if own in function.cells:\n        return None", "    pass", "parts_that_run"),
    Mutant("uses.paths_used", "        if () in paths:\n            return None", "        pass", "parts_that_run"),
    Mutant("uses.paths_used", "held[op.into] = (*held[op.owner], op.name)", "held.pop(op.into, None)", "parts_that_run"),
    Mutant("uses.paths_used", "held.pop(into, None)", "pass", "parts_that_run"),
    Mutant("uses.registers_read", "yield each.value", "pass", "parts_that_run"),
)
