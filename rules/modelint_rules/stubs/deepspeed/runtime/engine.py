from deepspeed import DeepSpeedEngine
