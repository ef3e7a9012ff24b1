"""Made with predictions, which leave eval mode. Facts: learners of fastai."""

from modelint_stub import unknown


class Interpretation:
    def __init__(self, learn=None, *args, **kwargs):
        self.learn = learn

    @classmethod
    def from_learner(cls, learn, *args, **kwargs):
        learn.get_preds()
        return cls(learn)

    def _predicts(self, *args, **kwargs):
        self.learn.get_preds()
        return unknown()

    plot_top_losses = show_results = confusion_matrix = plot_confusion_matrix = most_confused = _predicts
    print_classification_report = _predicts

    def top_losses(self, *args, **kwargs):
        return unknown()


# fmt: off
class ClassificationInterpretation(Interpretation): pass
class SegmentationInterpretation(Interpretation): pass
