"""Facts: optimizers."""

from modelint_stub import clear_gradients, detached, owns, set_gradients, step, unknown


class Optimizer:
    def __init__(self, params, *args, **kwargs):
        owns(self, params)
        self.param_groups = [{"params": params}]

    def step(self, closure=None):
        if closure is None:
            step(self)
            return None
        previous = set_gradients(True)
        loss = closure()
        set_gradients(previous)
        step(self)
        return loss

    def zero_grad(self, set_to_none=True):
        clear_gradients(self)

    def add_param_group(self, param_group):
        owns(self, param_group)
        self.param_groups.append(param_group)

    def state_dict(self):
        return detached(self.param_groups)

    def load_state_dict(self, state_dict):
        pass

    def register_step_pre_hook(self, hook):
        return unknown()

    def register_step_post_hook(self, hook):
        return unknown()
