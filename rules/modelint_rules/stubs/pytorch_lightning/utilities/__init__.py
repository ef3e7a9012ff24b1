from lightning.pytorch.utilities import rank_zero_only, seed_everything
