from gliner import GLiNERConfig
