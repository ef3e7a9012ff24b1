"""The grammar of the generated programs: one table per family of constructs, and what composes programs of them."""
