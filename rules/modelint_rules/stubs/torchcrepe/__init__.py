from torchcrepe import core, load, model
from torchcrepe.core import embed, embed_from_file, infer, predict, predict_from_file
from torchcrepe.model import Crepe
