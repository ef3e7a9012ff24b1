def seed_everything(*args, **kwargs):
    pass


def rank_zero_only(function):
    return function
