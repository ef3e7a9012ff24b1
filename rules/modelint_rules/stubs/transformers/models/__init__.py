"""Families of models whose released default configurations decide what depends on the mode. Facts: families of transformers."""

from modelint_stub import add_layers, unknown
from torch.nn import BatchNorm2d
from transformers.configuration_utils import PretrainedConfig
from transformers.modeling_utils import PreTrainedModel, _AnyModel


class _Dropout(_AnyModel):
    """Active unless its configuration says otherwise."""

    def _layers(self, config):
        add_layers(self, "dropout")


class _BertConfig(PretrainedConfig):
    hidden_dropout_prob = attention_probs_dropout_prob = 0.1


class _Bert(_AnyModel):
    config_class = _BertConfig

    def _layers(self, config):
        if config.hidden_dropout_prob or config.attention_probs_dropout_prob:
            add_layers(self, "dropout")


class _DistilBertConfig(PretrainedConfig):
    dropout = attention_dropout = 0.1
    qa_dropout = 0.1
    seq_classif_dropout = 0.2


class _DistilBert(_AnyModel):
    config_class = _DistilBertConfig

    def _layers(self, config):
        if config.dropout or config.attention_dropout:
            add_layers(self, "dropout")


class _GPT2Config(PretrainedConfig):
    resid_pdrop = embd_pdrop = attn_pdrop = 0.1


class _GPT2(_AnyModel):
    config_class = _GPT2Config

    def _layers(self, config):
        if config.resid_pdrop or config.embd_pdrop or config.attn_pdrop:
            add_layers(self, "dropout")


class _T5Config(PretrainedConfig):
    dropout_rate = 0.1


class _T5(_AnyModel):
    config_class = _T5Config

    def _layers(self, config):
        if config.dropout_rate:
            add_layers(self, "dropout")


class _BartConfig(PretrainedConfig):
    dropout = 0.1
    attention_dropout = activation_dropout = 0.0


class _Bart(_AnyModel):
    config_class = _BartConfig

    def _layers(self, config):
        if config.dropout or config.attention_dropout or config.activation_dropout:
            add_layers(self, "dropout")


class _Wav2Vec2Config(PretrainedConfig):
    hidden_dropout = attention_dropout = activation_dropout = layerdrop = 0.1


class _Wav2Vec2(_AnyModel):
    config_class = _Wav2Vec2Config

    def _layers(self, config):
        if config.hidden_dropout or config.attention_dropout or config.activation_dropout or config.layerdrop:
            add_layers(self, "dropout")


class _SwinConfig(PretrainedConfig):
    drop_path_rate = 0.1


class _Swin(_AnyModel):
    config_class = _SwinConfig

    def _layers(self, config):
        if config.drop_path_rate or config._dropout:
            add_layers(self, "dropout")


class _BatchNorm(_AnyModel):
    def _layers(self, config):
        add_layers(self, "batch_norm")


class _ResNet(_AnyModel):
    """Every BatchNorm in it is called `normalization`: the name that `modules_to_save` of an adapter needs."""

    def _layers(self, config):
        self.normalization = BatchNorm2d(1)


class _BatchNormAndDropout(_AnyModel):
    def _layers(self, config):
        add_layers(self, "batch_norm", "dropout")


class _Insensitive(_AnyModel):
    """Works the same in both modes unless its configuration names a dropout."""

    def _layers(self, config):
        if config._dropout:
            add_layers(self, "dropout")


