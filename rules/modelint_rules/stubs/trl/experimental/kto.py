from trl import KTOTrainer, __getattr__
