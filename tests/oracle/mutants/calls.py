"""Calls: arguments, functions, decorators, generators, classes, what is reused."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant(
        "arguments.bind",
        "given(name, positional.pop(0))",
        "UNKNOWN; positional.pop(0)",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("arguments.bind", "given(name, keywords.pop(name))", "UNKNOWN; keywords.pop(name)", "seed 2"),
    Mutant("arguments.bind", "bindings[name] = defaults[name]", "bindings[name] = UNKNOWN", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "arguments.bind", "entries: dict[Plain, Value] = dict(keywords.items())", "entries: dict[Plain, Value] = {}", "seed 12"
    ),
    Mutant(
        "arguments.bind", "_starred(machine, state, function, positional, arguments.rest, frame)", "UNKNOWN", "ways_of_calling"
    ),
    Mutant("arguments.arguments_of", "keywords.update({str(k): v for k, v in obj.attributes.items()})", "pass", "seed 12"),
    Mutant("calls.call_value", "(*function.arguments, *arguments.positional)", "(*arguments.positional,)", "seed 4"),
    Mutant(
        "calls.call_value",
        "        return classes.instantiate(machine, state, function, arguments, frame, span, op)",
        "        return [(state, UNKNOWN)]",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "calls._call_choice",
        "branch = state.fork() if number < len(usable) - 1 else state",
        "branch = state",
        "ways_of_calling",
    ),
    Mutant(
        "calls.call_function",
        "    if not stub and (not fits or skipping.can_skip(machine, state, function, arguments)):",
        "    if not stub:",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "calls.call_function",
        "    if not stub and (not fits or skipping.can_skip(machine, state, function, arguments)):",
        "    if not stub and not fits:",
        "",
        "speed: no call is skipped",
    ),
    Mutant(
        "calls.call_function",
        "if machine.on_stack.get(where, 0) >= limit",
        "if machine.on_stack.get(where, 0) >= 1",
        "train_override",
    ),
    Mutant(
        "calls.enter",
        'machine.identity(("context", frame.context, frame.module, span))',
        "frame.context",
        "flags_and_joins",
    ),
    Mutant(
        "calls._call_bound",
        "return call_value(machine, state, function, arguments.behind(receiver), frame, span, op)",
        "return call_value(machine, state, function, arguments, frame, span, op)",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "calls.decorate",
        "    results = call_value(machine, state, decorator, Arguments((target,), {}, None), frame, span)",
        "    return [(state, target)]",
        "methods",
    ),
    Mutant(
        "calls.decorate",
        'return [(state, Wrapped("contextmanager", target))]',
        "return [(state, target)]",
        "",
        "the same: a generator function called in a `with` is run as one either way",
    ),
    Mutant(
        "unresolved.cut_short",
        "    if not skipping.can_skip(machine, state, function, arguments):",
        "    if False:",
        "recursion_cut",
    ),
    Mutant("generators.consume", "yielded.append(value)", "pass", "generators_of_models"),
    Mutant("generators.consume", "ends = [end for end, _ in results] or merge(paused)", "ends = merge(paused)", "seed 8"),
    Mutant(
        "classes.instantiate",
        'Mode(train=Cause("created", site',
        'Mode(eval=Cause("created", site',
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("classes.instantiate", "machine.fresh(state, earlier, frame)", "pass", "modes_of_parts"),
    Mutant(
        "classes._initialise",
        "if found is not None and type(found[0]) is Function:",
        "if False:",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("machine.Machine.fresh", "state.rename(oid, older)", "pass", "modes_of_parts"),
    Mutant("machine.Machine.enter_cells", "    if ir.cells:", "    if False:", "methods"),
    Mutant(
        "machine.Machine.run_function",
        "for end in exits.returned:",
        "for end in exits.returned[:0]:",
        "",
        "speed: names that nobody reads any more are kept",
    ),
    Mutant(
        "machine.Machine.run_function", "merge([*normal, *exits.returned])", "merge([*normal, *exits.returned][:1])", "seed 1"
    ),
    Mutant("machine.Machine.run_function", "self.raising.extend(raised)", "pass", "try_except_leak"),
    Mutant(
        "machine.Machine.run_block",
        "            self._cut(states)\n            return []",
        "            self._cut(states)",
        "",
        "only behind the budget, whose use is counted and told",
    ),
    Mutant(
        "reuse.finish",
        "(example.activity, example.decided) != (machine.log.activity, machine.decided)",
        "example.activity != machine.log.activity",
        "early_return_by_flag",
    ),
    Mutant(
        "reuse.finish",
        "(example.activity, example.decided) != (machine.log.activity, machine.decided)",
        "example.decided != machine.decided",
        "try_except_leak",
    ),
    Mutant("reuse.apply", "example.inputs != _inputs(state, op) or ", "", "calls_in_several_states"),
    Mutant("reuse.apply", " or example.grad != state.grad", "", "calls_in_several_states"),
    Mutant(
        "reuse.apply",
        "    if any(state.heap.get(oid) is not example.heap.get(oid) for oid in example.looked_at):\n        return False",
        "    pass",
        "calls_in_several_states",
    ),
    Mutant("heap.Heap.watched", "(*self._watchers, by)", "self._watchers", "calls_in_several_states"),
    Mutant(
        "machine.Machine.enter_cells", "skipping.name_holds(self, state, str(name), value)", "pass", "closure_over_a_parameter"
    ),
    Mutant("reuse.begin", "_inputs(state, op), machine", "(), machine", "", "speed: no call is reused"),
    Mutant(
        "native_calls._map",
        "value in calls.call_value(machine, at, function",
        "value in calls.call_value(machine, at, UNKNOWN",
        "generators_of_models",
    ),
    Mutant("alike.Alike.is_known", "form not in self._eventful and", "", "functions_alike"),
    Mutant("alike.Alike.watch", "_count(log) != before or ", "", "functions_alike"),
    Mutant("alike.Alike.watch", " or any(self._counts(each) for each in log.forwards[forwards:])", "", "functions_alike"),
    Mutant("alike.Alike._counts", 'bool(record.uses & {"backward", "target"}) or ', "", "functions_alike"),
    Mutant("alike.Alike._counts", " or inference_reason(self.machine, record) is not None", "", "functions_alike"),
    Mutant(
        "calls._call_object",
        "return call_value(machine, state, found[0], arguments.behind(ref), frame, span, op)",
        "return [(state, UNKNOWN)]",
        "holders_and_proxies",
    ),
    Mutant(
        "calls._own_step", "steps.step(machine, end, owned, machine.site(frame, span), frame)", "pass", "what_python_decides"
    ),
    Mutant("calls.get_item", "if found is not None:", "if False:", "holders_and_proxies"),
    Mutant(
        "unresolved._result",
        "if received and not call.is_harmless and not call.frame.is_stub:",
        "if False:",
        "calls_not_followed",
    ),
    Mutant(
        "unknown_methods.call_method",
        "passes.backward(machine, state, data, machine.site(call.frame, call.span), call.frame)",
        "pass",
        "outputs_of_two_ways",
    ),
    Mutant(
        "unknown_methods.call_method",
        "return [(state, Data(None, data=data.data, objects=objects))]",
        "return [(state, data)]",
        "training_by_owner",
    ),
    Mutant("linker.Linker._is_library", "if self._stubs.yields(module) else ()", "if False else ()", "own_trainer"),
)
