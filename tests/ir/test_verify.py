from __future__ import annotations

from modelint.ir.module import FunctionIR, ModuleIR
from modelint.ir.ops import Block, Break, Constant, For, Havoc, If, MakeFunction, Move, Return, Store, Try, While
from modelint.ir.verify import verify
from modelint.text.span import NOWHERE, Span


def problems_of(*body: object) -> list[str]:
    block: Block = body  # type: ignore[assignment]
    function = FunctionIR(0, "<module>", "<module>", (), (), block, (), (), NOWHERE, NOWHERE)
    return [problem.partition(": ")[2] for problem in verify(ModuleIR("a.py", (function,), (), (), False))]


def test_registers_written_before_are_fine() -> None:
    assert problems_of(Constant(0, 1), Store("x", "global", 0)) == []


def test_register_written_in_both_branches_is_fine() -> None:
    assert problems_of(Constant(0, 1), If(0, (Constant(1, 1),), (Constant(1, 2),), NOWHERE, 2), Move(2, 1)) == []


def test_register_written_in_the_branch_that_goes_on_is_fine() -> None:
    assert problems_of(Constant(0, 1), If(0, (Constant(1, 1),), (Return(0, NOWHERE),), NOWHERE, 2), Move(2, 1)) == []


def test_condition_of_a_while_is_written_by_its_test() -> None:
    assert problems_of(While((Constant(0, True),), 0, (Break(),), (), NOWHERE)) == []


def test_register_never_written() -> None:
    assert problems_of(Store("x", "global", 0)) == ["Store reads %0, which is not written on every path to it"]


def test_register_written_in_one_branch_only() -> None:
    found = problems_of(Constant(0, 1), If(0, (Constant(1, 1),), (), NOWHERE, 2), Move(2, 1))
    assert found == ["Move reads %1, which is not written on every path to it"]


def test_register_written_in_a_loop_that_may_not_run() -> None:
    found = problems_of(Constant(0, 1), For(0, 1, (Constant(2, 1),), (), NOWHERE), Move(3, 2))
    assert found == ["Move reads %2, which is not written on every path to it"]


def test_register_written_in_a_try_that_may_fail() -> None:
    found = problems_of(Try((Constant(0, 1),), (), (), (Move(1, 0),), NOWHERE))
    assert found == ["Move reads %0, which is not written on every path to it"]


def test_break_outside_a_loop() -> None:
    assert problems_of(Break()) == ["Break outside a loop"]


def test_function_that_does_not_exist() -> None:
    assert problems_of(MakeFunction(0, 7, ())) == ["makes function 7, which does not exist"]


def test_span_that_ends_before_it_begins() -> None:
    assert problems_of(Havoc("x", (), Span(2, 5, 2, 4))) == ["span (2, 5, 2, 4)"]


def test_register_that_an_if_does_not_keep() -> None:
    found = problems_of(Constant(0, 1), If(0, (Constant(1, 1),), (Constant(1, 2),), NOWHERE, 1), Move(2, 1))
    assert found == ["Move reads %1, which is not written on every path to it"]
