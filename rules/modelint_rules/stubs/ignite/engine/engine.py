"""Runs the step and the handlers, and sets no mode. What a step gives is for metrics and logs. Facts: trainers of ignite."""

from ignite.engine.events import State
from modelint_stub import known, sink, unknown

EVENTS = ("started", "epoch started", "iteration started", "iteration completed", "epoch completed", "completed")


class Engine:
    def __init__(self, process_function):
        self._process_function = process_function
        self._handlers = {name: [] for name in EVENTS}
        self.state = State()

    def add_event_handler(self, event_name, handler, *args, **kwargs):
        for name, handlers in self._handlers.items():
            fires = name in event_name.names
            if known(fires) and fires:
                handlers.append((handler, args, kwargs))

    def on(self, event_name, *args, **kwargs):
        def decorator(function):
            self.add_event_handler(event_name, function, *args, **kwargs)
            return function

        return decorator

    def _fire(self, name):
        for handler, args, kwargs in self._handlers[name]:
            handler(self, *args, **kwargs)

    def run(self, data=None, max_epochs=None, *args, **kwargs):
        self._fire("started")
        for _ in range(unknown()):
            self._fire("epoch started")
            for batch in data:
                self._fire("iteration started")
                output = self._process_function(self, batch)
                self.state.output = output
                sink(output)
                self._fire("iteration completed")
            self._fire("epoch completed")
        self._fire("completed")
        return self.state

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    register_events = has_event_handler = remove_event_handler = fire_event = terminate = terminate_epoch = _same
    interrupt = state_dict = load_state_dict = set_data = _same
