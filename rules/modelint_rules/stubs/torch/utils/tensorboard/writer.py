"""Everything written is plain data: https://docs.pytorch.org/docs/stable/tensorboard.html"""

from modelint_stub import sink


class SummaryWriter:
    def __init__(self, *args, **kwargs):
        pass

    def add_graph(self, *args, **kwargs):
        pass

    def flush(self):
        pass

    def close(self):
        pass

    def add_scalar(self, tag, value, *args, **kwargs):
        sink(value)

    def add_scalars(self, tag, value, *args, **kwargs):
        sink(value)

    def add_histogram(self, tag, value, *args, **kwargs):
        sink(value)

    def add_image(self, tag, value, *args, **kwargs):
        sink(value)

    def add_images(self, tag, value, *args, **kwargs):
        sink(value)

    def add_figure(self, tag, value, *args, **kwargs):
        sink(value)

    def add_text(self, tag, value, *args, **kwargs):
        sink(value)

    def add_embedding(self, value, *args, **kwargs):
        sink(value)

    def add_video(self, tag, value, *args, **kwargs):
        sink(value)

    def add_pr_curve(self, tag, labels, value, *args, **kwargs):
        sink(value)
