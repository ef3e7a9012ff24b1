"""Makes diagnostics of findings: one defect, one diagnostic.

Findings are of one defect if they are of one family (a rule without a family is its own), about the same object or a part of
it, and have their place in the same function; also if one family says them of the same place. Of a family, the rule with the
lowest rank is heard where several see the same object wrong at the same evidence. The diagnostic gets the first place of
those that are certain, the shortest story there, and the other places as further steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from modelint.diagnostics.diagnostic import Confidence, Diagnostic, Severity, TraceStep
from modelint.diagnostics.fix import Fix
from modelint.events import Site
from modelint.judge.context import Finding, Story
from modelint.judge.dispatch import Failure, Verdicts
from modelint.judge.fingerprint import fingerprint
from modelint.judge.layers import is_below
from modelint.judge.rule import Rule

LONGEST_TRACE = 12
"""Steps of a trace that are shown; a reader does not follow more."""
FixOf: TypeAlias = "Callable[[Finding, Sequence[Finding]], Fix | None]"
"""The fix for the finding that is told and the others of its defect."""
OriginOf: TypeAlias = "Callable[[Finding], tuple[Site, ...]]"
"""The calls that lead to where the model of a finding is made, and that place."""


def _no_fix(first: Finding, others: Sequence[Finding]) -> Fix | None:
    return None


def _no_origin(finding: Finding) -> tuple[Site, ...]:
    return ()


def merge(
    verdicts: Verdicts,
    rules: Sequence[Rule],
    statement_at: Callable[[Site], str],
    fix_of: FixOf = _no_fix,
    origin_of: OriginOf = _no_origin,
) -> tuple[Diagnostic, ...]:
    """The diagnostics of these verdicts in the order of their places, then the rules that raised. `statement_at` gives the normalised
    statement of a place, for the fingerprint, `fix_of` the fix for the findings of one defect, `origin_of` where its model is made."""
    by_code = {rule.code: rule for rule in rules}
    heard = _heard(verdicts.findings, by_code)
    merged = [_combine(defect) for defect in _defects(heard, by_code)]
    merged.sort(key=lambda pair: (*_order(pair[0].site), pair[0].code, pair[0].message))
    seen: Counter[tuple[str, str, str, str]] = Counter()
    diagnostics = []
    for first, others in merged:
        key = (first.code, first.site.path, first.site.function, statement_at(first.site))
        identity = fingerprint(*key, seen[key])
        seen[key] += 1
        right = verdicts.right.get((first.code, first.evidence), 0)
        diagnostic = _diagnostic(by_code[first.code], first, others, right, identity)
        origin = tuple(TraceStep("", site.path, site.span) for site in origin_of(first))
        diagnostics.append(replace(diagnostic, fix=fix_of(first, others), origin=origin, part=first.subject[1]))
    return (*diagnostics, *map(_failed, verdicts.failures))


def _failed(failure: Failure) -> Diagnostic:
    """A rule that raised is told where it did, and the exit code says so."""
    return Diagnostic(
        code="",
        name="internal-error",
        message=f"rule {failure.code} raised {failure.error}",
        filename=failure.site.path,
        span=failure.site.span,
        severity=Severity.ERROR,
        function=failure.site.function,
    )


def _family(finding: Finding, rules: Mapping[str, Rule]) -> str:
    return rules[finding.code].family or finding.code


def _heard(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """Without the findings that a rule of lower rank in the same family makes of the same object at the same evidence."""
    ranks: dict[tuple[str, str, Site], list[tuple[int, str]]] = {}
    for finding in findings:
        key = (_family(finding, rules), finding.subject[0], finding.evidence)
        ranks.setdefault(key, []).append((rules[finding.code].rank, finding.subject[1]))
    heard = []
    for finding in findings:
        rivals = ranks[_family(finding, rules), finding.subject[0], finding.evidence]
        rank = rules[finding.code].rank
        if not any(other < rank and _overlap(part, finding.subject[1]) for other, part in rivals):
            heard.append(finding)
    return heard


def _overlap(one: str, other: str) -> bool:
    return is_below(one, other) or is_below(other, one)


def _defects(findings: list[Finding], rules: Mapping[str, Rule]) -> list[list[Finding]]:
    """The findings in groups of one defect each."""
    groups: dict[tuple[str, str, str, str], list[list[Finding]]] = {}
    for finding in findings:
        # Outermost objects first, so that every part finds its whole.
        key = (_family(finding, rules), finding.subject[0], finding.site.path, finding.site.function)
        groups.setdefault(key, []).append([finding])
    defects: list[list[Finding]] = []
    for singles in groups.values():
        singles.sort(key=lambda group: group[0].subject[1].count(".") if group[0].subject[1] else -1)
        wholes: list[list[Finding]] = []
        for [finding] in singles:
            whole = next((group for group in wholes if is_below(finding.subject[1], group[0].subject[1])), None)
            if whole is None:
                wholes.append([finding])
            else:
                whole.append(finding)
        defects.extend(wholes)
    return _joined_by_place(defects, rules)


def _joined_by_place(defects: list[list[Finding]], rules: Mapping[str, Rule]) -> list[list[Finding]]:
    """Defects of one family at one place are one: the objects differ only by the way they were made in, with an adapter or without."""
    homes: dict[tuple[str, Site], list[Finding]] = {}
    result: list[list[Finding]] = []
    for defect in defects:
        places = [(_family(finding, rules), finding.site) for finding in defect]
        home = next((homes[place] for place in places if place in homes), None)
        if home is None:
            home = []
            result.append(home)
        home.extend(defect)
        homes.update(dict.fromkeys(places, home))
    return result


def _order(site: Site) -> tuple[object, ...]:
    return (site.path, *site.span)


def _combine(defect: list[Finding]) -> tuple[Finding, list[Finding]]:
    """The finding that is told, and the others in the order of their places."""

    def key(finding: Finding) -> tuple[object, ...]:
        story = [_order(site) for _, site in finding.story]
        return (not finding.certain, _order(finding.site), len(story), story, finding.message)

    first, *others = sorted(defect, key=key)
    return first, others


def _diagnostic(rule: Rule, first: Finding, others: list[Finding], right: int, identity: str) -> Diagnostic:
    further = {finding.evidence for finding in others if finding.code == first.code} - {first.evidence}
    message = f"{first.message} (and {len(further)} more)" if further else first.message
    notes = list(first.notes)
    if right:
        notes.append(f"{right} other call{'s are' if right > 1 else ' is'} right")
    return Diagnostic(
        code=first.code,
        name=rule.name,
        message=message,
        filename=first.site.path,
        span=first.site.span,
        severity=Severity.WARNING,
        confidence=Confidence.CERTAIN if first.certain else Confidence.LIKELY,
        function=first.site.function,
        trace=_trace(first.story, others),
        notes=tuple(notes),
        fingerprint=identity,
        premise=first.premise or rule.premise,
    )


def _trace(story: Story, others: list[Finding]) -> tuple[TraceStep, ...]:
    """The story told, then what the others add to it: further causes and further evidence."""
    half = LONGEST_TRACE // 2
    steps = list(story if len(story) <= LONGEST_TRACE else (*story[:half], *story[-half:]))
    told = {site for _, site in story}
    for finding in others:
        for message, site in finding.story:
            if site not in told and site.path == finding.site.path:
                told.add(site)
                steps.append((f"also: {message}", site))
    return tuple(TraceStep(message, site.path, site.span) for message, site in steps[:LONGEST_TRACE])
