"""A whole run: the `pipeline`, its process pool (`workers`) and its `cache`."""
