"""From what rules ask for to edits: `Fixer.fix(findings)` for the findings of one defect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from modelint.diagnostics.fix import Fix
from modelint.events import Cause, Event, Site
from modelint.fixing import arguments, containers, overrides
from modelint.fixing.code import Code, read_code
from modelint.fixing.modes import Uses, set_mode
from modelint.ir.exhaustive import assert_never
from modelint.judge.context import Finding
from modelint.judge.repair import (
    CallIt,
    CallOn,
    CompleteTrain,
    FollowMode,
    KeepInEval,
    NameModules,
    Repair,
    SetArgument,
    SetMode,
    WrapModules,
)


class Fixer:
    """Makes fixes for the findings of one program. `text_of` gives the text of a file of it, "" for others."""

    def __init__(self, findings: Iterable[Finding], events: Iterable[Event], text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._codes: dict[str, Code | None] = {}
        self._uses = Uses(events)
        self.failures: list[tuple[Finding, Exception]] = []
        # Also the causes that another rule of the family is silent about: all of them must be undone.
        self._causes: dict[tuple[str, Site, str], dict[Cause, None]] = {}
        for finding in findings:
            if isinstance(finding.repair, SetMode):
                key = (finding.subject[0], finding.evidence, finding.repair.mode)
                self._causes.setdefault(key, {})[finding.repair.cause] = None

    def fix(self, first: Finding, others: Sequence[Finding]) -> Fix | None:
        """The fix for the finding that is told, or for the first of the others that has one."""
        for finding in (first, *others):
            if finding.repair is not None and finding.code == first.code:
                try:
                    fix = self._fix(finding.repair, [first, *others])
                except Exception as error:
                    # A finding is worth more than its fix: what breaks in making the fix costs the fix only, and is told.
                    self.failures.append((finding, error))
                    continue
                if fix is not None:
                    return fix
        return None

    def _fix(self, repair: Repair, defect: Sequence[Finding]) -> Fix | None:
        if isinstance(repair, SetMode):
            alike = [each for each in defect if isinstance(each.repair, SetMode) and each.repair.mode == repair.mode]
            causes = {cause: None for each in alike for cause in self._causes[each.subject[0], each.evidence, repair.mode]}
            forwards = [each.repair.forward for each in alike if isinstance(each.repair, SetMode)]
            return set_mode(repair, causes, forwards, self._uses, self._code)
        code = self._code(repair.site.path)
        if code is None:
            return None
        match repair:
            case CallOn():
                fix = arguments.call_on(code, repair)
            case CallIt():
                fix = arguments.call_it(code, repair)
            case SetArgument():
                fix = arguments.give(code, repair)
            case FollowMode():
                fix = arguments.follow_mode(code, repair)
            case NameModules():
                fix = arguments.name_modules(code, repair)
            case CompleteTrain():
                fix = overrides.complete_train(code, repair)
            case WrapModules():
                fix = containers.wrap(code, repair)
            case KeepInEval():
                fix = overrides.keep_in_eval(code, repair)
            case _:
                assert_never(repair)
        return fix

    def _code(self, path: str) -> Code | None:
        if path not in self._codes:
            self._codes[path] = read_code(self._text_of(path))
        return self._codes[path]
