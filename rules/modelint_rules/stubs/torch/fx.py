from modelint_stub import copy


def symbolic_trace(root, *args, **kwargs):
    """A new module over the parts of the old one, in its mode. Fact: traced with fx."""
    return copy(root)
