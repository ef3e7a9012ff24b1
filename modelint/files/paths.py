"""How paths are written: inside the program and for users, a file is named relative to the project's root with `/`."""

from __future__ import annotations

import os


def shown_path(absolute: str, root: str) -> str:
    """`absolute` relative to `root` with `/`, or itself when it lies elsewhere. What is no Unicode in it is made printable."""
    prefix = root if root.endswith(os.sep) else root + os.sep
    if absolute == root:
        shown = "."
    else:
        shown = absolute[len(prefix) :] if absolute.startswith(prefix) else absolute
    if os.sep != "/":
        shown = shown.replace(os.sep, "/")
    if not shown.isascii():
        shown = shown.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return shown


def absolute_path(path: str, folder: str) -> str:
    """`path` as seen from `folder`, absolute and without `..`, links kept."""
    return os.path.normpath(os.path.join(folder, path))
