"""Facts: filtered state dicts."""

from modelint_stub import loaded, saved, saved_values, sink, unknown


def save_file(tensors, *args, **kwargs):
    saved_values(tensors)
    sink(tensors)


def save(tensors, *args, **kwargs):
    saved_values(tensors)
    return unknown()


def save_model(model, *args, **kwargs):
    saved(model, "everything", None)


def load_file(*args, **kwargs):
    return unknown()


load = load_file


def load_model(model, *args, **kwargs):
    loaded(model)
    return unknown()
