"""Tests: what is known of them and what follows."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant("guards.truth", "return bool(value.value)", "return None", "methods"),
    Mutant("guards.truth", "return True if bits == 1 else False if bits == 2 else", "return", "was_training"),
    Mutant(
        "guards.truth",
        "return answers.pop() if len(answers) == 1 else None",
        "return None",
        "one_of_two_values",
    ),
    Mutant(
        "guards.assume",
        "        return assume_key(machine, state, value.key, truth=truth)",
        "        return True",
        "correlated_flags",
    ),
    Mutant("guards.assume", "_may_be(machine, state, option, wanted=truth)", "True", "one_of_two_values"),
    Mutant("guards._may_be", "(wanted, None)", "(wanted,)", "one_of_two_values"),
    Mutant("guards._may_be", "(wanted, None)", "(not wanted, None)", "one_of_two_values"),
    Mutant("guards.assume_key", "state.ways = ways", "pass", "correlated_flags"),
    Mutant("guards.assume_key", "        return False", "        return True", "flags_and_joins"),
    Mutant("guards.replace", "state.locals[name] = new", "pass", "holders_and_proxies"),
    Mutant("conditions._implied", "return None if inner is None else not inner", "return inner", "flags_and_joins"),
    Mutant("conditions._implied", "return decisive\n", "return not decisive\n", "flags_and_joins"),
    Mutant("conditions._implied", "return None if None in answers else not decisive", "return None", "flags_and_joins"),
    Mutant("conditions._implied", "return equal == key[2]", "return None", "infeasible_paths"),
    Mutant("conditions._assume", "return way if known is truth else None", "return way", "flags_and_joins"),
    Mutant(
        "conditions._assume",
        "return _assume(way, parts_of(key)[0], truth=not truth)",
        "return _assume(way, parts_of(key)[0], truth=truth)",
        "flags_and_joins",
    ),
    Mutant("conditions._assume", 'if head == ("and" if truth else "or"):', "if False:", "flags_and_joins"),
    Mutant("conditions._assume", "if truth and _equates(key):", "if False:", "", "open: no program that notices was found"),
    Mutant("conditions.joined", "simplified([*some, *(way for way in others if way not in some)])", "some", "flags_and_joins"),
    Mutant("conditions.joined", "simplified([*some, *(way for way in others if way not in some)])", "ANY", "flags_and_joins"),
    Mutant("conditions.simplified", "    while len(kept) > WAYS:", "    while len(kept) > 1:", "flags_and_joins"),
    Mutant(
        "conditions._united", "return a  # whatever b assumes besides", "return b", "", "open: it forgets less than it could"
    ),
    Mutant(
        "conditions._united",
        "            return common",
        "            return None",
        "",
        "speed: ways that differ in one test only are kept apart",
    ),
    Mutant("operators.operate", "return FALSE if known else TRUE", "return TRUE if known else FALSE", "flags_and_joins"),
    Mutant("operators.operate", 'return Data(("not", key)) if key else UNKNOWN', "return UNKNOWN", "flags_and_joins"),
    Mutant(
        "operators.compare",
        "return TRUE if known is not negative else FALSE",
        "return TRUE if known is negative else FALSE",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "operators.compare",
        'return Data(("not", key) if negative else key)',
        "return Data(key)",
        "",
        "open: no program that notices was found",
    ),
    Mutant("operators._connect", 'decisive = operator == "or"', 'decisive = operator == "and"', "flags_and_joins"),
    Mutant("operators._connect", "return Data((operator, *keys))", "return UNKNOWN", "flags_and_joins"),
    Mutant("operators._decide_range", "return False\n", "return None\n", "later_iterations"),
    Mutant("instances.is_instance", "return FALSE", "return TRUE", "flags_and_joins"),
    Mutant("instances._instance_of", "if of.info in obj.cls.mro:", "if of.info is obj.cls:", "flags_and_joins"),
)
