from modelint_stub import forward


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *rest, **options):
    """A forward of the module, in its modes, with other weights. Fact: functional call."""
    return forward(module, parameter_and_buffer_dicts, args, kwargs)
