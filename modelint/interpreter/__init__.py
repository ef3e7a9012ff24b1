"""The abstract interpreter: runs IR over abstract values and reports what happens to models.

| where | what |
|---|---|
| `values`, `heap`, `state`, `conditions`, `splits`, `joins`, `widening` | what is known at a point of the program, and how two such states become one |
| `machine`, `frame` | one program: identities, blocks, functions; what a block runs in |
| `operations`, `regions`, `loops`, `contexts` | what each operation does; `if` and `try`; loops; `with` |
| `calls`, `arguments`, `classes`, `generators`, `reuse`, `skipping` | calls of what is resolved, and those that need not be followed |
| `unresolved`, `unknown_methods` | calls that cannot be resolved, and methods of values that are not known |
| `native_calls`, `natives`, `standard`, `copies` | built-in functions, and a few of other libraries |
| `intrinsics`, `intrinsics_training` | the functions that stubs call to say what a library does |
| `attributes`, `containers`, `methods`, `instances`, `records`, `operators`, `guards` | what can be done with a value, and asked of it |
| `models`, `layers`, `running`, `modes`, `passes`, `steps`, `weights` | modules and their parts, those that run, modes, forwards, gradients, steps |
| `built`, `dropouts`, `frozen`, `heads`, `hidden`, `outdated`, `overrides`, `reveal`, `saves`, `places` | one question about models each, and where they were made |
| `log`, `emit` | what happened, and the events made of it |
| `linker`, `bases`, `library_names`, `programs`, `alike`, `clients`, `orders`, `parameters` | modules and classes as a whole, where a program starts, and functions and classes that nobody uses |
| `timeline`, `lanes`, `visible` | the modes line by line, for people |
"""
