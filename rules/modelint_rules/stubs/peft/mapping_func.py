from peft.mapping import get_peft_model
