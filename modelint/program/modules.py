"""Which file of the project an import means: `Resolver`, made from the list of the project's files, without reading them.

All paths are `SourceFile.path`s: relative to the project's root with `/`, or absolute outside it. Python decides by
`sys.path`, which depends on how a program is started, so several folders are tried, the likeliest first:

    the folder of the script that runs, and the importing file's own folder (unless it is a package, which Python 3 skips)
    the project's root, `src`, `lib`, and the configured `src` folders
    the folders above the importing file that are no packages, then their `src` and `lib`
    the parent of any other topmost package, if just one of them has the module

Whether a library's stub is to be preferred is for the caller to say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

_SUFFIXES = (".py", ".pyi")
_USUAL_ROOTS = ("", "src", "lib")
# Nobody imports CPython's own tests, but many projects have a script or folder of that name.
_STANDARD_LIBRARY = sys.stdlib_module_names - {"test"}


class Resolver:
    """Resolves imports inside one project. Holds indexes of its files and the answers given so far."""

    def __init__(self, files: Iterable[str], source_roots: Sequence[str] = ()) -> None:
        self._files = frozenset(path for path in files if path.endswith(_SUFFIXES))
        self._folders = _folders_of(self._files)
        self._packages = frozenset(folder for folder in self._folders if self._init_of(folder))
        configured = tuple(root.strip("/") if root != "." else "" for root in source_roots)
        self._roots = tuple(dict.fromkeys((*_USUAL_ROOTS, *configured)))
        self._package_parents = frozenset(self._above_packages(folder) for folder in self._packages)
        self._holders = _holders_of(self._files, self._folders)
        self._answers: dict[tuple[str, str, str | None], str | None] = {}

    def resolve(self, importer: str, module: str, level: int = 0, *, script: str | None = None) -> str | None:
        """The file that `import module` (after `level` dots) in `importer` means: a module, or the `__init__` of a package.

        None if it is not in the project or is a package without `__init__`. `script` is the file whose program runs.
        """
        if level:
            base = _relative_base(importer, level)
            if base is None:
                return None
            return self._find((base,), module) if module else self._init_of(base)
        if not module:
            return None
        key = (_folder(importer), module, None if script is None else _folder(script))
        if key not in self._answers:
            self._answers[key] = self._absolute(*key)
        found = self._answers[key]
        if found == importer and "." not in module and not self.is_package(importer):
            # No module imports itself: the program is started where another one of the name is found, or it is a library's.
            return self._absolute(*key, without=_folder(importer))
        return found

    def resolve_member(self, importer: str, module: str, name: str, level: int = 0, *, script: str | None = None) -> str | None:
        """The submodule that `from module import name` means, if `name` is one. Members of a module's code take precedence
        over it in Python; whether there is one is for the caller to see."""
        dotted = f"{module}.{name}" if module else name
        if level == 0 and not module:
            return None
        return self.resolve(importer, dotted, level, script=script)

    def module_name(self, path: str) -> str:
        """The dotted name of a file: from its topmost package, else from the longest root above it."""
        stem = path.rsplit(".", 1)[0]
        folder = _folder(path)
        if folder in self._packages:
            top = self._above_packages(folder)
        else:
            above = [root for root in self._roots if root and (folder == root or folder.startswith(root + "/"))]
            top = max(above, key=len, default="/" if path.startswith("/") else "")
        relative = stem[len(top) :].strip("/") if top else stem
        if relative.endswith("/__init__") or relative == "__init__":
            relative = relative[: -len("/__init__")] or _last(folder)
        return relative.replace("/", ".")

    def is_package(self, path: str) -> bool:
        """Whether the file is a package's `__init__`."""
        return _last(path).rsplit(".", 1)[0] == "__init__"

    def targets(self, importer: str, module: str, names: Sequence[str] | None, level: int) -> list[str]:
        """Every file that an import statement may load: the module, the packages above it, submodules among its names.
        The importer is taken as a script as well, so this is a superset over all ways to start the program."""
        parts = module.split(".") if module else []
        dotted = [".".join(parts[:count]) for count in range(1, len(parts) + 1)] or [""]
        dotted += [f"{module}.{name}" if module else name for name in names or () if name != "*"]
        found: dict[str, None] = {}
        for candidate in dotted:
            for script in (None, importer) if not level else (None,):
                path = self.resolve(importer, candidate, level, script=script)
                if path is not None:
                    found[path] = None
        return list(found)

    def _absolute(self, folder: str, module: str, script_folder: str | None, *, without: str | None = None) -> str | None:
        first = module.split(".")[0]
        holders = self._holders.get(first, frozenset()) - {without}
        if not holders:
            return None
        search = [] if script_folder is None else [script_folder]
        if folder not in self._packages:
            search.append(folder)
        if first not in _STANDARD_LIBRARY:
            search += self._roots
            above = [parent for parent in _parents(folder) if parent not in self._packages]
            search += above
            search += [f"{parent}/{root}" for parent in above for root in _USUAL_ROOTS if root]
        found = self._find(tuple(root for root in dict.fromkeys(search) if root in holders), module)
        if found is not None or first in _STANDARD_LIBRARY:
            return found
        others = {self._find((parent,), module) for parent in holders & self._package_parents} - {None}
        return others.pop() if len(others) == 1 else None

    def _find(self, search: tuple[str, ...], module: str) -> str | None:
        """Python's own search: the first folder with a package or module of the name wins; folders without `__init__`
        are one namespace, and count only if no other has the name."""
        parts = module.split(".")
        for index, part in enumerate(parts):
            is_last = index == len(parts) - 1
            portions: list[str] = []
            for folder in search:
                path = f"{folder}/{part}" if folder else part
                init = self._init_of(path)
                if init is not None:
                    if is_last:
                        return init
                    portions = [path]
                    break
                file = self._file(path)
                if file is not None:
                    return file if is_last else None
                if path in self._folders:
                    portions.append(path)
            if not portions:
                return None
            search = tuple(portions)
        return None

    def _file(self, stem: str) -> str | None:
        for suffix in _SUFFIXES:
            if stem + suffix in self._files:
                return stem + suffix
        return None

    def _init_of(self, folder: str) -> str | None:
        return self._file(f"{folder}/__init__" if folder else "__init__")

    def _above_packages(self, folder: str) -> str:
        """The first folder upward that is no package. A root with an `__init__` still is the root."""
        while folder and folder in self._packages:
            folder = _folder(folder)
        return folder


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _parents(folder: str) -> list[str]:
    """`folder` and those above it, the nearest first, without the root itself."""
    parents = []
    while folder:
        parents.append(folder)
        folder = _folder(folder)
    return parents


def _folders_of(files: Iterable[str]) -> frozenset[str]:
    folders: set[str] = set()
    for path in files:
        folder = _folder(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = _folder(folder)
    return frozenset(folders)


def _holders_of(files: Iterable[str], folders: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each name that an absolute import may begin with, the folders that hold a file or folder of that name. Most
    imports are of libraries, and are known by this not to be the project's."""
    holders: dict[str, set[str]] = {}
    for path in files:
        holders.setdefault(_last(path).rsplit(".", 1)[0], set()).add(_folder(path))
    for path in folders:
        holders.setdefault(_last(path), set()).add(_folder(path))
    return {name: frozenset(found) for name, found in holders.items()}


def _relative_base(importer: str, level: int) -> str | None:
    """The folder that `level` dots mean; None when they lead out of the project."""
    folder = _folder(importer)
    for _ in range(level - 1):
        if not folder:
            return None
        folder = _folder(folder)
    return folder
