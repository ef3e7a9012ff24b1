"""What a user is told: `diagnostic` records and the `fix` that may come with one."""
