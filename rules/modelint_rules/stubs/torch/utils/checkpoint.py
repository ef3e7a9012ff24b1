"""Runs the function, again in the backward; the modes are those of the call. Fact: checkpoint."""


def checkpoint(
    function, *args, use_reentrant=None, context_fn=None, determinism_check=None, debug=False, preserve_rng_state=True, **kwargs
):
    return function(*args, **kwargs)


def checkpoint_sequential(functions, segments, input, *args, **kwargs):
    for function in functions:
        input = function(input)
    return input
