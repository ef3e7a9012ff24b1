from trl import CPOTrainer, __getattr__
