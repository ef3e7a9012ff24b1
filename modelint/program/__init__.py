"""What a program is made of beyond one file: which module an import means, classes, stubs, entries."""
