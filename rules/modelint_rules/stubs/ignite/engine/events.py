"""When handlers run. Facts: trainers of ignite."""


class _Event:
    """`|` makes an event of several, which is not followed."""

    def __init__(self, *names):
        self.names = names

    def __call__(self, *args, **kwargs):
        """Now and then: the same event, of which not every time counts."""
        return self


class EventEnum: pass  # fmt: skip


class Events:
    STARTED = _Event("started")
    EPOCH_STARTED = _Event("epoch started")
    GET_BATCH_STARTED = _Event("iteration started")
    GET_BATCH_COMPLETED = _Event("iteration started")
    ITERATION_STARTED = _Event("iteration started")
    ITERATION_COMPLETED = _Event("iteration completed")
    EPOCH_COMPLETED = _Event("epoch completed")
    COMPLETED = _Event("completed")


class State:
    def __init__(self, **kwargs):
        pass
