"""A tester leaves the models in eval mode. Facts: metric learning."""

from modelint_stub import infer, unknown


class BaseTester:
    def __init__(self, *args, **kwargs):
        pass

    def get_all_embeddings(self, dataset, trunk_model, embedder_model=None, collate_fn=None, eval=True, *args, **kwargs):
        if eval:
            trunk_model.eval()
            if embedder_model is not None:
                embedder_model.eval()
        embeddings = infer(trunk_model, dataset, name="get_all_embeddings")
        if embedder_model is not None:
            embeddings = infer(embedder_model, embeddings, name="get_all_embeddings")
        return embeddings, unknown()

    def test(self, dataset_dict, epoch, trunk_model, embedder_model=None, *args, **kwargs):
        self.get_all_embeddings(dataset_dict, trunk_model, embedder_model)
        return unknown()


# fmt: off
class GlobalEmbeddingSpaceTester(BaseTester): pass
class WithSameParentLabelTester(BaseTester): pass
class GlobalTwoStreamEmbeddingSpaceTester(BaseTester): pass
