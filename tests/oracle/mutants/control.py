"""Branches, loops, exceptions and context managers."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant(
        "regions.run_if",
        "op.then if truth else op.orelse",
        "op.orelse if truth else op.then",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("regions.run_if", "    if truth is not None:", "    if False:", "correlated_flags"),
    Mutant("regions.run_if", "if guards.assume(machine, state, condition, truth=True):", "if True:", "correlated_flags"),
    Mutant("regions.run_if", "if guards.assume(machine, other, condition, truth=False):", "if True:", "flags_and_joins"),
    Mutant("regions.run_if", "ends.extend(machine.run_block(op.orelse, [other], frame, exits))", "pass", "correlated_flags"),
    Mutant("regions.run_try", "each.feasible = False", "pass", "exits_and_exceptions"),
    Mutant("regions.run_try", "caught = merge([*raised, *caught])", "caught = merge(caught)", "try_except_leak"),
    Mutant(
        "regions.run_try",
        "caught = merge([*raised, *caught])",
        "caught = merge(raised)",
        "exceptions_of_others",
    ),
    Mutant(
        "regions.run_try",
        "inner.raised.extend(each for each in raised if not _catches(op, each))",
        "inner.raised.extend(raised)",
        "exits_and_exceptions",
    ),
    Mutant(
        "regions.run_try",
        "inner.raised.extend(each for each in raised if not _catches(op, each))",
        "pass",
        "exceptions_of_others",
    ),
    Mutant(
        "regions.run_try",
        "normal = machine.run_block(op.orelse, normal, frame, inner)",
        "pass",
        "exceptions_of_others",
    ),
    Mutant("regions.run_try", "normal = machine.run_block(op.final, normal, frame, exits)", "pass", "generator_context"),
    Mutant(
        "regions.run_try", "for end in machine.run_block(op.final, [each], frame, exits):", "for end in [each]:", "try_finally"
    ),
    Mutant("regions.run_try", "        exits.broken.extend(inner.broken)\n", "", "joins_of_training"),
    Mutant(
        "regions.run_try", "        inner.pass_on(exits)\n        return normal", "        return normal", "joins_of_training"
    ),
    Mutant("operations._return", "    exits.returned.extend(states)", "    pass", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "operations._return", 'state.locals["<return>"] = state.locals[op.value]', "pass", "frozen_teacher_in_the_right_mode"
    ),
    Mutant("operations._break", "exits.broken.extend(states)", "pass", "counter_breaks"),
    Mutant("operations._continue", "exits.continued.extend(states)", "pass", "while_counter"),
    Mutant("operations._raise", "state.error = _class_raised(state, state.locals[op.value])", "pass", "caught_by_its_class"),
    Mutant(
        "regions._catches",
        "(base.name for base in (state.error.mro if state.error is not None else ()))",
        "()",
        "caught_by_its_class",
    ),
    Mutant("operations._raise", "exits.raised.extend(states)", "pass", "try_except_leak"),
    Mutant("loops._unrolled", "states = merge([*states, *inner.continued])", "states = merge(states)", "exits_and_exceptions"),
    Mutant("loops._unrolled", "done.extend(inner.broken)", "pass", "exits_and_exceptions"),
    Mutant("loops._unrolled", "states = machine.run_block(op.orelse, states, frame, exits)", "pass", "exits_and_exceptions"),
    Mutant("loops._loop", "after = machine.run_block(op.orelse, after, frame, exits)", "pass", "exits_and_exceptions"),
    Mutant("loops._loop", "after.append(skipped)", "pass", "loops_that_may_not_run"),
    Mutant("loops._loop", "skipped.feasible = False", "pass", "list_of_models"),
    Mutant(
        "loops._loop",
        "ends = [each for each in [*ends, *settled] if _can_end(machine, op, each, frame)]",
        "ends = [each for each in ends if _can_end(machine, op, each, frame)]",
        "stage_by_stage",
    ),
    Mutant(
        "loops._loop",
        "ends = [each for each in [*ends, *settled] if _can_end(machine, op, each, frame)]",
        "pass",
        "stage_by_stage",
    ),
    Mutant("loops._iterations", "for number in range(PASSES):", "for number in range(1):", "methods"),
    Mutant("loops._iterations", "for number in range(PASSES):", "for number in range(2):", "methods"),
    Mutant(
        "loops._iterations", "finished = merge([*finished, *inner.continued])", "finished = merge(finished)", "while_counter"
    ),
    Mutant("loops._iterations", "done.extend(inner.broken)", "pass", "exits_and_exceptions"),
    Mutant("loops._iterations", "if contained(each, known)", "", "methods"),
    Mutant("loops._iterations", "(widened or first_differs)", "widened", "every_other_step"),
    Mutant("loops._iterations", "(widened or first_differs)", "first_differs", "counter_breaks"),
    Mutant("loops._iterations", "min(repeated, began or 0)", "repeated", "loops_that_run_often"),
    Mutant("loops._iterations", "number + 1 >= least", "True", "loops_that_run_often"),
    Mutant("loops._iterations", "(number + 1, each.fork())", "(0, each.fork())", "loops_that_run_often"),
    Mutant("loops._test", "    if truth is False:", "    if False:", "later_iterations"),
    Mutant("loops._test", "left.feasible = False", "pass", "loops_that_run_once"),
    Mutant("contexts._with_object", "entered.append(end)", "entered.append(state)", "contexts_by_flag"),
    Mutant(
        "contexts._with_object",
        "for end in leave(each)]\n    for kind",
        "for end in [each]]\n    for kind",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "contexts._with_object",
        "end for each in merge(getattr(inner, kind)) for end in leave(each)",
        "end for each in merge(getattr(inner, kind)) for end in [each]",
        "methods",
    ),
    Mutant("contexts._with_generator", "                ends.append(each)", "                pass", "generator_context"),
    Mutant("contexts._with_generator", "machine.raising.extend(left.raised)", "pass", "exits_and_exceptions"),
    Mutant(
        "contexts._with_generator",
        "getattr(exits, kind).append(end)",
        "normal.append(end)",
        "contexts_by_flag",
    ),
    Mutant("frame.Exits.pass_on", "outer.returned.extend(self.returned)", "pass", "early_return"),
    Mutant("frame.Exits.pass_on", "outer.raised.extend(self.raised)", "pass", "what_iterations_leave"),
    Mutant(
        "loops.run_for",
        "type(iterable) is Generator and generators.takes_turns(machine, iterable, frame)",
        "False",
        "generators_in_turn",
    ),
    Mutant(
        "loops._iterate",
        "        elements = containers.each_option(machine, state, iterable)",
        "        pass",
        "what_loops_visit",
    ),
    Mutant("loops._iterate", "models.forget_symbol(machine, entering, key)", "pass", "another_each_time"),
    Mutant("loops._iterate", "first_differs=earliest != later", "first_differs=False", "what_loops_visit"),
    Mutant(
        "loops._can_end",
        "return any(guards.truth(machine, each, each.locals[op.condition]) is not True for each in results)",
        "return True",
        "stage_by_stage",
    ),
    Mutant("loops._unrolled", "machine.iteration = (*outer, (hash_span(op.span), str(number)))", "pass", "what_loops_visit"),
    Mutant("machine.Machine.enter_cells", ", self.unrolled()", "", "what_loops_visit"),
    Mutant(
        "generators.run_in_turn",
        "ends = [*machine.run_block(op.body, [at], frame, body), *body.continued]",
        "ends = machine.run_block(op.body, [at], frame, body)",
        "generators_in_turn",
    ),
    Mutant("generators.run_in_turn", "exits.returned.extend(left.returned)", "pass", "generators_in_turn"),
    Mutant("generators.run_in_turn", "merge([*ends, *left.broken])", "ends", "generators_in_turn"),
)
