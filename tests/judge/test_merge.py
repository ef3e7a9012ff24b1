"""One defect, one finding: what is merged, what is not, and what identifies the result."""

from __future__ import annotations

from collections.abc import Iterator

from modelint.events import FunctionalDropout, InferenceForward, TrainingStep
from modelint.judge.context import Finding, RuleContext
from modelint.judge.dispatch import Failure, Verdicts, dispatch
from modelint.judge.fingerprint import Statements
from modelint.judge.merge import LONGEST_TRACE, merge
from modelint.judge.rule import Category, Rule
from modelint.text.span import Span
from tests.events import caused, forward, inference, layer, site, training

FIRST = Rule("XX101", "first-of-family", Category.MODE, "0.1", family="family", rank=1)
SECOND = Rule("XX102", "second-of-family", Category.MODE, "0.1", family="family", rank=2)


def finding(row=10, code="XX101", subject=("model", ""), function="main", **more):
    place = site(row, function)
    values = {"evidence": place, "story": (("here", place),), "certain": True, **more}
    return Finding(code, subject, f"`model` is wrong at {row}", place, **values)


def merged(*findings, right=None):
    return merge(Verdicts(findings, (), right or {}), [FIRST, SECOND], lambda place: f"statement {place.span.row}")


def test_same_object_in_one_function_is_one():
    [diagnostic] = merged(finding(10), finding(12), finding(12))
    assert diagnostic.message == "`model` is wrong at 10 (and 1 more)"
    assert [(step.message, step.span.row) for step in diagnostic.trace] == [("here", 10), ("also: here", 12)]


def test_two_functions_are_two():
    assert len(merged(finding(10), finding(40, function="other"))) == 2


def test_two_objects_are_two():
    assert len(merged(finding(10), finding(11, subject=("other", "")))) == 2


def test_two_parts_are_two():
    assert len(merged(finding(10, subject=("model", "a")), finding(11, subject=("model", "ab")))) == 2


def test_part_of_a_wrong_whole_is_not_told_apart():
    assert len(merged(finding(10, subject=("model", "a.b")), finding(11, subject=("model", "")))) == 1


def test_one_place_with_objects_of_two_contexts_is_one():
    assert len(merged(finding(10, subject=("model in a", "")), finding(10, subject=("model in b", "")))) == 1


def test_one_place_with_two_rules_of_a_family_is_one():
    objects = finding(10, subject=("plain", "")), finding(10, "XX102", subject=("adapted", ""))
    [diagnostic] = merged(*objects)
    assert diagnostic.span.row == 10


def test_lower_rank_of_the_family_is_heard():
    [diagnostic] = merged(finding(30, "XX102", evidence=site(10)), finding(3, "XX101", evidence=site(10)))
    assert diagnostic.code == "XX101"


def test_family_speaks_twice_where_the_evidence_differs():
    found = merged(finding(30, "XX102", function="other", evidence=site(10)), finding(3, "XX101", evidence=site(90)))
    assert [diagnostic.code for diagnostic in found] == ["XX101", "XX102"]


def test_certain_place_comes_before_an_earlier_likely_one():
    [diagnostic] = merged(finding(10, certain=False), finding(12))
    assert (diagnostic.span.row, diagnostic.confidence.value) == (12, "certain")


def test_shortest_story_of_the_place_is_told():
    longer = finding(10, story=(("calls", site(2)), ("here", site(10))))
    [diagnostic] = merged(longer, finding(10))
    assert [step.span.row for step in diagnostic.trace] == [10, 2]


def test_long_story_keeps_both_ends():
    story = tuple((f"step {row}", site(row)) for row in range(1, 31))
    [diagnostic] = merged(finding(30, story=story))
    assert len(diagnostic.trace) == LONGEST_TRACE
    assert (diagnostic.trace[0].message, diagnostic.trace[-1].message) == ("step 1", "step 30")


def test_result_does_not_depend_on_the_order_of_findings():
    findings = [finding(10), finding(12, certain=False), finding(40, "XX102", function="other")]
    assert merged(*findings) == merged(*reversed(findings))


def test_contexts_that_are_right_are_counted():
    [diagnostic] = merged(finding(10), right={("XX101", site(10)): 2})
    assert diagnostic.notes == ("2 other calls are right",)


