from deepspeed.ops import adagrad, adam, lamb, lion
