"""The command line: one command per file, imported when it is run, so that `--help` and `--version` stay quick."""
