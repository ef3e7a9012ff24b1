from gliner.data_processing import __getattr__
