"""The programs that both sides run: a main file and its neighbours, by path, from the disk or from the generator."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent / "programs"
DIRECTIVE = re.compile(r"^# oracle: (\w+)(?:: (.*))?$", re.MULTILINE)


@dataclass(frozen=True)
class Program:
    """`files`: text by path relative to the program's folder; `main` is the one that is run.

    Lines of the main file say more about it: `# oracle: unknowns: WHY` that the interpreter cannot know all of it, so that the
    modes that it sees need only contain the real ones; `# oracle: needs: LIBRARY, ...` what must be installed; `# oracle: runs: 0 1, 1 1`
    that it is run once with each of these command lines; `# oracle: intent` that modes of single layers are set, which may be
    meant, so that silence about them is no problem.
    """

    name: str
    files: dict[str, str]
    main: str

    @property
    def directives(self) -> dict[str, str]:
        return {name: argument or "" for name, argument in DIRECTIVE.findall(self.files[self.main])}

    @property
    def needs(self) -> list[str]:
        return [name.strip() for name in self.directives.get("needs", "").split(",") if name.strip()]

    @property
    def command_lines(self) -> list[list[str]]:
        return [line.split() for line in self.directives.get("runs", "").split(",")]

    @property
    def has_unknowns(self) -> bool:
        return "unknowns" in self.directives

    @property
    def has_intent(self) -> bool:
        return "intent" in self.directives

    @contextmanager
    def in_a_folder(self) -> Iterator[str]:
        """The program's files in a folder of their own, as absolute path."""
        with TemporaryDirectory(prefix="oracle-") as folder:
            folder = os.path.realpath(folder)
            for path, text in self.files.items():
                target = os.path.join(folder, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "w", encoding="utf-8") as stream:
                    stream.write(text)
            yield folder


def programs() -> list[Program]:
    """A file is a program; a folder is one with neighbours, whose main file is `main.py`, at its top or further down."""
    found = []
    for entry in sorted(FOLDER.iterdir()):
        if entry.suffix == ".py":
            found.append(Program(entry.stem, {entry.name: entry.read_text(encoding="utf-8")}, entry.name))
        elif entry.is_dir():
            files = {str(path.relative_to(entry)): path.read_text(encoding="utf-8") for path in sorted(entry.rglob("*.py"))}
            [main] = [path for path in files if Path(path).name == "main.py"]
            found.append(Program(entry.name, files, main))
    return found
