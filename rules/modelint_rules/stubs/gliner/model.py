from gliner import GLiNER
