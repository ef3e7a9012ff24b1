"""Helpers that programs call with a model, and context managers that they use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Helper:
    """`use`: the call, or the context manager, with `{model}`, `{models}`, `{flag}` and `{literal}` to be filled in."""

    use: str
    code: str = ""
    keeps_gradients: bool = True


HELPERS: dict[str, Helper] = {
    "leaking evaluation": Helper(
        "leak({model})",
        """
        def leak(net):
            net.eval()
            with torch.no_grad():
                return net(torch.ones(2, 3)).sum().item()
        """,
    ),
    "restoring evaluation": Helper(
        "restore({model})",
        """
        def restore(net):
            before = net.training
            net.eval()
            with torch.no_grad():
                value = net(torch.ones(2, 3)).sum().item()
            net.train(before)
            return value
        """,
    ),
    "conditional restore": Helper(
        "restore_if({model})",
        """
        def restore_if(net):
            before = net.training
            net.eval()
            with torch.no_grad():
                value = net(torch.ones(2, 3)).sum().item()
            if before:
                net.train()
            return value
        """,
    ),
    "try/finally evaluation": Helper(
        "finally_train({model}, {flag})",
        """
        def finally_train(net, stop):
            net.eval()
            try:
                with torch.inference_mode():
                    value = net(torch.ones(2, 3)).sum().item()
                if stop:
                    return 0.0
                return value
            finally:
                net.train()
        """,
    ),
    "early return": Helper(
        "early({model}, {flag})",
        """
        def early(net, stop):
            net.eval()
            if stop:
                return
            net.train()
        """,
    ),
    "decorated evaluation": Helper(
        "decorated({model})",
        """
        def in_eval_mode(function):
            @functools.wraps(function)
            def wrapped(net, *args):
                before = net.training
                net.eval()
                result = function(net, *args)
                net.train(before)
                return result

            return wrapped


        @in_eval_mode
        @torch.no_grad()
        def decorated(net):
            return net(torch.ones(2, 3)).mean().item()
        """,
    ),
    "decorator with an argument": Helper(
        "decorated_by_flag({model})",
        """
        def in_mode(mode):
            def decorator(function):
                def wrapped(net):
                    net.train(mode)
                    return function(net)

                return wrapped

            return decorator


        @in_mode(False)
        def decorated_by_flag(net):
            with torch.no_grad():
                return net(torch.ones(2, 3)).mean().item()
        """,
    ),
    "generator": Helper(
        "print(list(predictions({model})))",
        """
        def predictions(net):
            net.eval()
            for _ in range(2):
                with torch.no_grad():
                    yield net(torch.ones(2, 3)).sum().item()
            net.train()
        """,
    ),
    "function of models and a flag": Helper(
        "switch([{models}], {flag})",
        """
        def switch(nets, flag):
            for net in nets:
                net.train(flag)
        """,
    ),
    "recursion": Helper(
        "descend({model}, {literal})",
        """
        def descend(module, flag):
            for child in module.children():
                if isinstance(child, nn.Dropout):
                    child.train(flag)
                descend(child, flag)
        """,
    ),
    "function handed over": Helper(
        "apply_to({model}, lambda net: net.{mode})",
        """
        def apply_to(net, function):
            function(net)
        """,
    ),
    "default argument": Helper(
        "set_mode({model})",
        """
        def set_mode(net, training=True):
            net.train(training)
        """,
    ),
    "keyword arguments": Helper(
        "with_options(training={flag}, net={model})",
        """
        def with_options(**options):
            options["net"].train(options["training"])
        """,
    ),
    "helper of helpers": Helper(
        "evaluate_all([{models}])",
        """
        def evaluate_one(net):
            with torch.no_grad():
                return net(torch.ones(2, 3)).sum().item()


        def evaluate_all(nets):
            for net in nets:
                net.eval()
            total = sum(evaluate_one(net) for net in nets)
            for net in nets:
                net.train()
            return total
        """,
    ),
    "class of its own": Helper(
        "Evaluator({model}).run()",
        """
        class Evaluator:
            def __init__(self, net):
                self.net = net

            @property
            def value(self):
                with torch.no_grad():
                    return self.net(torch.ones(2, 3)).sum().item()

            def run(self):
                self.net.eval()
                return self.value
        """,
    ),
}

MANAGERS: dict[str, Helper] = {
    "class context": Helper(
        "Evaluating({model})",
        """
        class Evaluating:
            def __init__(self, net):
                self.net = net

            def __enter__(self):
                self.before = self.net.training
                self.net.eval()
                return self.net

            def __exit__(self, *error):
                self.net.train(self.before)
        """,
    ),
    "generator context": Helper(
        "evaluating({model})",
        """
        @contextmanager
        def evaluating(net):
            before = net.training
            net.eval()
            try:
                yield net
            finally:
                net.train(before)
        """,
    ),
    "generator context without finally": Helper(
        "inferring({model})",
        """
        @contextmanager
        def inferring(net):
            net.eval()
            with torch.no_grad():
                yield
            net.train()
        """,
        keeps_gradients=False,
    ),
    "no_grad": Helper("torch.no_grad()", keeps_gradients=False),
    "set_grad_enabled": Helper("torch.set_grad_enabled({flag})", keeps_gradients=False),
}
