"""Values, records, containers and built-in functions."""

from tests.oracle.mutation import Mutant

MUTANTS = (
    Mutant("records.namespace", "attributes.set_attribute(machine, state, ref, name, value, frame, span)", "pass", "records"),
    Mutant("records.named_tuple", "info.is_tuple = True", "pass", "records"),
    Mutant("records.named_tuple", 'info.fields = tuple((name, "", False) for name in fields)', "pass", "records"),
    Mutant("records.replaced", "attributes.set_attribute(machine, state, ref, name, value, frame, span)", "pass", "records"),
    Mutant("records.replaced", "obj.clone()", "Object(obj.kind, obj.cls)", "records"),
    Mutant("records._fields", '.replace(",", " ")', "", "records"),
    Mutant("records._fields", "return [str(name) for name in names] if names else None", "return None", "records"),
    Mutant("heap.Heap._copy", "self._own.copy()", "self._own", "told_apart"),
    Mutant("heap.Object.clone", "dict(self.attributes)", "self.attributes", "told_apart"),
    Mutant("heap.Object.clone", "self.sensitive", "()", "modes_of_parts"),
    Mutant("heap.Object.holds_choice", "type(value) is Choice", "False", "told_apart"),
    Mutant("heap.Object.mentioned", "found.add(oid)", "pass", "models_made_in_two_ways"),
    Mutant("containers.new_list", '("list", key, machine.unrolled())', '("list", key)', "what_loops_visit"),
    Mutant("containers.new_dict", '("dict", key, machine.unrolled())', '("dict", key)', "what_loops_visit"),
    Mutant("records.namespace", ", machine.unrolled()", "", "what_loops_visit"),
    Mutant("values.choice", "        found[unknown] = None", "        pass", "context_manager_methods"),
    Mutant(
        "values.choice",
        "unknown = option if unknown is None else join_data(unknown, option)",
        "unknown = option",
        "outputs_of_two_ways",
    ),
    Mutant("values.join_data", "a.graph | b.graph", "a.graph", "outputs_of_two_ways"),
    Mutant("values.join_data", "a.data | b.data", "a.data", "outputs_of_two_ways"),
    Mutant("values.join_data", "a.parameters | b.parameters", "a.parameters", "training_by_owner"),
    Mutant(
        "values.provenance",
        "graph, data = graph | value.graph, data | value.data",
        "graph, data = value.graph, value.data",
        "correlated_flags",
    ),
    Mutant("values.provenance", "parameters = parameters | value.parameters", "pass", "training_by_owner"),
    Mutant("values.provenance", "value = provenance(value.items)", "continue", "outputs_of_two_ways"),
    Mutant("values.provenance", "value = provenance(value.options)", "continue", "outputs_of_two_ways"),
    Mutant("attributes._one_by_one", "replace(branch, owner, option)", "pass", "holders_and_proxies"),
    Mutant(
        "attributes._of_data",
        "return owner._replace(key=key, graph=frozenset())",
        "return owner._replace(key=key)",
        "outputs_of_two_ways",
    ),
    Mutant("attributes.set_attribute", "option.info.attributes[name] = value", "pass", "holders_and_proxies"),
    Mutant("attributes.bind", "return [(state, value.function)]", "return [(state, UNKNOWN)]", "holders_and_proxies"),
    Mutant(
        "attributes.bind",
        "Bound(Class(obj.cls) if obj is not None and obj.cls is not None else receiver, value.function)",
        "UNKNOWN",
        "what_python_decides",
    ),
    Mutant(
        "containers.summarise", "obj.rest = choice(elements) if elements else None", "obj.rest = value", "containers_by_index"
    ),
    Mutant(
        "containers.element", "return start if first and type(start) is Const else value", "return value", "later_iterations"
    ),
    Mutant("containers.element", "return choice(elements) if elements else Data(key)", "return Data(key)", "list_of_models"),
    Mutant("containers.overwrite", 'entries[name] = Data(("overwritten", key, name))', "pass", "what_python_decides"),
    Mutant(
        "containers._slice",
        "return items[slice(*bounds)] if 1 <= len(bounds) <= 3 else None",
        "return None",
        "containers_by_index",
    ),
    Mutant("containers.set_item", "items[number] = value", "pass", "containers_by_index"),
    Mutant("containers.set_item", 'overwrite(changed.attributes, ("item", option.oid))', "pass", "what_python_decides"),
    Mutant(
        "containers.unpack",
        "return [*elements[:star], rest, *elements[len(elements) - after :]]",
        "return [UNKNOWN] * count",
        "what_python_decides",
    ),
    Mutant("containers.most", "else LISTED", "else 0", "lambdas"),
    Mutant(
        "containers.extend",
        "summarise(changed, element(machine, state, source))",
        "pass",
        "what_loops_visit",
    ),
    Mutant(
        "methods._list_method", "            containers.summarise(changed, value)", "            pass", "containers_by_index"
    ),
    Mutant("natives._list", "return containers.new_list(machine, state, elements, key)", "pass", "containers_by_index"),
    Mutant("natives._dict", "entries = {**obj.attributes, **entries}", "pass", "containers_by_index"),
    Mutant("natives._plain", 'machine.log.use(data, "plain")', "pass", "generators_in_turn"),
    Mutant("native_calls._getattr", "return results\n", "return [(state, UNKNOWN)]\n", "holders_and_proxies"),
    Mutant(
        "native_calls._setattr",
        "attributes.set_attribute(machine, state, owner, text, value, frame, span)",
        "pass",
        "holders_and_proxies",
    ),
    Mutant(
        "native_calls._iterate",
        "return generators.consume(machine, state, iterable, frame, span)",
        "return None",
        "generators_in_generators",
    ),
    Mutant(
        "native_calls._iterate",
        "return calls.call_value(machine, state, iterator[0], Arguments((iterable,), {}, None), frame, span)",
        "return None",
        "what_python_decides",
    ),
    Mutant("operators._fold", "function(a, b)", "a", "counter_breaks"),
    Mutant(
        "operators._concatenate",
        "return Tuple(tuple(item for each in tuples for item in each.items))",
        "return None",
        "what_python_decides",
    ),
    Mutant(
        "operators._concatenate",
        "            return containers.new_list(\n                machine, state, tuple(v",
        "            return None and containers.new_list(\n                machine, state, tuple(v",
        "what_python_decides",
    ),
    Mutant(
        "operators._decide",
        "            return a == b\n        try",
        "            return None\n        try",
        "correlated_flags",
    ),
    Mutant("operators._decide", "return a in elements", "return None", "what_python_decides"),
    Mutant(
        "operators._decide",
        "return None if type(other) in (Data, External) or _is_symbol(state, other) else False",
        "return None",
        "calls_in_several_states",
    ),
    Mutant(
        "operators._decide",
        "return None if bits not in (1, 2) else (bits == 1) is (literal == TRUE)",
        "return None",
        "what_python_decides",
    ),
    Mutant(
        "operators._decide_tuples",
        'return False if left != right else (True if base == "==" else None)',
        "return None",
        "what_python_decides",
    ),
    Mutant("instances._instance_of", "return isinstance(value.value, _TYPES[of.name])", "return None", "package"),
    Mutant(
        "instances._classes_of", "[each for item in classes.items for each in _classes_of(item)]", "[]", "what_python_decides"
    ),
    Mutant("operations._collect", "obj.items = (*obj.items, value)", "pass", "flags_and_joins"),
    Mutant("operations._decorate", "end.locals[op.into] = value", "end.locals[op.into] = state.locals[op.target]", "methods"),
)
