"""Facts: trainers of ignite."""


def auto_model(model, *args, **kwargs):
    return model


def auto_optim(optimizer, *args, **kwargs):
    return optimizer
