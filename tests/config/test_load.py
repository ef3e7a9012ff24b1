"""Finding and reading the configuration, and every way in which it can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelint.config.load import KEYS, load_config
from modelint.config.schema import DEFAULT_PLUGINS, Config
from modelint.errors import ConfigError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str, name: str = "modelint.toml") -> Config:
    write(folder / name, text)
    return load_config(".", folder=str(folder))


def test_without_a_configuration_everything_has_its_default(tmp_path: Path) -> None:
    config = load_config("x.py", folder=str(tmp_path))
    assert (config.root, config.source, config.select, config.plugins) == (str(tmp_path), "", ("ALL",), DEFAULT_PLUGINS)


def test_every_key_is_read(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        """
        select = ["ML1"]
        ignore = ["ML105"]
        extend-select = ["new-head-not-saved"]
        exclude = ["a"]
        extend-exclude = ["b"]
        stubs = ["lint_stubs"]
        plugins = ["modelint_rules", "ours"]
        src = ["code"]
        min-confidence = "certain"
        output-format = "sarif"
        [per-file-ignores]
        "tests/*" = ["ML104"]
        [library-versions]
        Pytorch_Lightning = "<2.2"
        torch = "2.1"
        """,
    )
    assert config == Config(
        root=str(tmp_path),
        source=str(tmp_path / "modelint.toml"),
        select=("ML1",),
        ignore=("ML105",),
        extend_select=("new-head-not-saved",),
        exclude=("a",),
        extend_exclude=("b",),
        stubs=("lint_stubs",),
        plugins=("modelint_rules", "ours"),
        src=("code",),
        min_confidence="certain",
        output_format="sarif",
        per_file_ignores={"tests/*": ("ML104",)},
        library_versions={"pytorch-lightning": "<2.2", "torch": "2.1"},
    )


def test_every_key_is_a_field() -> None:
    assert {key.replace("-", "_") for key in KEYS} == set(Config.__struct_fields__) - {"root", "source"}


def test_the_nearest_file_with_our_table_wins(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.modelint]\nselect = ["ML1"]')
    write(tmp_path / "pkg" / "pyproject.toml", '[project]\nname = "modelint-user"')
    config = load_config("pkg/sub/x.py", folder=str(tmp_path))
    assert (config.select, config.root) == (("ML1",), str(tmp_path))
    write(tmp_path / "pkg" / "modelint.toml", "")
    assert load_config("pkg/sub/x.py", folder=str(tmp_path)).root == str(tmp_path / "pkg")


def test_isolated_ignores_all_files(tmp_path: Path) -> None:
    write(tmp_path / "modelint.toml", "nonsense =")
    assert load_config(".", isolated=True, folder=str(tmp_path)).source == ""


def test_a_file_can_be_named(tmp_path: Path) -> None:
    write(tmp_path / "ci" / "strict.toml", 'select = ["ML2"]')
    config = load_config("x.py", config_file="ci/strict.toml", folder=str(tmp_path))
    assert (config.select, config.root) == (("ML2",), str(tmp_path / "ci"))


@pytest.mark.parametrize("mark", [".git/HEAD", "pyproject.toml", "setup.py"])
def test_a_mark_of_a_project_makes_the_root(tmp_path: Path, mark: str) -> None:
    write(tmp_path / "repo" / mark, "")
    write(tmp_path / "repo" / "pkg" / "x.py", "")
    assert load_config("repo/pkg/x.py", folder=str(tmp_path)).root == str(tmp_path / "repo")


def test_without_a_mark_the_root_is_the_current_folder_or_the_file_s(tmp_path: Path) -> None:
    write(tmp_path / "here" / "a" / "x.py", "")
    write(tmp_path / "there" / "y.py", "")
    assert load_config("a/x.py", folder=str(tmp_path / "here")).root == str(tmp_path / "here")
    assert load_config("../there/y.py", folder=str(tmp_path / "here")).root == str(tmp_path / "there")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", 'unknown key "selct"; did you mean "select"?'),
        ("per_file_ignores = {}", 'unknown key "per_file_ignores"; did you mean "per-file-ignores"?'),
        ("zzz = 1", 'unknown key "zzz"; known are exclude, extend-exclude'),
        ("[tool.modelint]", "without [tool.modelint]"),
        ('select = "ML1"', '"select" must be a list of strings, not a string'),
        ("select = [1]", '"select" must be a list of strings, but holds a number'),
        ('select = [""]', '"select" holds an empty string'),
        ("min-confidence = true", '"min-confidence" must be a string, not a boolean'),
        ('min-confidence = "certan"', 'must be one of certain, likely, not "certan"; did you mean "certain"?'),
        ('output-format = "sarf"', 'did you mean "sarif"?'),
        ("per-file-ignores = []", '"per-file-ignores" must be a table, not a list'),
        ('per-file-ignores = {"x.py" = "ML1"}', '"per-file-ignores": "x.py" must be a list of strings, not a string'),
        ("library-versions = {torch = 2.1}", '"library-versions": "torch" must be a version in quotes, not a number'),
        ('library-versions = {torch = "new"}', 'like "2.1" or a range'),
        ("select = [", "not valid TOML"),
        ("a = " + "[" * 5000, "not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "modelint.toml"))
    assert message in str(caught.value)


def test_in_pyproject_the_key_has_its_full_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r'pyproject\.toml: unknown key "tool\.modelint\.selct"; did you mean "select"'):
        load(tmp_path, "[tool.modelint]\nselct = []", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"tool\.modelint must be a table, not a number"):
        load(tmp_path, "tool.modelint = 3", "pyproject.toml")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "modelint.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not valid UTF-8"):
        load_config(".", folder=str(tmp_path))


@pytest.mark.parametrize(("name", "text"), [("gone.toml", None), ("pyproject.toml", "[project]")])
def test_a_named_file_must_be_there_and_have_our_table(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        write(tmp_path / name, text)
    with pytest.raises(ConfigError, match="no "):
        load_config(".", config_file=name, folder=str(tmp_path))
