"""Finding files: what is taken, what is left out, and links of every kind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from modelint.config.schema import DEFAULT_EXCLUDES
from modelint.errors import UsageError
from modelint.files import discover as module
from modelint.files.discover import Discovery, discover
from modelint.files.ignore import Excluder

Tree = Callable[[Mapping[str, str]], Path]


def found(root: Path, *paths: str, exclude: Iterable[str] = DEFAULT_EXCLUDES, limit: int | None = None) -> Discovery:
    return discover(paths or (".",), str(root), Excluder(exclude), folder=str(root), limit=limit)


def names(discovery: Discovery) -> list[str]:
    return [file.path for file in discovery.files]


def problems(discovery: Discovery) -> list[tuple[str, str]]:
    return [(diagnostic.name, diagnostic.filename) for diagnostic in discovery.diagnostics]


def test_takes_python_stubs_and_notebooks_and_sorts_them(tree: Tree) -> None:
    root = tree({"b.py": "", "a.py": "", "pkg/c.pyi": "", "n.ipynb": "", "readme.md": "", "data.json": "", "x.pyc": ""})
    assert names(found(root)) == ["a.py", "b.py", "n.ipynb", "pkg/c.pyi"]


def test_order_of_listing_and_of_arguments_does_not_matter(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({f"{folder}/{name}.py": "" for folder in "zyx" for name in "cab"})
    expected = found(root, "x", "y", "z")

    class Reversed:
        def __init__(self, path: str) -> None:
            with real(path) as listing:
                self.entries = sorted(listing, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            return None

    real = os.scandir
    monkeypatch.setattr(module.os, "scandir", Reversed)
    assert found(root, "z", "x", "y") == expected


def test_usual_folders_are_left_out(tree: Tree) -> None:
    left_out = {f"{folder}/x.py": "" for folder in (".git", ".venv", "venv", "node_modules", "__pycache__", "build", "dist")}
    assert names(found(tree({"a.py": "", **left_out}))) == ["a.py"]


def test_configured_patterns_are_relative_to_the_root(tree: Tree) -> None:
    root = tree({"a.py": "", "gen/a.py": "", "pkg/gen/b.py": "", "pkg/x_pb2.py": "", "docs/conf.py": ""})
    assert names(found(root, exclude=["/gen", "*_pb2.py", "docs"])) == ["a.py", "pkg/gen/b.py"]


def test_gitignore_files_nest_and_the_inner_one_decides(tree: Tree) -> None:
    root = tree(
        {
            ".gitignore": "secret*.py\n/top.py\nout/\n# comment\n\n",
            "top.py": "",
            "secret1.py": "",
            "out/a.py": "",
            "pkg/top.py": "",
            "pkg/.gitignore": "!secret2.py\n",
            "pkg/secret1.py": "",
            "pkg/secret2.py": "",
        }
    )
    assert names(found(root)) == ["pkg/secret2.py", "pkg/top.py"]


def test_gitignore_of_the_repository_applies_in_a_folder_of_it(tree: Tree) -> None:
    root = tree(
        {".git/HEAD": "", ".git/info/exclude": "local.py\n", ".gitignore": "gen.py\n", "pkg/gen.py": "", "pkg/a.py": ""}
    )
    (root / "pkg" / "local.py").write_text("")
    assert names(discover(["."], str(root / "pkg"), Excluder(()), folder=str(root / "pkg"))) == ["a.py"]


def test_a_malformed_gitignore_line_costs_only_itself(tree: Tree) -> None:
    assert names(found(tree({".gitignore": "!\ngen.py\n", "gen.py": "", "a.py": ""}))) == ["a.py"]


def test_what_is_named_is_always_taken(tree: Tree) -> None:
    root = tree({".gitignore": "gen.py\nskipped/\n", "gen.py": "", "script": "", "build/x.py": "", "skipped/y.py": ""})
    assert names(found(root, "gen.py", "script", "build", "skipped")) == ["build/x.py", "gen.py", "script", "skipped/y.py"]
    assert [file.named for file in found(root, "gen.py", "build").files] == [False, True]


def test_a_missing_path_is_a_usage_error(tree: Tree) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.py"):
        found(tree({}), "nowhere.py")


def test_files_outside_the_root_have_absolute_paths(tree: Tree) -> None:
    root = tree({"inside/a.py": "", "outside/b.py": ""})
    discovery = discover(["inside", "outside"], str(root / "inside"), Excluder(()), folder=str(root))
    assert names(discovery) == [(root / "outside" / "b.py").as_posix(), "a.py"]


def test_a_link_to_a_folder_above_is_reported_and_not_followed(tree: Tree) -> None:
    root = tree({"pkg/a.py": ""})
    (root / "pkg" / "loop").symlink_to(root, target_is_directory=True)
    discovery = found(root)
    assert names(discovery) == ["pkg/a.py"]
    assert problems(discovery) == [("link-loop", "pkg/loop")]


def test_links_that_lead_to_each_other_are_reported(tree: Tree) -> None:
    root = tree({"a.py": ""})
    (root / "one").symlink_to(root / "two")
    (root / "two").symlink_to(root / "one")
    (root / "self.py").symlink_to(root / "self.py")
    assert problems(found(root)) == [("link-loop", "one"), ("link-loop", "self.py"), ("link-loop", "two")]


def test_a_link_to_another_folder_is_followed_once(tree: Tree) -> None:
    root = tree({"project/a.py": "", "shared/s.py": ""})
    for name in ("first", "second"):
        (root / "project" / name).symlink_to(root / "shared", target_is_directory=True)
    discovery = discover(["project"], str(root), Excluder(()), folder=str(root))
    assert names(discovery) == ["project/a.py", "project/first/s.py"]
    assert not discovery.diagnostics


def test_a_file_is_taken_under_its_real_name(tree: Tree) -> None:
    root = tree({"z_real.py": "", "elsewhere.txt": ""})
    (root / "a_link.py").symlink_to(root / "z_real.py")
    (root / "b_link.py").symlink_to(root / "elsewhere.txt")
    assert names(found(root)) == ["b_link.py", "z_real.py"]


def test_a_broken_link_is_reported(tree: Tree) -> None:
    root = tree({"a.py": ""})
    (root / "gone.py").symlink_to(root / "nothing.py")
    (root / "data").symlink_to(root / "unmounted")
    (root / ".#a.py").symlink_to("user@host.1234")
    assert problems(found(root)) == [("broken-link", "gone.py")]
    assert problems(found(root, "gone.py")) == [("broken-link", "gone.py")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_reported_and_not_read(tree: Tree) -> None:
    root = tree({"a.py": ""})
    os.mkfifo(root / "pipe.py")
    assert problems(found(root)) == [("unreadable-file", "pipe.py")]


def test_a_folder_that_cannot_be_listed_is_reported(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({"a.py": "", "closed/b.py": ""})
    real = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(module.os, "scandir", refuse)
    discovery = found(root)
    assert names(discovery) == ["a.py"]
    assert problems(discovery) == [("unreadable-file", "closed")]


def test_a_name_that_is_no_unicode_is_made_printable(tree: Tree) -> None:
    root = tree({})
    try:
        Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.py")).write_text("")
    except OSError:
        pytest.skip("the file system takes only Unicode names")
    assert names(found(root)) == ["caf\ufffd.py"]


def test_a_limit_ends_the_walk_and_says_so(tree: Tree) -> None:
    root = tree({f"{number}.py": "" for number in range(5)})
    discovery = found(root, limit=3)
    assert len(discovery.files) == 3
    assert not discovery.is_complete
