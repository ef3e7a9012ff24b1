"""From paths to texts: `discover` finds files, `read` decodes them, `notebook` joins cells into a program."""
