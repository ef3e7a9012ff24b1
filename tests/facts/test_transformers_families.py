"""Which families of transformers depend on the mode in their default configuration.

The tables of the stub are read from its source and compared with each model of the library, built without memory on the meta device.
"""

from __future__ import annotations

import ast
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.facts import recorder
from tests.facts.library_kinds import kinds_of

STUB = Path(__file__).parents[2] / "rules/modelint_rules/stubs/transformers/models/__init__.py"
KINDS = {
    "_BatchNorm": {"batch_norm"},
    "_ResNet": {"batch_norm"},
    "_BatchNormAndDropout": {"batch_norm", "dropout"},
    "_Insensitive": set(),
}
"""What a family's models have below them; a family that is not named here has a dropout."""
NEEDS_MORE = {"LayoutLMv2Model", "CohereCompassModel", "CohereCompassTextModel", "T5Gemma2Encoder", "Gemma4AssistantForCausalLM",
              "Gemma4UnifiedAssistantForCausalLM"}  # fmt: skip
"""They need a library of their own, or have no valid default configuration."""
EXAMPLES = [
    "BertModel", "RobertaModel", "XLMRobertaModel", "ElectraModel", "DebertaV2Model", "DistilBertModel", "GPT2Model", "T5Model",
    "BartModel", "OPTModel", "SwinModel", "Wav2Vec2Model", "ResNetModel", "EfficientNetModel", "LlamaModel", "MistralModel",
    "Qwen2Model", "GemmaModel", "Phi3Model", "ViTModel", "CLIPModel", "WhisperModel", "GPTJModel", "FalconModel",
]  # fmt: skip


@cache
def tables() -> tuple[list[tuple[tuple[str, ...], str]], dict[str, dict[str, object]]]:
    """The prefixes of each family, and what the configuration of each family says by default."""
    families: list[tuple[tuple[str, ...], str]] = []
    defaults: dict[str, dict[str, object]] = {}
    for node in ast.parse(STUB.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_FAMILIES":
            assert isinstance(node.value, ast.Tuple)
            for row in node.value.elts:
                assert isinstance(row, ast.Tuple)
                families.append((ast.literal_eval(row.elts[0]), ast.unparse(row.elts[1])))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Config"):
            defaults[node.name.removesuffix("Config")] = {
                ast.unparse(target): ast.literal_eval(value.value)
                for value in node.body
                if isinstance(value, ast.Assign)
                for target in value.targets
            }
    return families, defaults


def family_of(name: str) -> str:
    return next((family for prefixes, family in tables()[0] if name.startswith(prefixes)), "_AnyModel")


@cache
def default_models() -> dict[str, tuple[str, str]]:
    """The class names of the library's models: the model type and the class of its configuration."""
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES
    from transformers.models.auto.modeling_auto import MODEL_MAPPING_NAMES

    found = {}
    for kind, name in MODEL_MAPPING_NAMES.items():
        name = name if isinstance(name, str) else name[0]
        if family_of(name) != "_AnyModel" and name not in NEEDS_MORE:
            found[name] = (kind, CONFIG_MAPPING_NAMES[kind])
    return found


def configuration(name: str) -> Any:
    import transformers

    config = getattr(transformers, default_models()[name][1])()
    for field in ("num_hidden_layers", "n_layer", "num_layers", "encoder_layers", "decoder_layers", "n_layers"):
        if isinstance(getattr(config, field, None), int) and not hasattr(config, "layer_types"):
            with suppress(NotImplementedError):
                setattr(config, field, 2)
    return config


def measured(name: str, config: Any) -> set[str]:
    import torch
    import transformers

    with torch.device("meta"):
        model = getattr(transformers, name)._from_config(config)
    return set().union(*map(kinds_of, model.modules()))


FAMILIES = sorted({family for _, family in tables()[0]} - {"_AnyModel"})


def members(family: str) -> list[str]:
    recorder.require("torch", "transformers")
    return [name for name in default_models() if family_of(name) == family]


@pytest.mark.parametrize("family", FAMILIES)
def test_kinds(family: str) -> None:
    found = {name: measured(name, configuration(name)) for name in members(family)}
    assert found
    assert found == dict.fromkeys(found, KINDS.get(family, {"dropout"}))


@pytest.mark.parametrize("family", sorted(set(FAMILIES) & set(tables()[1])))
def test_defaults_of_configurations(family: str) -> None:
    """What a family says by default of its configuration is above zero there as well, if the model has it at all."""
    active = {field for field, value in tables()[1][family].items() if value}
    for name in members(family):
        real = configuration(name).to_dict()
        assert any(real.get(field, 0) > 0 for field in active), name


def test_names_of_batch_norms() -> None:
    """`modules_to_save=["normalization"]` covers every BatchNorm of the family."""
    recorder.require("torch", "transformers")
    import torch
    import transformers

    for name in members("_ResNet"):
        with torch.device("meta"):
            model = getattr(transformers, name)._from_config(configuration(name))
        paths = [path for path, module in model.named_modules() if "batch_norm" in kinds_of(module)]
        assert paths
        assert all(path.rpartition(".")[2] == "normalization" for path in paths), name


@pytest.mark.parametrize("family", ["_Bert", "_GPT2", "_T5", "_Bart", "_DistilBert"])
def test_all_zero_is_insensitive(family: str) -> None:
    """The fields that a family names are all that decide."""
    recorder.require("torch", "transformers")
    name = {
        "_Bert": "BertModel",
        "_GPT2": "GPT2Model",
        "_T5": "T5Model",
        "_Bart": "BartModel",
        "_DistilBert": "DistilBertModel",
    }[family]
    config = configuration(name)
    for field in tables()[1][family]:
        setattr(config, field, 0.0)
    assert measured(name, config) == set()


def test_no_name_is_taken_for_a_model_wrongly() -> None:
    """The endings by which the stub knows a model, over all names of the library."""
    recorder.require("torch", "transformers")
    import transformers

    endings: tuple[str, ...] = ()
    for node in ast.parse(STUB.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_MODEL_ENDINGS":
            endings = ast.literal_eval(node.value)
    configurations = [name for name in dir(transformers) if name.endswith("Config")]
    assert not [name for name in configurations if name.endswith(endings)]
    for name in EXAMPLES:
        assert name.endswith(endings)
    for name in (
        "AutoTokenizer",
        "BertTokenizerFast",
        "CLIPImageProcessor",
        "TrainingArguments",
        "TextStreamer",
        "StoppingCriteria",
    ):
        assert not name.endswith(endings)
