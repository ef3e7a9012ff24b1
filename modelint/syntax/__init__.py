"""From text to the standard library's syntax tree."""
