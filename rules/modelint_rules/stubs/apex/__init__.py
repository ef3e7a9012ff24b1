"""What is here was read in the source, and where it needs no GPU run: no package of it can be installed for the tests. `amp` and
`parallel` are in it up to https://github.com/NVIDIA/apex/tree/e13873debc4699d39c6861074b9a3b2a02327f92."""

from apex import amp, normalization, optimizers, parallel
