"""Modes, parts and copies."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant(
        "modes._new_mode",
        "Mode(train=cause) if value.value else Mode(eval=cause)",
        "Mode(eval=cause) if value.value else Mode(train=cause)",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("modes._new_mode", "return was if was.bits == value.own.bits else value.own", "return was", "modes_of_parts"),
    Mutant("modes._new_mode", "    if type(value) is ModeValue:", "    if False:", "class_context"),
    Mutant("modes.read_mode", "machine.log.activity += 1", "pass", "mode_decides_in_a_method"),
    Mutant("modes.set_flags", "        state.set_mode(oid, mode)", "        pass", "frozen_teacher_in_the_right_mode"),
    Mutant("modes.set_flags", "value = value if known is None else Const(known, bool)", "pass", "seed 1"),
    Mutant(
        "modes.read_mode",
        "ModeValue(oid, state.modes.get(oid, UNKNOWN_MODE), below)",
        "ModeValue(oid, UNKNOWN_MODE, below)",
        "was_training",
    ),
    Mutant("modes.read_mode", "UNKNOWN_MODE), below)", "UNKNOWN_MODE), ())", "lightning_restores"),
    Mutant("modes.read_mode", "machine.log.activity += 1", "pass", "calls_in_several_states"),
    Mutant("modes.inert_mode", "mode = state.modes[holders[0]]", "mode = UNKNOWN_MODE", "modes_of_parts"),
    Mutant("modes.lose", "state.set_mode(each, UNKNOWN_MODE)", "pass", "recursion_cut"),
    Mutant(
        "modes.doubt",
        "state.set_mode(each, mode._replace(certain=False))",
        "pass",
        "calls_not_followed",
    ),
    Mutant(
        "intrinsics._switch",
        "modes.set_flags(machine, state, switched, mode, frame)",
        "modes.set_flags(machine, state, (oid,), mode, frame)",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("intrinsics._switch", "if machine.linker.overrides_train(state.heap[child].cls):", "if False:", "modes_of_parts"),
    Mutant("intrinsics._switch", "pending.append(child)", "pass", "frozen_teacher_in_the_right_mode"),
    Mutant("intrinsics._switch", "told[child] = None", "pass", "modes_of_parts"),
    Mutant(
        "intrinsics._with_flag",
        "    if not _is_flag(flag) or truth(machine, state, flag) is not None:",
        "    if True:",
        "flags_and_joins",
    ),
    Mutant("intrinsics._is_flag", "    if type(value) is Choice:", "    if False:", "answers_of_tests"),
    Mutant("intrinsics._with_flag", "((state.fork(), TRUE), (state, FALSE))", "((state, TRUE),)", "early_return_by_flag"),
    Mutant("intrinsics._with_flag", "if assume(machine, each, flag, truth=literal == TRUE):", "if True:", "flags_and_joins"),
    Mutant(
        "intrinsics._parts",
        "Ref(child) for _, child in models.parts(machine, state, oid)",
        "Ref(child) for _, child in models.parts(machine, state, oid)[:1]",
        "recursion",
    ),
    Mutant("intrinsics._all_modules", "models.tree(machine, state, oid)", "(oid,)", "flags_and_joins"),
    Mutant("intrinsics._sensitive", "obj.sensitive = (*obj.sensitive, layer)", "pass", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "models.tree",
        "stack.extend(child for _, child in reversed(parts(machine, state, each)))",
        "pass",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("models.parts", "found.append((str(name), value.oid))", "pass", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "models.parts", "found.extend(contained_modules(machine, state, value))", "pass", "frozen_teacher_in_the_right_mode"
    ),
    Mutant(
        "models.parts",
        "    if lasting:",
        "    if True:",
        "parts_by_name",
    ),
    Mutant("models.is_inert", "and not obj.sensitive", "", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "models.forget_symbol",
        "state.ways = conditions.forgotten(state.ways, guards)",
        "pass",
        "asked_again",
    ),
    Mutant("models._aged", "aged(value.key, key)", "None", "answers_of_the_last_element"),
    Mutant("models._aged", "aged(value.key, key)", "value.key", "answers_of_the_last_element"),
    Mutant("models._age_variables", "state.locals = _aged(state.locals, key)", "pass", "answers_of_the_last_element"),
    Mutant(
        "models._age_variables",
        "state.stack = tuple(_aged(frame, key) for frame in state.stack)",
        "pass",
        "answers_of_the_last_call",
    ),
    Mutant(
        "models._age_variables",
        "state.write(oid).attributes = _aged(obj.attributes, key)",
        "pass",
        "answers_of_the_last_element_at_top",
    ),
    Mutant(
        "models._age_variables",
        "held = dict(state.heap.written())",
        "held = {}",
        "answers_kept_in_an_attribute",
    ),
    Mutant("heap.Object.made_of", "return key in self.passing", "return False", "answers_kept_in_an_attribute"),
    Mutant(
        "layers.leaves",
        'stack.append((f"{path}.{name}".strip("."), child, above, used, always))',
        "pass",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "layers.leaves",
        "if (each, uses) in seen or obj is None:",
        "if obj is None:",
        "",
        "the same: a shared layer has one row however often it is met",
    ),
    Mutant("copies._Copies._object", "self._state.set_mode(new, self._state.modes[oid])", "pass", "modes_of_parts"),
    Mutant("copies.copy_value", "return copies.of(value)", "return value", "training_by_owner"),
    Mutant("copies._Copies._object", "for what in FACTS:", "for what in ():", "training_by_owner"),
    Mutant(
        "copies._Copies._object",
        "obj.attributes = {name: self.of(each) for name, each in obj.attributes.items()}",
        "pass",
        "training_by_owner",
    ),
    Mutant("copies._Copies._object", "tuple(map(self.of, obj.items))", "obj.items", "training_by_owner"),
    Mutant("copies._Copies._object", "self.of(obj.rest)", "obj.rest", "copies_of_holders"),
    Mutant("copies._Copies._object", "if self._is_deep:", "if True:", "copies_of_holders"),
    Mutant(
        "copies._Copies.of", "Tuple(tuple(map(self.of, value.items))) if self._is_deep else value", "value", "copies_of_holders"
    ),
    Mutant("copies._Copies.of", "choice(map(self.of, value.options))", "value", "copies_of_holders"),
    Mutant(
        "standard.call",
        "copies.copy_value(machine, state, arguments.positional[0], frame, span, is_deep=is_deep)",
        "arguments.positional[0]",
        "training_by_owner",
    ),
    Mutant(
        "frozen.note_switches",
        "                continue  # a call on what holds it",
        "                pass",
        "frozen_teacher_in_train_mode",
    ),
    Mutant(
        "frozen.note_switches", "state.facts[oid, SET_ASIDE] = (receiver, mode.eval)", "pass", "frozen_teacher_in_train_mode"
    ),
    Mutant("frozen.left_in_train", 'mode.train.kind == "called" or ', "", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "frozen.left_in_train", '    if part and leaf.kind == "dropout":', "    if False:", "frozen_teacher_in_the_right_mode"
    ),
    Mutant("frozen.follows", '"written" in', '"x" in', "frozen_teacher_in_the_right_mode"),
    Mutant("overrides.unheeded", "return override.site", "pass", "train_override_not_called"),
    Mutant("modes.give_back", "state.set_mode(oid, mode)", "pass", "lightning_restores"),
    Mutant("modes.cause_of", 'kind = "called"', 'kind = "library"', "frozen_teacher_in_the_right_mode"),
    Mutant("models.module_ids", "stack.extend(obj.items or ())", "pass", "properties"),
)
