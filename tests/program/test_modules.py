"""Which file an import means, without reading any."""

from __future__ import annotations

import pytest

from modelint.program.modules import Resolver


def resolver(*files: str, roots: tuple[str, ...] = ()) -> Resolver:
    return Resolver(files, roots)


def test_libraries_are_not_the_project_s() -> None:
    assert resolver("train.py", "torchx/__init__.py").resolve("train.py", "torch") is None


def test_a_script_s_own_folder_goes_before_the_root() -> None:
    files = resolver("utils.py", "tools/utils.py", "tools/train.py", "other/train.py")
    assert files.resolve("tools/train.py", "utils") == "tools/utils.py"
    assert files.resolve("other/train.py", "utils") == "utils.py"


def test_no_module_imports_itself() -> None:
    files = resolver(
        "utils.py", "tools/utils.py", "tools/datasets.py", "tools/train.py", "tools/pkg/__init__.py", "tools/pkg/mod.py"
    )
    assert files.resolve("tools/utils.py", "utils") == "utils.py"
    assert files.resolve("tools/utils.py", "utils", script="tools/train.py") == "utils.py"
    assert files.resolve("tools/datasets.py", "datasets") is None
    assert files.resolve("tools/pkg/mod.py", "pkg.mod") == "tools/pkg/mod.py"
    assert files.resolve("tools/pkg/__init__.py", "pkg") == "tools/pkg/__init__.py"


@pytest.mark.parametrize("root", ["", "src/", "lib/", "code/"])
def test_roots(root: str) -> None:
    files = resolver("tests/test_a.py", f"{root}pkg/__init__.py", f"{root}pkg/a.py", f"{root}single.py", roots=("code",))
    assert files.resolve("tests/test_a.py", "pkg") == f"{root}pkg/__init__.py"
    assert files.resolve("tests/test_a.py", "pkg.a") == f"{root}pkg/a.py"
    assert files.resolve("tests/test_a.py", "single") == f"{root}single.py"


def test_folders_of_modules_beside_a_script() -> None:
    files = resolver("apps/main.py", "apps/lib/validation.py", "apps/src/losses.py", "losses.py")
    assert files.resolve("apps/main.py", "validation") == "apps/lib/validation.py"
    assert files.resolve("apps/main.py", "losses") == "losses.py"
    assert files.resolve("other.py", "validation") is None


def test_packages_anywhere_are_found_if_only_one_has_the_module() -> None:
    files = resolver("apps/x.py", "packages/core/core/__init__.py", "packages/a/dup/__init__.py", "packages/b/dup/__init__.py")
    assert files.resolve("apps/x.py", "core") == "packages/core/core/__init__.py"
    assert files.resolve("apps/x.py", "dup") is None


def test_inside_a_package_a_plain_import_is_not_of_a_sibling() -> None:
    files = resolver("pkg/__init__.py", "pkg/train.py", "pkg/queues.py", "pkg/logging.py")
    assert files.resolve("pkg/train.py", "queues") is None
    assert files.resolve("pkg/train.py", "queues", script="pkg/train.py") == "pkg/queues.py"


def test_the_standard_library_is_shadowed_only_beside_the_script() -> None:
    files = resolver("logging.py", "tools/train.py", "train.py", "test/__init__.py")
    assert files.resolve("train.py", "logging") == "logging.py"
    assert files.resolve("tools/train.py", "logging") is None
    assert files.resolve("tools/train.py", "test") == "test/__init__.py"


@pytest.mark.parametrize(
    ("importer", "module", "level", "expected"),
    [
        ("pkg/sub/a.py", "b", 1, "pkg/sub/b.py"),
        ("pkg/sub/a.py", "", 1, "pkg/sub/__init__.py"),
        ("pkg/sub/a.py", "", 2, "pkg/__init__.py"),
        ("pkg/sub/a.py", "c", 2, "pkg/c.py"),
        ("pkg/sub/__init__.py", "b", 1, "pkg/sub/b.py"),
        ("pkg/sub/__init__.py", "c", 2, "pkg/c.py"),
        ("pkg/c.py", "sub.b", 1, "pkg/sub/b.py"),
        ("pkg/c.py", "x", 4, None),
        ("pkg/c.py", "missing", 1, None),
    ],
)
def test_relative_imports(importer: str, module: str, level: int, expected: str | None) -> None:
    files = resolver("pkg/__init__.py", "pkg/c.py", "pkg/sub/__init__.py", "pkg/sub/a.py", "pkg/sub/b.py")
    assert files.resolve(importer, module, level) == expected


def test_namespace_packages_have_no_file_but_their_modules_do() -> None:
    files = resolver("x.py", "space/a/one.py", "src/space/b.py")
    assert files.resolve("x.py", "space") is None
    assert files.resolve("x.py", "space.a.one") == "space/a/one.py"
    assert files.resolve("x.py", "space.b") == "src/space/b.py"


def test_a_real_package_hides_a_namespace() -> None:
    files = resolver("x.py", "space/a.py", "src/space/__init__.py")
    assert files.resolve("x.py", "space.a") is None
    assert files.resolve("x.py", "space") == "src/space/__init__.py"


def test_a_package_hides_a_module_and_source_hides_a_stub() -> None:
    files = resolver("x.py", "a.py", "a/__init__.py", "b.py", "b.pyi", "c.pyi")
    assert files.resolve("x.py", "a") == "a/__init__.py"
    assert files.resolve("x.py", "b") == "b.py"
    assert files.resolve("x.py", "c") == "c.pyi"


def test_members_may_be_submodules() -> None:
    files = resolver("x.py", "pkg/__init__.py", "pkg/a.py")
    assert files.resolve_member("x.py", "pkg", "a") == "pkg/a.py"
    assert files.resolve_member("x.py", "pkg", "name") is None
    assert files.resolve_member("pkg/b.py", "", "a", 1) == "pkg/a.py"
    assert files.resolve_member("x.py", "", "a") is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("pkg/__init__.py", "pkg"),
        ("pkg/sub/a.py", "pkg.sub.a"),
        ("src/inner/a.py", "inner.a"),
        ("packages/core/core/a.py", "core.a"),
        ("tools/train.py", "tools.train"),
        ("train.py", "train"),
        ("notebook.ipynb", "notebook"),
        ("/elsewhere/x/y.py", "elsewhere.x.y"),
    ],
)
def test_module_names(path: str, name: str) -> None:
    files = resolver("pkg/__init__.py", "pkg/sub/__init__.py", "src/inner/__init__.py", "packages/core/core/__init__.py")
    assert files.module_name(path) == name


def test_a_root_that_is_itself_a_package() -> None:
    files = resolver("__init__.py", "train.py", "models/__init__.py", "models/a.py")
    assert files.resolve("train.py", "models.a") == "models/a.py"
    assert files.module_name("models/a.py") == "models.a"


def test_the_order_of_files_does_not_matter() -> None:
    names = ["x.py", "a/p/__init__.py", "b/q/__init__.py", "src/p/__init__.py"]
    answers = [Resolver(order).resolve("x.py", "p") for order in (names, names[::-1])]
    assert answers == ["src/p/__init__.py"] * 2
