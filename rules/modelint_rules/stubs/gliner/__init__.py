"""GLiNER is in eval mode however it is made, and each prediction puts it back there. Facts: modes of loaders, modes of trainers.
Its default configuration has a dropout of 0.4 and a recurrent layer."""

from modelint_stub import add_layers, infer, loaded, saved, unknown
from gliner.training import Trainer
from torch.nn import Module


class GLiNERConfig:
    def __init__(self, **values):
        pass


class GLiNER(Module):
    def __init__(self, config=None, *args, **kwargs):
        super().__init__()
        add_layers(self, "dropout", "rnn")

    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        model = cls(unknown())
        loaded(model)
        return model.eval()

    @classmethod
    def from_config(cls, *args, **kwargs):
        return cls(unknown()).eval()

    load_from_config = from_config

    def _infer(self, *args, **kwargs):
        self.eval()
        return infer(self, args, kwargs, name="predict")

    inference = predict_entities = batch_predict_entities = predict_with_embeds = batch_predict_with_embeds = _infer
    run = evaluate = predict_relations = batch_predict_relations = encode_labels = _infer

    def train_model(self, train_dataset=None, eval_dataset=None, *args, **kwargs):
        trainer = Trainer(self)
        trainer.train()
        return trainer

    def save_pretrained(self, *args, **kwargs):
        saved(self, "everything", None)

    push_to_hub = save_pretrained

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    compile = quantize = set_class_indices = resize_embeddings = resize_token_embeddings = _same
    create_training_args = export_to_onnx = prepare_state_dict = freeze_component = unfreeze_component = _same
