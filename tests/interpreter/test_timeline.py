"""What the recorder sees of a program, as lanes of letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.interpreter.lanes import Lane, lanes_of
from modelint.interpreter.timeline import Recorder
from modelint.report.timeline import LETTERS
from tests.oracle.programs_on_disk import Program, programs

HEAD = "import torch\nfrom torch import nn\n"
NET = "nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))"
CLASS = f"""\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = {NET}
"""
Look = Callable[..., dict[str, str]]


@pytest.fixture
def lanes(tmp_path: Path) -> Callable[..., tuple[Lane, ...]]:
    def look(text: str, **others: str) -> tuple[Lane, ...]:
        for name, content in {"main": HEAD + text, **others}.items():
            (tmp_path / f"{name}.py").write_text(content)
        recorder = Recorder("main.py")
        check([str(tmp_path / "main.py")], Config(root=str(tmp_path)), Options(use_cache=False, jobs=1), recorder)
        return lanes_of(recorder)

    return look


@pytest.fixture
def look(lanes: Callable[..., tuple[Lane, ...]]) -> Look:
    """The letters of each lane below the two lines of imports, by its name; `.` where it has no mark."""

    def letters(text: str, **others: str) -> dict[str, str]:
        rows = range(3, 3 + text.rstrip("\n").count("\n") + 1)
        return {
            lane.name: "".join(LETTERS[lane.marks[row].mode] if row in lane.marks else "." for row in rows)
            for lane in lanes(text, **others)
        }

    return letters


class TestLines:
    def test_a_line_shows_the_mode_after_it_has_run(self, look):
        assert look(f"model = {NET}\nmodel.eval()\nmodel.train()\n") == {"model": "TET"}

    def test_branches_that_meet_are_mixed(self, look):
        assert look(f"import sys\nmodel = {NET}\nif sys.argv[1:]:\n    model.eval()\nprint(model)\n") == {"model": ".TTEM"}

    def test_a_loop_is_shown_as_its_iterations_begin(self, look):
        text = f"model = {NET}\nfor x in load():\n    model.train()\n    step(x)\n    model.eval()\n"
        assert look(text) == {"model": "TMTTE"}

    def test_a_with_is_shown_as_its_block_begins(self, look):
        text = f"""\
from contextlib import contextmanager
@contextmanager
def evaluating(model):
    model.eval()
    yield
    model.train()
model = {NET}
with evaluating(model):
    print(model)
print(model)
"""
        assert look(text) == {"model": "...E.TTEET"}

    @pytest.mark.parametrize(
        ("line", "seen"), [("yield", "...EE.TTET"), ("yield model", "...EETTTET")], ids=["bare", "a value"]
    )
    def test_a_line_that_yields_has_run_when_it_comes_back(self, look, line, seen):
        text = f"""\
from contextlib import contextmanager
@contextmanager
def lending(model):
    model.eval()
    with torch.no_grad():
        {line}
    print(model)
model = {NET}
with lending(model):
    model.train()
"""
        assert look(text)["model"] == seen

    def test_ways_that_leave_a_loop_belong_to_the_line_of_their_condition(self, look):
        text = f"""\
import sys
model = {NET}
for x in sys.argv:
    if x:
        model.eval()
    if x:
        continue
    print(model)
"""
        assert look(text) == {"model": ".TMMEM.M"}

    def test_a_line_that_returns_or_raises_has_run(self, look):
        text = f"def f(m):\n    m.eval()\n    if unknown():\n        raise ValueError\n    return m\nmodel = f({NET})\n"
        assert look(text) == {"model": ".EEEEE"}

    @pytest.mark.parametrize(
        "line",
        ["[m.eval() for m in models]", "for m in models: m.eval()", "models[0].eval() if models else None; models[1].eval()"],
    )
    def test_what_happens_within_a_line_is_not_shown(self, look, line):
        assert look(f"models = [{NET}, {NET}]\n{line}\n") == {"models[0]": "TE"}

    def test_a_handler_that_only_an_implicit_exception_reaches_has_marks(self, look):
        text = f"model = {NET}\ntry:\n    work()\nexcept OSError:\n    print(model)\nprint(model)\n"
        assert look(text) == {"model": "T.T.TT"}

    def test_several_calls_of_a_function_are_joined(self, look):
        text = f"def show(m):\n    print(m)\nmodel = {NET}\nshow(model)\nmodel.eval()\nshow(model)\n"
        assert look(text) == {"model": ".MTTEE"}

    def test_a_call_from_several_states_is_seen_in_each(self, look):
        text = f"""\
import sys
def show(m):
    text = len("a")
    return text
model = {NET}
if sys.argv[1:]:
    model.eval()
show(model)
"""
        assert look(text) == {"model": "..MMTTEM"}

    def test_calls_from_another_file(self, look):
        caller = HEAD + f"from main import show\nmodel = {NET}\nmodel.eval()\nshow(model)\n"
        assert look("def show(m):\n    print(m)\n", caller=caller) == {"m": ".E"}

    def test_what_a_program_reaches_is_shown_as_the_program_runs_it(self, look):
        text = f"""\
class Trainer:
    def __init__(self, model):
        self.model = model
    def fit(self):
        self.model.train()
    def unused(self):
        self.model.eval()
