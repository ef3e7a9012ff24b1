"""An adapter's configuration keeps the values it is given; any dropout of a tuner counts as the LoRA one."""

from modelint_stub import unknown


class TaskType:
    SEQ_CLS = "SEQ_CLS"
    SEQ_2_SEQ_LM = "SEQ_2_SEQ_LM"
    CAUSAL_LM = "CAUSAL_LM"
    TOKEN_CLS = "TOKEN_CLS"
    QUESTION_ANS = "QUESTION_ANS"
    FEATURE_EXTRACTION = "FEATURE_EXTRACTION"


class PeftConfig:
    lora_dropout = 0.0
    inference_mode = False
    modules_to_save = None
    task_type = None

    def __init__(self, task_type=None, **values):
        self.task_type = task_type
        for name, value in values.items():
            setattr(self, name, value)
            if "dropout" in name:
                self.lora_dropout = value

    @classmethod
    def from_pretrained(cls, *args, **values):
        config = cls()
        config.lora_dropout = config.modules_to_save = unknown()
        return config

    def save_pretrained(self, *args, **kwargs):
        pass
