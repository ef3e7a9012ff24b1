"""The function is called with its arguments."""


def notebook_launcher(function, args=(), *more, **kwargs):
    return function(*args)


def debug_launcher(function, args=(), *more, **kwargs):
    return function(*args)
