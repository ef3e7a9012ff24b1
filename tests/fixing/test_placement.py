"""Where a mode call goes in one function. In the programs, `# F` marks the forward, `# cause` what sets the wrong mode and
`# other` a forward that needs the other mode; `>` begins the line that is to be inserted."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from modelint.fixing.code import read_code
from modelint.fixing.insertion import after, before
from modelint.fixing.names import keys_of
from modelint.fixing.placement import Target, find_place
from modelint.text.edit import TextEdit, apply_edits
from modelint.text.span import Span


def placed(text: str, mode, receiver: str) -> str:
    code = read_code(text)
    assert code is not None
    keys = keys_of(ast.parse(receiver, mode="eval").body)
    assert keys is not None
    target = Target(marked(text, "F"), mode, keys, marked(text, "cause"), marked(text, "other"))
    place = find_place(code, target)
    if place is None:
        return text
    put = before if place.side == "before" else after
    span, content = put(code, place.statement, f"{receiver}.{mode}()")
    edit = TextEdit(code.offset(span.row, span.column), code.offset(span.end_row, span.end_column), content)
    return apply_edits(text, [edit])


def marked(text: str, mark: str) -> tuple[Span, ...]:
    """The places of the calls on the lines with a mark: of the last name before a parenthesis."""
    found = []
    for row, line in enumerate(text.split("\n"), 1):
        if line.rstrip().endswith(f"# {mark}"):
            column = len(line[: line.index("(")].rstrip("abcdefghijklmnopqrstuvwxyz_.")) + 1
            found.append(Span(row, column, row, column + 1))
    return tuple(found)


def check(program: str, mode, receiver: str = "model") -> None:
    program = dedent(program)
    lines = program.split("\n")
    original = "\n".join(line for line in lines if not line.lstrip().startswith(">"))
    expected = "\n".join(line.replace(">", "") if line.lstrip().startswith(">") else line for line in lines)
    assert placed(original, mode, receiver) == expected


class TestInference:
    def test_before_the_loop_and_the_with_around_it(self):
        check(
            """
            def test(model, loader):
                total = 0
                >model.eval()
                with torch.no_grad():
                    right = 0
                    for x in loader:
                        right += model(x)  # F
            """,
            "eval",
        )

    def test_in_the_loop_that_also_trains(self):
        check(
            """
            def main(model, loader):
                model.train()  # cause
                for epoch in range(3):
                    for x in loader:
                        loss = model(x)  # other
                    >model.eval()
                    with torch.no_grad():
                        for x in loader:
                            print(model(x))  # F
            """,
            "eval",
        )

    def test_after_the_train_call_of_the_same_loop(self):
        check(
            """
            for epoch in range(3):
                model.train()  # cause
                step()
                >model.eval()
                for x in loader:
                    model(x)  # F
            """,
            "eval",
        )

    def test_where_the_name_is_bound(self):
        check(
            """
            def main(names):
                for name in names:
                    model = load(name)  # cause
                    >model.eval()
                    for x in data:
                        model(x)  # F
            """,
            "eval",
        )

    def test_name_of_the_loop_itself(self):
        check(
            """
            def main(models, x):
                for model in models:
                    >model.eval()
                    print(model(x))  # F
            """,
            "eval",
        )

    def test_name_of_a_comprehension_has_no_place(self):
        check("y = [model(x) for model in models]  # F\n", "eval")

    def test_name_of_the_with_around_it(self):
        check(
            """
            with open_model() as model:
                >model.eval()
                model(x)  # F
            """,
            "eval",
        )

    def test_before_the_whole_chain_of_conditions(self):
        check(
            """
            def main(model):
                >model.eval()
                if a:
                    pass
                elif model(x) > 0:  # F
                    pass
            """,
            "eval",
        )

    def test_one_call_for_several_forwards(self):
        check(
            """
            def main(model):
                >model.eval()
                if a:
                    print(model(x))  # F
                else:
                    print(model(y))  # F
            """,
            "eval",
        )

    def test_conditional_name_before_a_conditional_forward(self):
        check(
            """
            def main(a):
                if a:
                    model = load()
                for x in data:
                    if a:
                        >model.eval()
                        model(x)  # F
            """,
            "eval",
        )


class TestTraining:
    def test_before_the_outermost_loop(self):
        check(
            """
            def main():
                model = load()  # cause
                optimizer = build(model)
                >model.train()
                for epoch in range(3):
                    for x in loader:
                        loss = model(x)  # F
            """,
            "train",
        )

    def test_at_the_start_of_the_epoch_when_the_epoch_evaluates(self):
        check(
            '''
            def main(model):
                for epoch in range(3):
                    """An epoch."""
                    >model.train()
                    total = 0
                    for x in loader:
                        loss = model(x)  # F
                    evaluate(model)  # cause
            ''',
            "train",
        )

    def test_after_an_evaluation_at_the_start_of_the_epoch(self):
        check(
            """
            def main(model):
                for epoch in range(3):
                    evaluate(model)  # cause
                    >model.train()
                    for x in loader:
                        loss = model(x)  # F
            """,
            "train",
        )

    def test_right_after_an_evaluation_between_batches(self):
        check(
            """
            def main(model):
                for step, x in enumerate(loader):
                    loss = model(x)  # F
                    if step % 100 == 0:
                        print(evaluate(model))  # cause
                        >model.train()
                        log()
            """,
            "train",
        )

    def test_at_the_end_of_an_evaluation_written_out_between_batches(self):
        check(
            """
            def main(model):
                for step, x in enumerate(loader):
                    loss = model(x)  # F
                    if step % 100 == 0:
                        model.eval()  # cause
                        for y in validation:
                            model(y)  # other
                        >model.train()
                        continue
            """,
            "train",
        )

    def test_at_the_start_of_the_body_where_the_evaluation_is_unconditional(self):
        check(
            """
            def main(model):
                for x in loader:
                    >model.train()
                    loss = model(x)  # F
                    model.eval()  # cause
                    model(y)  # other
            """,
            "train",
        )

    def test_after_a_name_that_the_epoch_binds(self):
        check(
            """
            def main():
                for fold in folds:
                    model = build()  # cause
                    >model.train()
                    for x in fold:
                        model(x)  # F
            """,
            "train",
        )

    def test_attribute_that_the_loop_assigns(self):
        check(
            """
            def main(self):
                for fold in folds:
                    self.model = build()  # cause
                    >self.model.train()
                    for x in fold:
                        self.model(x)  # F
            """,
            "train",
            "self.model",
        )


@pytest.mark.parametrize("receiver", ["load()", "models[f()]", "a or b"])
def test_receivers_that_may_be_another_object_each_time(receiver):
    assert keys_of(ast.parse(receiver, mode="eval").body) is None
