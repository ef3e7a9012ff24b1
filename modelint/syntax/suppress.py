"""Comments that silence findings: `find_suppressions(text, ...) -> (Suppression, ...)`.

    # modelint: ignore[ML103, ML104]    these, on this line; names of rules work as well as codes
    # modelint: ignore                  everything on this line
    # modelint: ignore-file[ML103]      in the whole file
    # noqa: ML103                       as other tools have it; a bare `# noqa` counts too

"This line" is the line of the comment, and the whole statement if the comment stands on its first or last line. Only real
comments count, so the text is tokenised, but not before a search has found something that may be one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from modelint.text.span import Span

Directive: TypeAlias = Literal["ignore", "ignore-file", "noqa", ""]


class Suppression(msgspec.Struct, frozen=True):
    """One comment. `words` are what it names, as written; none means everything. It covers `first_row` to `last_row`.

    `span` is the directive with its `#`, `words_span` what stands between the brackets or after `noqa:`. `is_alone`: nothing
    else stands in the comment. `directive` is "" for one that modelint does not know, as `# modelint: ingore`.
    """

    directive: Directive
    text: str
    words: tuple[str, ...]
    is_blanket: bool
    span: Span
    words_span: Span
    first_row: int
    last_row: int
    is_alone: bool

    def covers(self, row: int) -> bool:
        """Whether a place in this row is silenced."""
        return self.directive == "ignore-file" or self.first_row <= row <= self.last_row


_KNOWN: Mapping[str, Directive] = {"ignore": "ignore", "ignore-file": "ignore-file"}
_OURS = re.compile(r"#\s*modelint:\s*(?P<directive>[\w-]*)\s*(?P<list>\[(?P<words>[^\]]*)\])?")
_NOQA = re.compile(r"#\s*noqa(?P<list>\s*:\s*(?P<words>[A-Z][A-Z0-9]*[0-9](?:[\s,]+[A-Z][A-Z0-9]*[0-9])*))?(?!\w)", re.I)
_MARK = re.compile(r"modelint:|noqa", re.I)


def find_suppressions(text: str, is_code: Callable[[str], bool]) -> tuple[Suppression, ...]:
    """The suppressions of a file in order. `is_code` says which codes in a `noqa` are ours; one that names only codes of
    other tools is not ours."""
    if not any(_directives(line, is_code) for line in _marked_lines(text)):
        return ()
    return tuple(_from_comments(text, is_code))


def has_directives(text: str) -> bool:
    """Whether the text may hold a `modelint:` comment, used or not."""
    return "modelint:" in text and _OURS.search(text) is not None


def _marked_lines(text: str) -> Iterator[str]:
    position = 0
    while match := _MARK.search(text, position):
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield text[text.rfind("\n", 0, match.start()) + 1 : end]
        position = end


def _directives(comment: str, is_code: Callable[[str], bool]) -> list[re.Match[str]]:
    found = list(_OURS.finditer(comment))
    for match in _NOQA.finditer(comment):
        words = match.group("words")
        # One that is followed by a colon and no code is not a bare one.
        is_bare = words is None and not comment[match.end() :].lstrip().startswith(":")
        if is_bare or (words is not None and any(is_code(word) for word in _split(words))):
            found.append(match)
    return sorted(found, key=lambda match: match.start())


def _from_comments(text: str, is_code: Callable[[str], bool]) -> Iterator[Suppression]:
    """Goes through the tokens, one logical line at a time, since a comment may cover all of its statement."""
    from tokenize import COMMENT, NEWLINE, NL, TokenError, generate_tokens

    lines = iter([line + "\n" for line in text.split("\n")])
    comments: list[tuple[str, int, int]] = []
    first_row = 0
    try:
        for token in generate_tokens(lambda: next(lines, "")):
            if token.type == COMMENT:
                comments.append((token.string, token.start[0], token.start[1] + 1))
            elif token.type == NEWLINE:
                for comment in comments:
                    yield from _of_comment(comment, first_row or token.start[0], token.start[0], is_code)
                comments, first_row = [], 0
            elif token.type != NL and token.string and not token.string.isspace() and not first_row:
                first_row = token.start[0]
    except (TokenError, SyntaxError):
        # The file does not parse and says so elsewhere; what was found up to here still counts.
        pass
    for comment in comments:
        yield from _of_comment(comment, first_row or comment[1], comment[1], is_code)


def _of_comment(
    comment: tuple[str, int, int], first_row: int, last_row: int, is_code: Callable[[str], bool]
) -> Iterator[Suppression]:
    text, row, column = comment
    covers_statement = row in (first_row, last_row)
    for match in _directives(text, is_code):
        words = match.group("words")
        start, end = match.span("words") if words is not None else (match.end(), match.end())
        yield Suppression(
            directive="noqa" if match.re is _NOQA else _KNOWN.get(match.group("directive"), ""),
            text=match.group().rstrip(),
            words=tuple(_split(words or "")),
            is_blanket=words is None,
            span=Span(row, column + match.start(), row, column + len(text[: match.end()].rstrip())),
            words_span=Span(row, column + start, row, column + end),
            first_row=first_row if covers_statement else row,
            last_row=last_row if covers_statement else row,
            is_alone=match.group().strip() == text.strip(),
        )


def _split(words: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", words) if word]