def test_equal_statements_have_fingerprints_of_their_own():
    twice = merge(
        Verdicts((finding(10), finding(20, subject=("other", ""))), (), {}), [FIRST, SECOND], lambda place: "the same"
    )
    assert len({diagnostic.fingerprint for diagnostic in twice}) == 2


def test_assumed_context_is_dropped_where_a_concrete_one_arrives():
    wrong = layer(eval=caused("loaded", 3))
    assumed = training(forward(wrong, concrete=False))
    concrete = training(forward(layer(train=caused("called", 3)), row=12))
    assert judged_steps(assumed) == [assumed]
    assert judged_steps(assumed, concrete) == [concrete]


def test_chain_that_goes_wrong_later_is_not_right():
    rule = Rule("XX106", "finds-eval-mode", Category.MODE, "0.1")

    @rule.on(TrainingStep)
    def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
        for seen in step.forwards:
            if seen.layers[0].mode == "eval":
                yield context.report("`x` is wrong", subject=("x", ""), site=seen.site, story=(), certain=True)

    right, wrong = layer(train=caused("called", 3)), layer(eval=caused("called", 3))
    first = training(forward(right, iteration="first", calls=(site(1),)))
    later = training(forward(wrong, iteration="later", calls=(site(1),)))
    other = training(forward(right, calls=(site(2),)))
    assert dispatch([first, later], [rule]).right == {}
    assert dispatch([first, later, other], [rule]).right == {("XX106", site(10)): 1}


def judged_steps(*events: TrainingStep) -> list[TrainingStep]:
    seen = []
    rule = Rule("XX103", "sees-everything", Category.MODE, "0.1")

    @rule.on(TrainingStep)
    def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
        seen.append(step)
        yield from ()

    dispatch(events, [rule])
    return seen


def test_rule_that_raises_is_told_and_costs_no_other_rule():
    broken = Rule("XX104", "raises-an-error", Category.MODE, "0.1")
    sound = Rule("XX105", "finds-something", Category.MODE, "0.1")

    @broken.on(FunctionalDropout)
    def crash(event: FunctionalDropout, context: RuleContext) -> Iterator[Finding]:
        raise ValueError("no")
        yield

    @sound.on(FunctionalDropout)
    def check(event: FunctionalDropout, context: RuleContext) -> Iterator[Finding]:
        yield context.report("`x` is found", subject=("x", ""), site=event.site, story=(), certain=True)

    verdicts = dispatch([FunctionalDropout(site(5), "F.dropout", "default")], [broken, sound])
    assert verdicts.failures == (Failure("XX104", "ValueError: no", site(5)),)
    diagnostics = merge(verdicts, [broken, sound], lambda place: "")
    assert [(diagnostic.code, diagnostic.name) for diagnostic in diagnostics] == [
        ("XX105", "finds-something"),
        ("", "internal-error"),
    ]


class TestStatement:
    @staticmethod
    def at(text, row=1, column=1):
        return Statements(text).at(Span(row, column, row, column + 1))

    def test_names_and_layout_do_not_matter(self):
        assert self.at("loss = f(model(x), y)") == self.at("l = f(  # why\n    net(a),\n    b)")

    def test_attributes_and_constants_do(self):
        assert self.at("x.eval()") != self.at("x.train()")
        assert self.at("f(1)") != self.at("f(2)")

    def test_body_of_a_compound_statement_does_not(self):
        assert self.at("for x in f(y):\n    pass") == self.at("for x in f(y):\n    g(x)\n    h(x)")

    def test_innermost_statement_is_taken(self):
        assert self.at("if a:\n    f(x)", row=2, column=5) == self.at("f(x)")

    def test_text_that_does_not_parse_has_none(self):
        assert self.at("def f(:") == ""


def test_certain_only_where_every_state_of_a_context_is_wrong():
    rule = Rule("XX103", "wrong-in-train-mode", Category.MODE, "0.1")

    @rule.on(InferenceForward)
    def check(event, context):
        if event.forward.layers[0].mode == "train":
            yield context.report(
                "wrong", subject=(event.forward.model.key, ""), site=event.forward.site, story=(), certain=True
            )

    def verdicts(*modes):
        return dispatch([inference(forward(layer(mode=mode))) for mode in modes], [rule]).findings

    assert [finding.certain for finding in verdicts("train")] == [True]
    assert [finding.certain for finding in verdicts("train", "eval")] == [False]
