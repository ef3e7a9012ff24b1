from bitsandbytes.nn.modules import *
