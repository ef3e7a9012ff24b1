"""Each question to it leaves the models in eval mode. Facts: metric learning."""

from modelint_stub import infer, unknown


class InferenceModel:
    def __init__(self, trunk, embedder=None, *args, **kwargs):
        self.trunk = trunk
        self.embedder = embedder

    def get_embeddings(self, x):
        self.trunk.eval()
        embeddings = infer(self.trunk, x, name="get_embeddings")
        if self.embedder is not None:
            self.embedder.eval()
            embeddings = infer(self.embedder, embeddings, name="get_embeddings")
        return embeddings

    def _asked(self, inputs, *args, **kwargs):
        self.get_embeddings(inputs)
        return unknown()

    get_nearest_neighbors = get_matches = train_knn = add_to_knn = _asked
