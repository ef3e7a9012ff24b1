"""The page of a rule: the docstring of its module, read as Markdown with fixed headings.

    summary line
    ## What it does
    ## Why is this bad?
    ## Example          code with `# expect:` comments; a test: exactly these diagnostics
    ## Use instead      code; a test: clean
    ## Fix safety
    ## References

One docstring serves the tests, `modelint rule`, the documentation and the help that other formats carry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from modelint.errors import PackError

HEADINGS = ("What it does", "Why is this bad?", "Example", "Use instead", "Fix safety", "References")
_HEADING = re.compile(r"^## (.+?)\s*$", re.MULTILINE)
_CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page. `sections` holds the Markdown below each heading, in the order of `HEADINGS`."""

    summary: str
    sections: dict[str, str]

    @property
    def examples(self) -> tuple[str, ...]:
        """The programs of the Example section."""
        return tuple(_CODE.findall(self.sections["Example"]))

    @property
    def fixed_examples(self) -> tuple[str, ...]:
        """The programs of the Use instead section."""
        return tuple(_CODE.findall(self.sections["Use instead"]))


def parse_page(docstring: str, where: str) -> Page:
    """The page in a docstring; a `PackError` that says `where` if a heading or an example is missing."""
    summary, _, rest = docstring.strip().partition("\n")
    pieces = _HEADING.split(rest)
    sections = {name: text.strip() + "\n" for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    if tuple(sections) != HEADINGS:
        raise PackError(
            f"{where}: the page must have the headings {', '.join(HEADINGS)}, in this order; it has {', '.join(sections)}"
        )
    page = Page(summary, sections)
    if not summary.endswith(".") or pieces[0].strip():
        raise PackError(f"{where}: the page must begin with one summary line that ends with a full stop")
    if not page.examples or not page.fixed_examples:
        raise PackError(f"{where}: the sections Example and Use instead must hold ```python code")
    return page
