"""Notebooks: the sources of cells change, the rest of the JSON text does not by a byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelint.files.sources import cell_sources, change_cells
from modelint.text.edit import TextEdit, apply_edits

LOAD = ["import torch\n", "from torch import nn\n", "model = nn.Dropout(0.5)\n", "model.load_state_dict(torch.load('a.pt'))"]
INFER = ["%matplotlib inline\n", "with torch.no_grad():\n", "    print(model(torch.ones(2)).argmax())\n", '!ls -l | grep "ü"']


def notebook(*sources, **style) -> str:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# Title\n", "model(x)"]}]
    cells += [
        {
            "cell_type": "code",
            "execution_count": 3,
            "id": f"c{n}",
            "metadata": {"b": 1, "a": [2.50]},
            "outputs": [{"x": "source"}],
            "source": source,
        }
        for n, source in enumerate(sources)
    ]
    content = {"cells": cells, "metadata": {"z": 1, "cells": {"source": ["x"]}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, **{"indent": 1, "ensure_ascii": False, **style}) + "\n"


@pytest.mark.parametrize(
    "style", [{}, {"indent": 2}, {"indent": None}, {"ensure_ascii": True}, {"indent": "\t", "sort_keys": True}]
)
@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_source_changes(fix_bytes, style, joined, newline):
    sources = [LOAD, INFER]
    before = notebook(*("".join(source) if joined else source for source in sources), **style)
    [file] = fix_bytes(before.replace("\n", newline).encode(), "train.ipynb").files
    changed = [LOAD, [INFER[0], "model.eval()\n", *INFER[1:]]]
    after = notebook(*("".join(source) if joined else source for source in changed), **style)
    assert file.after == after.replace("\n", newline).encode()


def test_edit_inside_a_line_with_escapes(fix_bytes):
    before = notebook([*LOAD[:3], "print('\\u00fc \"quoted\" \\\\'); model.eval; print(1)"], ensure_ascii=True)
    [file] = fix_bytes(before.encode(), "train.ipynb").files
    assert file.after.decode() == before.replace("model.eval;", "model.eval();")


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=1, max_size=4), st.booleans(), st.booleans(), st.data()
)
def test_splicing_gives_what_editing_the_text_gives(lines, ascii_only, joined, data):
    source = "".join(lines) if joined else lines
    text = notebook(["x"], source, ensure_ascii=ascii_only)
    start = data.draw(st.integers(0, len("".join(lines))))
    end = data.draw(st.integers(start, len("".join(lines))))
    edit = TextEdit(start, end, data.draw(st.text(st.characters(codec="utf-8"), max_size=5)))
    cell = cell_sources(text)[3]
    assert cell.text == "".join(lines)
    result = json.loads(change_cells(text, [(cell, [edit])]))
    written = result["cells"][2]["source"]
    assert (written if joined else "".join(written)) == apply_edits("".join(lines), [edit])


def test_nothing_goes_before_a_cell_magic(fix_bytes):
    before = notebook(LOAD, ["%%time\n", "with torch.no_grad(): print(model(torch.ones(2)).argmax())"])
    [file] = fix_bytes(before.encode(), "train.ipynb").files
    cells = json.loads(file.after)["cells"]
    assert cells[2]["source"][0] == "%%time\n"
    assert "model.eval()" in "".join(cells[1]["source"]) + "".join(cells[2]["source"])
