from strategy import Plain


def get_strategy(name):
    strategy = Plain()
    strategy.name = name
    return strategy
