"""Names, attributes and containers."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant("operations._store", "state.locals[op.name] = value", "state.locals.setdefault(op.name, value)", "closure_leak"),
    Mutant(
        "operations._store",
        "                state.write(oid).attributes[op.name] = value\n                return",
        "                return",
        "holders_and_proxies",
    ),
    Mutant("operations._load", "_value_of_name(machine, op, state, frame)", "UNKNOWN", "closure_leak"),
    Mutant("operations._value_of_name", "return cells.attributes[name]", "return UNKNOWN", "closure_leak"),
    Mutant("operations._value_of_name", "value = namespace.attributes.get(name)", "value = None", "closure_leak"),
    Mutant("operations._make_function", "for argument in op.defaults", "for argument in op.defaults[:0]", "accumulation"),
    Mutant(
        "attributes._set_on_object",
        "changed.attributes[name] = value if strong or old is None else join_values(old, value)",
        "changed.attributes[name] = value if old is None else old",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "attributes._set_on_object",
        "value if strong or old is None else join_values(old, value)",
        "value",
        "one_of_two_objects",
    ),
    Mutant("attributes._set_on_object", 'name == "training" and oid in state.modes', "False", "training_attribute"),
    Mutant(
        "attributes._of_object",
        "    if value is not None:",
        "    if value is not None and not models.module_ids(machine, state, value):",
        "frozen_teacher_in_the_right_mode",
    ),
    Mutant(
        "attributes._of_object",
        "return [(state, modes.read_mode(machine, state, ref.oid))]",
        "return [(state, UNKNOWN)]",
        "training_attribute",
    ),
    Mutant(
        "attributes._of_object",
        "if getter is not None:",
        "if False:",
        "parts_by_name",
    ),
    Mutant(
        "attributes._of_choice",
        "if any(_leads_to_model(machine, state, option, name) for option in having):",
        "if False:",
        "holders_and_proxies",
    ),
    Mutant("attributes._of_super", ".lookup(name, owner.after)", ".lookup(name)", "train_override"),
    Mutant("attributes.bind", 'if value.kind == "property":', "if False:", "seed 1"),
    Mutant("attributes._set_on_data", 'name == "requires_grad" and owner.parameters', "False", "frozen_teacher_in_train_mode"),
    Mutant(
        "containers.known_elements", "return value.items if short else None", "return None", "frozen_teacher_in_the_right_mode"
    ),
    Mutant(
        "containers.known_elements",
        "return obj.items if obj.items is not None and len(obj.items) <= most(obj.items) else None",
        "return None",
        "phases",
    ),
    Mutant("containers.get_item", "if number is not None:", "if False:", "containers_by_index"),
    Mutant("containers.element", "else value._replace(key=key)", "else value", "asked_again_of_a_count"),
    Mutant("attributes._of_object", " and not _is_of_library(obj)", "", "flags_of_libraries"),
    Mutant("skipping.can_skip", " or is_simple(function.ir)", "", "flags_behind_properties"),
    Mutant("loops._iterate", "if type(iterable) is Choice and all(", "if False and all(", "one_of_two_lists"),
    Mutant("operators._concatenate", "if Choice in map(type, operands):", "if False:", "one_of_two_lists"),
    Mutant("operators.operate", 'if operator == "+=" and ', "if False and ", "one_of_two_lists"),
    Mutant("linker.Linker.picked", "return choice(found) if", "return None if", "picked_by_name"),
    Mutant("calls.get_item", "if type(owner) is Bound and ", "if False and ", "picked_by_name"),
    Mutant("containers.element", '("item", key, number)', "None", "asked_again_of_a_count"),
    Mutant("containers._item_of_object", "return obj.attributes[index.value]", "return UNKNOWN", "containers_by_index"),
    Mutant(
        "containers._item_of_object", "return obj.items[number]", "return element(machine, state, owner)", "containers_by_index"
    ),
    Mutant("containers.set_item", "changed.attributes[index.value] = value", "pass", "containers_by_index"),
    Mutant("containers.each_option", "return options(obj.rest)", "return None", "containers_by_index"),
    Mutant("containers._build_dict", "entries[pending.value] = value", "rest = value", "seed 21"),
    Mutant(
        "containers.unpack", "return list(elements)", "return [choice(elements)] * count", "frozen_teacher_in_the_right_mode"
    ),
    Mutant("methods._dict_view", "return Tuple(tuple(entries))", "return UNKNOWN", "seed 21"),
    Mutant("methods._list_method", "changed.items = (*changed.items, value)", "changed.items = changed.items", "seed 1"),
    Mutant("methods._taken_out", "    if index is not None and not frame.loops:", "    if False:", "taken_out_of_containers"),
    Mutant("methods._taken_out", " and not frame.loops", "", "taken_out_of_containers"),
    Mutant("methods._taken_out", "containers.summarise(state.write(receiver.oid), None)", "pass", "taken_out_of_containers"),
    Mutant("methods._taken_out", "if index is None else items[index]", "", "taken_out_of_containers"),
    Mutant(
        "methods._dict_method",
        'state.write(receiver.oid).attributes.pop(index.value) if name == "pop" else ',
        "",
        "taken_out_of_containers",
    ),
    Mutant("natives._sorted", "sorted(map(str, names))", "map(str, names)", "taken_out_of_containers"),
)
