"""The built-in rule pack: what we know about training and inference. Every module here is one rule; `stubs/` says what libraries do."""

from modelint.api import Pack

PACK = Pack(
    "modelint_rules",
    stubs="stubs",
    saves=("torch.save", "safetensors.torch.save_file"),
    adapters=("peft.peft_model.PeftModel", "peft.mixed_model.PeftMixedModel", "peft.tuners.tuners_utils.BaseTunerLayer"),
    configurations=("peft.config.PeftConfigMixin",),
    attach="peft.get_peft_model",
)
