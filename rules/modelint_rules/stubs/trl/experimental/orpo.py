from trl import ORPOTrainer, __getattr__
