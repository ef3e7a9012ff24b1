"""The intermediate representation that everything after parsing works on: `ops` in `module`s, printed by `pretty`, checked by `verify`."""
