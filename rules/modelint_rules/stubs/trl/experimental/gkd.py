from trl import GKDTrainer, __getattr__
