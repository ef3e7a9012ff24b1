"""Finds the files to check: `discover(paths, ...) -> Discovery`.

A file that is named is always taken. In folders, `.py`, `.pyi` and `.ipynb` files are taken unless the configuration or a
`.gitignore` leaves them out. Links are followed, but each real folder and file is visited once, under its real name where it
has one in the walk, so the result does not depend on the order in which the operating system lists entries.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

import msgspec

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.errors import UsageError
from modelint.files import inputs
from modelint.files.ignore import Excluder, IgnoreChain, chain_above, extended, ignored
from modelint.files.paths import absolute_path, shown_path

SUFFIXES = (".py", ".pyi", ".ipynb")
PROJECT_FILE_LIMIT = 50_000
"""Where the walk that only looks for importable files stops."""
LOOSE_FILE_LIMIT = 2_000
"""The same around files that belong to no project: a script in a home folder must not make us list the disk."""


class Found(msgspec.Struct, frozen=True):
    """A file to check. `named`: it was given itself and not found in a folder."""

    path: str
    absolute: str
    named: bool = False


class Discovery(msgspec.Struct, frozen=True):
    """Files sorted by path, and what is wrong with entries that are no files. `is_complete`: no limit ended the walk."""

    files: tuple[Found, ...]
    diagnostics: tuple[Diagnostic, ...]
    is_complete: bool = True


def discover(
    paths: Sequence[str], root: str, excluder: Excluder, *, folder: str | None = None, limit: int | None = None
) -> Discovery:
    """The files that `paths` (relative to `folder`, by default the current one) mean, in the project at `root`."""
    walk = _Walk(root, excluder, limit)
    folder = os.getcwd() if folder is None else folder
    tops = [absolute_path(path, folder) for path in paths]
    for given, top in zip(paths, tops, strict=True):
        if not os.path.lexists(top):
            raise UsageError(f"path does not exist: {given}")
    for top in sorted(tops):
        if os.path.isdir(top):
            walk.folder(top)
        else:
            walk.named_file(top)
    return walk.result()


class _Walk:
    """The state of one walk. Links are put aside until all real folders are done, so that real names win."""

    def __init__(self, root: str, excluder: Excluder, limit: int | None) -> None:
        self.root = root
        self.excluder = excluder
        self.limit = limit
        self.files: dict[str, Found] = {}
        self.diagnostics: list[Diagnostic] = []
        self.visited: set[tuple[int, int]] = set()
        self.linked_folders: list[tuple[str, IgnoreChain, str]] = []
        self.linked_files: list[str] = []
        self.is_complete = True

    def result(self) -> Discovery:
        self._follow_links()
        files = sorted(self.files.values(), key=lambda found: found.path)
        diagnostics = sorted(self.diagnostics, key=lambda diagnostic: (diagnostic.filename, diagnostic.name))
        return Discovery(tuple(files), tuple(diagnostics), self.is_complete)

    def named_file(self, absolute: str) -> None:
        if not os.path.exists(absolute):
            self._report_link(absolute)
            return
        self.files[absolute] = Found(shown_path(absolute, self.root), absolute, named=True)

    def folder(self, top: str) -> None:
        chain = chain_above(top, self.root)
        base = self.root if top == self.root or top.startswith(self.root.rstrip(os.sep) + os.sep) else top
        # Who names a folder wants its files, also where a pattern from above leaves the folder itself out.
        if ignored(chain, top, is_directory=True):
            chain = ()
        if base != top and self.excluder.excludes(shown_path(top, base), os.path.basename(top), is_directory=True):
            base = top
        self._walk(top, chain, base)

    def _walk(self, top: str, chain: IgnoreChain, base: str) -> None:
        stack = [(top, chain)]
        while stack and self.is_complete:
            folder, chain = stack.pop()
            try:
                status = os.stat(folder)
                identity = (status.st_dev, status.st_ino)
                if identity in self.visited:
                    continue
                self.visited.add(identity)
                with os.scandir(folder) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self._report(inputs.UNREADABLE, f"the folder cannot be listed: {inputs.reason(error)}", folder)
                continue
            if any(entry.name == ".gitignore" for entry in entries):
                chain = extended(chain, folder)
            stack += reversed([(path, chain) for path in self._entries(entries, chain, base)])

    def _entries(self, entries: list[os.DirEntry[str]], chain: IgnoreChain, base: str) -> list[str]:
        """Takes the files among the entries of a folder and gives the folders to go on with."""
        folders: list[str] = []
        for entry in entries:
            is_folder = self._is_folder(entry)
            if not is_folder and not entry.name.endswith(SUFFIXES):
                continue
            if self.excluder.excludes(shown_path(entry.path, base), entry.name, is_directory=is_folder):
                continue
            if chain and ignored(chain, entry.path, is_directory=is_folder and not entry.is_symlink()):
                continue
            if entry.is_symlink():
                self._put_aside(entry, chain, base)
            elif is_folder:
                folders.append(entry.path)
            elif entry.is_file():
                self._take(entry.path)
            else:
                self._report(inputs.UNREADABLE, "not a regular file", entry.path)
        return folders

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:  # Links that lead to each other in a circle.
            if not entry.name.endswith(SUFFIXES):
                self._report_link(entry.path)
            return False

    def _take(self, absolute: str) -> None:
        if self.limit is not None and len(self.files) >= self.limit:
            self.is_complete = False
            return
        if absolute not in self.files:
            self.files[absolute] = Found(shown_path(absolute, self.root), absolute)

    def _put_aside(self, entry: os.DirEntry[str], chain: IgnoreChain, base: str) -> None:
        if self._is_folder(entry):
            self.linked_folders.append((entry.path, chain, base))
        elif os.path.isfile(entry.path):
            self.linked_files.append(entry.path)
        elif not entry.name.startswith(".#"):  # Emacs marks a file that is being edited by a dangling `.#name` link.
            self._report_link(entry.path)

    def _follow_links(self) -> None:
        """Folders first, since they bring files. What they link to in turn joins the queue."""
        position = 0
        while position < len(self.linked_folders):
            path, chain, base = self.linked_folders[position]
            position += 1
            status = os.stat(path)
            if (status.st_dev, status.st_ino) not in self.visited:
                self._walk(path, chain, base)
            elif _leads_to_itself(path):
                self._report(inputs.LINK_LOOP, "the link leads back to a folder that contains it; it is not followed", path)
        if not self.linked_files:
            return
        real = {os.path.realpath(path) for path in self.files}
        for path in sorted(self.linked_files):
            target = os.path.realpath(path)
            if target not in real:
                real.add(target)
                self._take(path)

    def _report_link(self, path: str) -> None:
        try:
            mode = os.stat(path).st_mode
            message = f"not a regular file ({stat.filemode(mode)[0]})"
        except FileNotFoundError:
            self._report(inputs.BROKEN_LINK, "the link leads to a file that does not exist", path)
            return
        except OSError as error:
            self._report(inputs.LINK_LOOP, f"the link cannot be followed: {inputs.reason(error)}", path)
            return
        self._report(inputs.UNREADABLE, message, path)

    def _report(self, name: str, message: str, absolute: str) -> None:
        self.diagnostics.append(inputs.input_diagnostic(name, message, shown_path(absolute, self.root)))


def _leads_to_itself(link: str) -> bool:
    target = os.path.realpath(link)
    holder = os.path.realpath(os.path.dirname(link))
    return holder == target or holder.startswith(target.rstrip(os.sep) + os.sep)
