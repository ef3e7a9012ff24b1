"""Passes, gradients, optimizers and steps."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant("passes.record_forward", "state.grad, machine.iteration, weights", "machine.iteration, weights", "flags_and_joins"),
    Mutant("passes.record_forward", "oid, bits, state.grad", "oid, state.grad", "methods"),
    Mutant(
        "passes.record_forward",
        "record.feasible = record.feasible or state.feasible",
        "record.feasible = True",
        "list_of_models",
    ),
    Mutant("passes.output", "    if state.grad is False:", "    if False:", "correlated_flags"),
    Mutant(
        "passes.output",
        "Data(key, inputs.graph | mine, inputs.data | mine)",
        "Data(key, mine, inputs.data | mine)",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "passes.output",
        "Data(key, inputs.graph | mine, inputs.data | mine)",
        "Data(key, inputs.graph, inputs.data | mine)",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "passes.backward",
        "state.pending[oid] = {**state.pending.get(oid, {}), (each, number): conditions.ANY}",
        "pass",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "passes.backward",
        "{**state.pending.get(oid, {}), (each, number): conditions.ANY}",
        "{(each, number): conditions.ANY}",
        "accumulation",
    ),
    Mutant("passes.backward", 'log.use(source.data - source.graph, "target")', "pass", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "intrinsics._forward", "_inside(machine, state, own, arguments, frame, span)", "state, [state]", "modes_of_parts"
    ),
    Mutant("intrinsics._forward", "    if frame.in_forward:", "    if False:", "modes_of_parts"),
    Mutant(
        "intrinsics._detached",
        "Data(None, frozenset(), result.data",
        "Data(None, result.graph, result.data",
        "where_outputs_end",
    ),
    Mutant(
        "intrinsics._data",
        "result.graph if state.grad is not False else frozenset()",
        "frozenset()",
        "amp_scaler",
    ),
    Mutant("intrinsics._sink", 'machine.log.use(source.data, "plain")', "pass", "where_outputs_end"),
    Mutant(
        "intrinsics_training._set_gradients",
        "state.grad = truth(machine, state, value)",
        "pass",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "intrinsics_training._set_gradients",
        "UNKNOWN if state.grad is None else constant(state.grad)",
        "constant(True)",
        "gradients_on_one_way",
    ),
    Mutant("intrinsics_training._requires_grad", "freeze(machine, state, oid, flag)", "pass", "frozen_teacher_in_train_mode"),
    Mutant("intrinsics_training._owns", "owned | held", "held", "joins_of_training"),
    Mutant("intrinsics_training._owns", "    if held:", "    if False:", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "intrinsics_training._step",
        "steps.step(machine, state, owned or None, natives.place_of(machine, frame, key), frame)",
        "pass",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant("intrinsics_training._step", "owned or None", "None", "frozen_teacher_in_the_right_mode"),
    Mutant(
        "intrinsics_training._clear",
        "steps.clear_gradients(machine, state, *(_cleared_with(machine, state, oid) for oid in owners))",
        "pass",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "intrinsics_training._cleared_with",
        "frozenset({owner}) if models.is_module(state, owner) else",
        "",
        "training_by_owner",
    ),
    Mutant(
        "intrinsics_training._train_on", "passes.backward(machine, state, value, site, frame)", "pass", "lightning_restores"
    ),
    Mutant(
        "intrinsics_training._train_on", "steps.step(machine, state, owned, None, frame, trainer)", "pass", "lightning_restores"
    ),
    Mutant("steps.related", "return below | above", "return below", "frozen_teacher_in_the_right_mode"),
    Mutant("steps.related", "return below | above", "return above", "frozen_teacher_in_the_right_mode"),
    Mutant("steps.step", 'give_weights(machine, state, oid, "called", frame, "training", site)', "pass", "training_by_owner"),
    Mutant(
        "steps.step",
        "feasible=state.feasible",
        "feasible=True",
        "loops_that_always_run",
    ),
    Mutant("steps.clear_gradients", "related(machine, state, each)", "state.pending.keys()", "training_by_owner"),
    Mutant("weights.give_weights", 'state.facts.setdefault((each, "weights"), cause)', "pass", "training_by_owner"),
    Mutant(
        "weights.give_weights",
        'state.facts.pop((each, "untrained"), None)',
        "pass",
        "weights_on_one_way",
    ),
    Mutant(
        "weights.freeze",
        "(not value.value) if type(value) is Const",
        "bool(value.value) if type(value) is Const",
        "frozen_teacher_in_train_mode",
    ),
    Mutant("steps.step", "if conditions.both(ways, state.ways)", "", "gradients_on_one_way"),
    Mutant("weights.freeze", "key_of(value) if type(value) is Data else None", "None", "frozen_by_a_flag"),
    Mutant("state.State.frozen", "fact if trained is None else not trained", "fact", "frozen_by_a_flag"),
    Mutant("state.State.frozen", "not trained", "trained", "frozen_by_a_flag"),
    Mutant(
        "layers.layer_states",
        "mode.certain and leaf.sure and leaf.everywhere and not by_flag",
        "mode.certain and leaf.sure",
        "frozen_by_a_flag",
    ),
    Mutant("layers.layer_states", "frozen is not False and not by_flag", "frozen is not False", "frozen_by_a_flag"),
    Mutant("weights.freeze", 'state.facts[each, "frozen"] = frozen', "pass", "frozen_teacher_in_train_mode"),
    Mutant("weights.weights_of", "found = found or cause", "pass", "weights_on_one_way"),
    Mutant("intrinsics_training._parameters_in", "held |= source.parameters", "pass", "what_python_decides"),
    Mutant(
        "intrinsics_training._parameters",
        'Data(("parameters", *sorted(oids)), parameters=oids)',
        "UNKNOWN",
        "what_python_decides",
    ),
    Mutant(
        "intrinsics._loaded",
        'give_weights(machine, state, oid, "loaded", frame, frame.stub_text)',
        "pass",
        "weights_on_one_way",
    ),
    Mutant(
        "emit._inferences",
        "record.weights_everywhere and _place_of(record) not in fresh",
        "record.weights_everywhere",
        "trained_on_no_path",
    ),
    Mutant("emit._is_perhaps_untrained", '("adapted" in evidence and', "(False and", "adapter_over_batch_norm"),
    Mutant("emit._trained_layers", "layer = replace(layer, certain=False)", "pass", "unfrozen_behind_a_filter"),
)
