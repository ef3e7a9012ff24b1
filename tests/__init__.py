"""A package, which Python finds before the `tests` that flair's wheel brings along: `python -m tests.oracle.show` means this one."""
