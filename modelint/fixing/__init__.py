"""From repairs to changed files: `repairs` makes edits of what rules ask for, `plan` chooses among them, `loop` applies them until
nothing changes any more, `write` puts the result on the disk."""
