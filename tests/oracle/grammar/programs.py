"""The program of a seed: a family, what it writes, and the files that it lies in."""

from __future__ import annotations

import random
from collections import Counter

from tests.oracle.grammar import lightning, setups, transformers
from tests.oracle.grammar.compound import COMPOUND
from tests.oracle.grammar.layouts import LAYOUTS, laid_out
from tests.oracle.grammar.models import MODELS
from tests.oracle.grammar.simple import SIMPLE
from tests.oracle.grammar.styles import STYLES
from tests.oracle.grammar.writer import Writer
from tests.oracle.programs_on_disk import Program

FAMILIES = {"by hand": 76, "Lightning": 12, "transformers": 12}
"""How often they are chosen."""
MAY_BE_MEANT = {"recursion", "mode of a part", "loop over modules()", "apply"}
"""Programs that set the mode of single layers: silence about these can be right."""
LAYER_ITSELF = "model: forward reads the mode"
"""This model is a single layer where it is a part of another one, as in the programs of frameworks."""
ENDS_ANYWHERE = {"every n steps"}
"""Programs whose loops end after an iteration like the first one or not: the interpreter takes them to end after any."""
RUNS = "none, a, b, a b"
FEW_RUNS = "none, a"

GROUPS: dict[str, tuple[str, ...]] = {
    "family": tuple(f"family: {name}" for name in FAMILIES),
    "style": tuple(f"style: {name}" for name in STYLES),
    "files": tuple(f"files: {name}" for name in LAYOUTS),
    "model": tuple(f"model: {name}" for name in MODELS),
    "setup": setups.CONSTRUCTS,
    "statement": tuple(name for production in SIMPLE for name in production.constructs),
    "compound": tuple(name for production in COMPOUND for name in production.constructs),
    "Lightning": lightning.CONSTRUCTS,
    "transformers": transformers.CONSTRUCTS,
}
"""All constructs. Those of the first three groups exclude each other."""


def program(seed: int) -> tuple[Program, Counter[str]]:
    """The program of a seed and the constructs in it."""
    writer = Writer(random.Random(seed), SIMPLE, COMPOUND)
    family = writer.choose.choices(list(FAMILIES), list(FAMILIES.values()))[0]
    layout = writer.choose.choice(["one file", "one file", *LAYOUTS])
    writer.uses(f"family: {family}")
    writer.uses(f"files: {layout}")
    if family == "by hand":
        style = writer.choose.choice(sorted(STYLES))
        writer.uses(f"style: {style}")
        body = STYLES[style](writer, setups.set_up(writer))
    else:
        writer.budget = 10
        body = lightning.lightning(writer) if family == "Lightning" else transformers.transformers(writer)
    directives = [f"runs: {FEW_RUNS if family == 'transformers' else RUNS}"]
    if writer.needs:
        directives.append(f"needs: {', '.join(sorted(writer.needs))}")
    is_a_layer = family != "by hand" and LAYER_ITSELF in writer.features
    if is_a_layer or writer.features.keys() & MAY_BE_MEANT:
        directives.append("intent")
    if writer.features.keys() & ENDS_ANYWHERE:
        directives.append("unknowns: after which iteration a loop ends")
    files = laid_out(writer, layout, directives, body)
    return Program(f"generated_{seed}", files, "program.py"), writer.features