Trainer({NET}).fit()
"""
        assert look(text) == {"model": "..T.T...", "self.model": "......E."}


class TestLanes:
    def test_parts_are_in_the_lane_of_their_whole(self, look):
        text = CLASS + "model = Net()\nmodel.eval()\n"
        assert look(text) == {"model": "..TTTE"}

    def test_a_container_that_fills_up(self, look):
        assert set(look("heads = nn.ModuleList()\nheads.append(nn.Dropout())\nheads.eval()\n")) == {"heads"}

    def test_a_part_in_another_mode_has_a_lane(self, look):
        text = CLASS + "model = Net()\nmodel.body.eval()\n"
        assert look(text) == {"model": "..TTTT", "model.body": "...TTE"}

    def test_parts_that_look_the_same_are_shown_once(self, lanes):
        norms = ", ".join(["nn.BatchNorm1d(4)"] * 3)
        text = f"model = nn.Sequential({norms})\nmodel[0].eval()\nmodel[1].eval()\nmodel[2].eval()\n"
        [model, *parts] = lanes(text)
        assert model.name == "model"
        assert [(lane.name, lane.class_name) for lane in parts] == [(f"model[{n}]", "BatchNorm1d") for n in range(3)]
        [_, part] = lanes(f"model = nn.Sequential({norms})\nfor m in model: m.eval()\n")
        assert (part.name, part.others) == ("model[0]", 2)

    def test_a_wrapped_model_goes_on_in_the_lane_of_the_wrapper(self, look):
        assert look(f"net = {NET}\nnet.train()\nwrapped = nn.DataParallel(net)\nwrapped.eval()\n") == {"wrapped": "TTTE"}

    def test_names_are_those_of_the_outermost_function(self, lanes):
        text = (
            f"def build():\n    net = {NET}\n    return net\ndef evaluate(m):\n    m.eval()\nmodel = build()\nevaluate(model)\n"
        )
        [lane] = lanes(text)
        assert (lane.name, lane.class_name, lane.aliases) == ("model", "Sequential", ("net", "m"))
        assert lane.created is not None
        assert (lane.created.path, lane.created.span.row) == ("main.py", 4)
        assert lane.marks[7].names[0] == "m"

    def test_a_loaded_model_is_known_by_its_loader(self, lanes):
        text = 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("bert-base-cased")\n'
        [lane] = lanes(text)
        assert (lane.name, lane.class_name, lane.marks[4].mode) == ("model", "AutoModel.from_pretrained", "eval")

    def test_a_name_that_means_several_models_is_not_preferred(self, look):
        text = f"student, teacher = {NET}, {NET}\nfor m in (student, teacher):\n    m.eval()\nstudent.train()\n"
        assert set(look(text)) == {"student", "teacher"}

    def test_objects_with_one_name_are_one_lane(self, lanes, look):
        text = (
            f"def a():\n    model = {NET}\n    model.eval()\ndef b():\n    model = nn.Dropout()\n    model.train()\na()\nb()\n"
        )
        assert look(text) == {"model": ".TE.TT.."}
        [lane] = lanes(text)
        assert (lane.class_name, lane.created) == ("Sequential or Dropout", None)

    def test_a_part_is_not_called_as_its_whole(self, look):
        text = f"""\
class Holder(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
model = {NET}
model.eval()
model = Holder(model)
"""
        assert look(text) == {"model": "..TT..T", "model.inner": "..EETEE"}

    def test_objects_of_attributes_and_containers(self, look):
        text = f"class Box:\n    pass\nbox = Box()\nbox.net = {NET}\nheld = {{'a': {NET}}}\nheld['a'].eval()\n"
        assert look(text) == {"box.net": "...TTT", "held['a']": "....TE"}


class TestUnknown:
    def test_a_parameter_that_is_used_like_a_model(self, look):
        assert look("def evaluate(model):\n    model.eval()\n    print(model)\n") == {"model": ".EE"}

    def test_a_value_that_is_no_model(self, look):
        assert look("def run(trainer):\n    trainer.train(10, lr=1)\n    print(trainer)\n") == {}

    def test_a_mode_that_may_be_any(self, look):
        assert look(f"model = {NET}\nunknown.validate(model)\n") == {"model": "T?"}

    def test_a_class_that_nothing_makes(self, look):
        text = "class Net(nn.Module):\n    def freeze(self):\n        self.eval()\n    def show(self):\n        print(self.training)\n"
        assert look(text) == {"self": "..E.?"}

    def test_a_parameter_whose_class_is_annotated(self, look):
        text = "class Net(nn.Module):\n    pass\nmodel = Net()\ndef evaluate(net: Net):\n    print(net)\n    net.eval()\n"
        assert look(text) == {"model": "..T...", "net": "....?E"}

    def test_what_is_tried_out_does_not_count(self, look):
        """A `forward` with a dropout is run in eval mode once, to see whether the dropout follows the mode."""
        text = f"""\
import lightning as L
class Net(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = {NET}
    def forward(self, x):
        return nn.functional.dropout(self.net(x), training=self.training)
    def training_step(self, batch, batch_idx):
        return self(batch).sum()
"""
        assert look(text) == {"self": "...TT...T"}

    def test_a_class_that_only_others_inherit_from(self, look):
        text = (
            "class Base(nn.Module):\n    def forward(self, x):\n        return x\nclass Net(Base):\n    pass\nmodel = Net()\n"
        )
        assert look(text) == {"model": ".....T"}

    def test_a_file_without_models(self, look):
        assert look("print(1)\n") == {}


@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_looking_changes_nothing(program: Program) -> None:
    with program.in_a_folder() as folder:
        options = Options(jobs=1, use_cache=False, folder=folder)
        alone = check([folder], Config(root=folder), options)
        watched = check([folder], Config(root=folder), options, Recorder(program.main))
    assert watched == alone
