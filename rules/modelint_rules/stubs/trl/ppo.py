"""PPO with a loop of the program's own around `step`: `trl.ppo` up to 0.1, `trl.PPOTrainer` up to 0.11. Read in the source of 0.0.3, 0.1.0,
0.3.1, 0.4.7, 0.7.1, 0.7.2 and 0.11.4; run with 0.0.3, which is the only one that works beside today's libraries.

Up to 0.7.1 `step` trains the model in the mode that it is in. From 0.7.2 it sets modes itself, whatever the program had set: eval mode
before each forward, and train mode after it. That its own training forward is in eval mode too is left out here: it is the library's doing.
"""

from modelint_stub import unknown, version
from torch import no_grad
from torch.optim import Adam

if version("trl") >= (0, 7, 2):
    _sets_modes = True
else:
    _sets_modes = False


class PPOTrainer:
    """Up to 0.1: there was no configuration, the models come first."""

    sets_modes = False

    def __init__(self, model, ref_model=None, *args, **kwargs):
        self.model, self.ref_model = model, ref_model
        self.optimizer = Adam(model.parameters())

    def step(self, queries, responses, scores, *args):
        if self.sets_modes:
            self.model.eval()
            with no_grad():
                self.model(queries, responses)
            self.model.train()
        loss = self.model(queries, responses, scores)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return unknown()

    def generate(self, *args, **kwargs):
        return self.model.generate(*args, **kwargs)


class ConfiguredPPOTrainer(PPOTrainer):
    """From 0.2 to 0.11."""

    sets_modes = _sets_modes

    def __init__(self, config=None, model=None, ref_model=None, tokenizer=None, *args, **kwargs):
        super().__init__(model, ref_model)
        self.accelerator = unknown()


def __getattr__(name):
    return unknown()
