"""What a run tells: the `record` of it, and one file per output format."""
