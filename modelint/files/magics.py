"""Takes what only IPython understands out of a notebook cell: `%magic`, `!command`, `name?`, `%%cell_magic`.

Every line stays a line, and code that remains stays in its columns, so that places in the result are places in the cell. A
magic becomes `pass`; where its value is used it becomes `get_ipython()`, which says nothing about it; the Python that
`%time` and its like run is kept.
"""

from __future__ import annotations

import re

_RUN_PYTHON = frozenset({"memit", "mprun", "prun", "pyinstrument", "scalene", "snakeviz", "time", "timeit"})
PYTHON_CELL_MAGICS = _RUN_PYTHON | {"capture", "debug", "heat", "notify", "wandb"}
_PYTHON_LINE_MAGICS = _RUN_PYTHON | {"lprun"}
_COMPOUND = re.compile(r"(?:async|class|def|for|if|try|while|with|@)\b|@")

_COMMANDS = "(?:apt|apt-get|cat|cd|conda|cp|git|ls|mamba|mkdir|mv|pip3?|rm|wget)"
_SUSPICIOUS = re.compile(rf"^[ \t]*(?:[%!?]|{_COMMANDS}[ \t])|\?[ \t;]*$|=[ \t]*[%!]", re.M)
_LINE_MAGIC = re.compile(r"([ \t]*)%[ \t]*(\w+)(.*)", re.S)
_ESCAPE = re.compile(r"([ \t]*)(?:%%?[ \t]*\w|!|\?)")
_ASSIGNED = re.compile(r"([ \t]*[\w.,\[\] \t]+?=[ \t]*)(?:%(\w+)(.*)|!.*)", re.S)
_HELP = re.compile(r"([ \t]*)[%\w.\[\]*]+\?\??[ \t;]*$")
# Two words side by side are never Python, unless the second is an operator or a keyword that may follow an expression.
_BARE_COMMAND = re.compile(
    rf"([ \t]*){_COMMANDS}[ \t]+(?!(?:in|is|if|and|or|not|for|else|as)\b)(?:-{{1,2}}[A-Za-z]{{2}}|\w|\.\.|~|/\w)"
)
_STRING_PREFIX = "[rRbBfFuUtT]{0,2}"
_TOKENS = re.compile(
    rf"#.*|{_STRING_PREFIX}(?P<triple>'''|\"\"\")"
    rf"|{_STRING_PREFIX}(?:'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
)


def cell_magic(text: str) -> str | None:
    """The name of the cell magic that a cell starts with: `time` for `%%time -n 3`, `` for a `%%` or `!!` alone."""
    match = re.match(r"\s*(?:%%(\w*)|(!!))", text)
    return None if match is None else match.group(1) or ""


def without_magics(text: str) -> str:
    """The cell with its magics neutralised, line by line."""
    if not _SUSPICIOUS.search(text):
        return text
    lines: list[str] = []
    state = _Lines()
    in_magic = False
    for line in text.split("\n"):
        if in_magic or state.is_fresh():
            replaced = "" if in_magic else _neutral(line)
            if replaced != line:
                in_magic = line.rstrip().endswith("\\")
                lines.append(replaced)
                continue
        in_magic = False
        state.feed(line)
        lines.append(line)
    return "\n".join(lines)


def _neutral(line: str) -> str:
    """What stands for the first line of a statement; the line itself when it is Python."""
    match = _LINE_MAGIC.match(line)
    if match and match.group(2) in _PYTHON_LINE_MAGICS:
        return _timed(match.group(1), line)
    match = _ESCAPE.match(line) or _HELP.match(line) or _BARE_COMMAND.match(line)
    if match:
        return match.group(1) + "pass"
    match = _ASSIGNED.match(line)
    if match is None:
        return line
    if match.group(2) in _PYTHON_LINE_MAGICS:
        code = _without_options(match.group(3) or "")
        return match.group(1) + " " * (len(line) - len(match.group(1)) - len(code)) + code
    return match.group(1) + "get_ipython()"


def _timed(indent: str, line: str) -> str:
    """`%time f(x)` as `0;    f(x)`: an expression without effect holds the place that the magic took."""
    match = _LINE_MAGIC.match(line)
    code = _without_options(match.group(3)) if match else ""
    if not code.strip() or _COMPOUND.match(code) or len(line) - len(indent) - len(code) < 2:
        return indent + "pass"
    return indent + "0;" + " " * (len(line) - len(indent) - len(code) - 2) + code


def _without_options(arguments: str) -> str:
    """The statement after options like `-n 10 -r3 -o`."""
    match = re.match(r"[ \t]*(?:-[a-zA-Z]+(?:[ \t]*\d+)?[ \t]+)*", arguments)
    return arguments[match.end() :] if match else arguments


class _Lines:
    """Follows strings, brackets and backslashes from line to line, to know where a statement may begin."""

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""
        self.continued = False

    def is_fresh(self) -> bool:
        return not self.depth and not self.quote and not self.continued

    def feed(self, line: str) -> None:
        position = 0
        comment = False
        while position < len(line):
            if self.quote:
                end = _end_of_string(line, position, self.quote)
                if end < 0:
                    break
                position, self.quote = end, ""
                continue
            match = _TOKENS.search(line, position)
            if match is None:
                break
            position = match.end()
            comment = match.group().startswith("#")
            self.quote = match.group("triple") or ""
            if match.group("open"):
                self.depth += 1
            elif match.group("close"):
                self.depth = max(self.depth - 1, 0)
        self.continued = not comment and not self.quote and line.endswith("\\")


def _end_of_string(line: str, position: int, quote: str) -> int:
    while True:
        end = line.find(quote, position)
        if end < 0:
            return -1
        backslashes = len(line[:end]) - len(line[:end].rstrip("\\"))
        if backslashes % 2 == 0 or end - backslashes < position:
            return end + len(quote)
        position = end + 1