_FAMILIES = (
    (("Blip2", "CohereAsr", "Wav2Vec2Bert", "Wav2Vec2Conformer"), _AnyModel),
    (("Ernie4_5", "T5Gemma"), _Insensitive),
    (("BigBirdPegasus", "Bart", "MBart", "Blenderbot", "Marian", "Pegasus", "LED", "OPT", "Mvp", "PLBart", "FSMT", "TrOCR", "M2M100", "NllbMoe", "Detr", "ConditionalDetr", "DeformableDetr", "TableTransformer"), _Bart),
    (("GPT2", "OpenAIGPT", "GPTBigCode", "ImageGPT", "DecisionTransformer"), _GPT2),
    (("Bert", "Roberta", "XLMRoberta", "Electra", "Camembert", "Deberta", "MPNet", "Longformer", "BigBird", "ConvBert", "MegatronBert", "Ernie", "Luke", "Nystromformer", "RoFormer", "SqueezeBert", "Data2VecText", "Tapas", "Splinter", "LayoutLM", "BioGpt", "Canine", "VisualBert", "MarkupLM", "Lxmert", "DPRQuestionEncoder", "DPRContextEncoder"), _Bert),
    (("DistilBert", "XLMModel", "XLMWithLMHead", "XLMForS", "XLMForT", "Flaubert", "XGLM"), _DistilBert),
    (("T5", "MT5", "UMT5", "LongT5", "SwitchTransformers", "Udop"), _T5),
    (("Wav2Vec2", "Hubert", "WavLM", "UniSpeech", "SEW", "Data2VecAudio"), _Wav2Vec2),
    (("Swinv2", "SwinModel", "SwinFor", "SwinBackbone", "SwinPreTrained", "SwinConfig", "Beit", "Segformer", "FocalNet", "GLPN", "DonutSwin", "Data2VecVision"), _Swin),
    (("ResNet", "RegNet", "HGNetV2"), _ResNet),
    (("RTDetr", "DFine", "TextNet", "SwiftFormer"), _BatchNorm),
    (("EfficientNet", "MobileViTModel", "MobileViTFor"), _BatchNormAndDropout),
    (("XLNet", "Funnel", "CTRL", "FNet", "ProphetNet", "MobileBert"), _Dropout),
    (("Llama", "Mistral", "Mixtral", "Qwen2", "Qwen3", "Gemma", "Phi", "Bloom", "CodeGen", "Cohere", "Falcon", "GPTJ", "StableLm", "Olmo", "SmolLM3", "Glm", "Mamba", "Persimmon", "DeepseekV2", "DeepseekV3", "Mpt"), _Insensitive),
    (("CLIP", "Siglip", "ViTModel", "ViTFor", "ViTMAE", "ViTConfig", "ViTPreTrained", "DeiT", "Dinov2", "ConvNext", "Whisper", "Blip"), _Insensitive),
)  # fmt: skip

_MODEL_ENDINGS = (
    "Model", "LM", "Classification", "Generation", "Answering", "AnsweringSimple", "Choice", "Prediction", "PreTraining", "Pretraining",
    "Backbone", "Segmentation", "Detection", "CTC", "Estimation", "Encoder", "Decoder", "Retrieval", "Modeling", "WithProjection",
    "WithTeacher", "XVector", "Regression", "Layer", "Transformer", "Reader", "SuperResolution",
)  # fmt: skip

_NO_MODELS = ("Auto", "TF", "Flax", "DataCollator", "HiggsAudioV2Tokenizer", "Wav2Vec2ProcessorWithLM")


class _Plain:
    """A tokenizer, processor, collator or the like: it may be given a model but runs none."""

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        return unknown()

    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return cls()


class AutoModel:
    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return _AnyModel.from_pretrained(*args, **kwargs)

    @classmethod
    def from_config(cls, config=None, **kwargs):
        return _AnyModel(config)


def __getattr__(name):
    """Any other name: a model, a configuration, an Auto class, or something without modes."""
    if name.startswith(("AutoModel", "AutoBackbone")):
        return AutoModel
    if name == "AutoConfig":
        return PretrainedConfig
    if name.startswith(_NO_MODELS):
        return _Plain
    family = _AnyModel
    for prefixes, known in _FAMILIES:
        if name.startswith(prefixes):
            family = known
            break
    if name.endswith("Config"):
        return type(name, (family.config_class,), {})
    if name.endswith("PreTrainedModel"):
        return type(name, (PreTrainedModel,), {"config_class": family.config_class})
    if name.endswith(_MODEL_ENDINGS):
        return type(name, (family,), {})
    return unknown()
