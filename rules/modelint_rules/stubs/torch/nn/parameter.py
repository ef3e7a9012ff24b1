"""Writes values, no modes: everything here is the default of an unresolved call."""
