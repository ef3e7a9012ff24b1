"""Text and places in it: spans, line indexes, edits. Knows nothing of Python."""
