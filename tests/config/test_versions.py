"""Which version of a library a project says it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelint.config.versions import LibraryVersion, LibraryVersions, is_version_or_range


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.1", False),
        ("2.2", True),
        ("==2.2.1+cu118", True),
        ("2.2.0rc1", True),
        (">=2.0", True),
        ("!=2.2", True),
        ("<2.2", False),
        ("<2.2.0", False),
        ("<2.2.1", True),
        ("<=2.2", True),
        ("<=2.1.9", False),
        ("~=2.1.0", False),
        ("~=2.1", True),
        ("==2.1.*", False),
        ("==2.*", True),
        (">=1.8,<3,!=2.0.1", True),
        (">=1.8,<2", False),
    ],
)
def test_a_range_takes_its_newest_member(text: str, expected: bool) -> None:
    assert LibraryVersion(text, "x").at_least((2, 2)) is expected


@pytest.mark.parametrize("text", ["latest", "", "^2.1", "2.x", "git+https://x"])
def test_what_is_no_version(text: str) -> None:
    assert not is_version_or_range(text)


def version(
    root: Path, files: dict[str, str], library: str = "lightning", path: str = "pkg/train.py"
) -> tuple[str, str] | None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    found = LibraryVersions(str(root), {}).of(library, path)
    return None if found is None else (found.text, found.source_file)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("poetry.lock", '[[package]]\nname = "lightning"\nversion = "2.1.3"\n', "2.1.3"),
        ("uv.lock", '[[package]]\nname = "lightning"\nversion = "2.1.3"\n\n[[package]]\nname = "x"\nversion = "1"', "2.1.3"),
        ("pdm.lock", '[[package]]\nname = "lightning"\nversion = "2.1.3"\n', "2.1.3"),
        ("Pipfile.lock", '{"default": {"lightning": {"version": "==2.1.3"}}}', "==2.1.3"),
        ("requirements.txt", "torch\nlightning[extra]==2.1.3 ; python_version > '3' # why\n", "==2.1.3"),
        ("requirements-dev.txt", "-r x.txt\n--hash=a\nlightning >=2.0, <2.2\n", ">=2.0, <2.2"),
        ("pyproject.toml", '[project]\ndependencies = ["lightning~=2.1.0"]', "~=2.1.0"),
        ("pyproject.toml", '[project.optional-dependencies]\na = ["lightning<2.2"]', "<2.2"),
        ("pyproject.toml", '[dependency-groups]\na = ["lightning<2.2", {include-group = "b"}]', "<2.2"),
        ("pyproject.toml", '[tool.poetry.dependencies]\nlightning = "^2.1"', ">=2.1,<3"),
        ("pyproject.toml", '[tool.poetry.dependencies]\nlightning = {version = "~2.1", optional = true}', ">=2.1,<2.2"),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\nlightning = "2.1.*"', "==2.1.*"),
        ("pyproject.toml", '[tool.poetry.dependencies]\nlightning = "^0.3.1"', ">=0.3.1,<0.4"),
        ("setup.cfg", "[options]\ninstall_requires =\n    torch\n    lightning>=2.0,<2.2\n", ">=2.0,<2.2"),
        ("setup.cfg", "[options.extras_require]\nall =\n    lightning<2.2\n", "<2.2"),
        ("environment.yml", "dependencies:\n  - conda-forge::lightning=2.1\n  - pip", "==2.1.*"),
        ("environment.yml", "dependencies:\n  - lightning=2.1.0=py39_0\n", "==2.1.0"),
        ("environment.yml", "dependencies:\n  - pip:\n    - lightning>=2.0,<2.2\n", ">=2.0,<2.2"),
    ],
)
def test_files_that_say_it(tmp_path: Path, name: str, text: str, expected: str) -> None:
    assert version(tmp_path, {name: text}) == (expected, name)


def test_conda_calls_torch_pytorch(tmp_path: Path) -> None:
    assert version(tmp_path, {"environment.yml": "dependencies:\n  - pytorch==2.0.1\n"}, "torch") == (
        "==2.0.1",
        "environment.yml",
    )


def test_lightning_has_two_names_that_are_two_libraries(tmp_path: Path) -> None:
    assert version(tmp_path, {"requirements.txt": "pytorch_lightning==1.9\n"}) is None
    assert version(tmp_path, {}, "pytorch-lightning") == ("==1.9", "requirements.txt")


def test_a_lock_file_goes_before_a_nearer_requirement(tmp_path: Path) -> None:
    files = {"pkg/pyproject.toml": '[project]\ndependencies = ["lightning>=2"]'}
    files["uv.lock"] = '[[package]]\nname = "lightning"\nversion = "2.1.3"\n'
    assert version(tmp_path, files) == ("2.1.3", "uv.lock")


def test_the_nearest_folder_and_in_it_the_narrowest_requirement_wins(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": '[project]\ndependencies = ["lightning<1"]',
        "pkg/pyproject.toml": '[project]\ndependencies = ["lightning>=2"]',
        "pkg/requirements.txt": "lightning<2.2\n",
    }
    assert version(tmp_path, files) == ("<2.2", "pkg/requirements.txt")


def test_the_configuration_goes_before_everything(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("lightning==2.5\n")
    versions = LibraryVersions(str(tmp_path), {"lightning": "2.0"})
    assert versions.of("lightning", "x.py") == LibraryVersion("2.0", "configuration")


@pytest.mark.parametrize(
    ("name", "text"),
    [("pyproject.toml", "not toml ["), ("Pipfile.lock", "{"), ("setup.cfg", "no section"), ("requirements.txt", "lightning\n")],
)
def test_what_says_nothing_means_the_newest(tmp_path: Path, name: str, text: str) -> None:
    assert version(tmp_path, {name: text}) is None
