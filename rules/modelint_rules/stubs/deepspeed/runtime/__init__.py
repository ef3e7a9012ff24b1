from deepspeed.runtime import engine
