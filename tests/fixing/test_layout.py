"""Whatever a file's layout and encoding are: outside the edits it stays as it is, byte for byte."""

from __future__ import annotations

import codecs
import difflib

import pytest

HEAD = """\
import torch
from torch import nn

"""
BODY = """\
model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5))
model.load_state_dict(torch.load("weights.pt"))
{loop}
"""
LINE = "with torch.no_grad(): print(model(torch.randn(2, 8)).argmax(1))"
ADDED = "model.eval()"


def program(head: str = "", loop: str = LINE) -> str:
    return head + HEAD + BODY.format(loop=loop)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
def test_line_ends_and_byte_order_mark(fix_bytes, newline, bom):
    before = bom + program("# ü\n").replace("\n", newline).encode()
    [file] = fix_bytes(before).files
    end = newline.encode()
    assert file.after == before.replace(end + LINE.encode(), end + ADDED.encode() + end + LINE.encode())


def test_mixed_line_ends(fix_bytes):
    rows = program().split("\n")
    before = "".join(row + ("\r\n" if number % 2 else "\n") for number, row in enumerate(rows)).encode()
    [file] = fix_bytes(before).files
    added = set(file.after.splitlines(keepends=True)) - set(before.splitlines(keepends=True))
    assert len(added) == 1
    assert file.after.replace(added.pop(), b"") == before


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "shift_jis", "utf-8"])
def test_declared_encodings(fix_bytes, encoding):
    letters = "é" if encoding != "shift_jis" else "カ"
    before = program(f"# -*- coding: {encoding} -*-\n# {letters}\n").encode(encoding)
    [file] = fix_bytes(before).files
    assert file.after.decode(encoding).splitlines().count(ADDED) == 1
    assert file.after.replace(f"{ADDED}\n".encode(), b"") == before


def test_encoding_that_does_not_give_the_bytes_back(fix_bytes):
    # UTF-7 can write one text in several ways.
    before = program("# -*- coding: utf-7 -*-\n# +AGE-\n").replace("=", "+AD0-").encode()
    result = fix_bytes(before)
    assert result.files == ()
    assert all("does not give the same bytes back" in problem for problem in result.problems)


def test_no_newline_at_the_end(fixed):
    text = program().rstrip("\n")
    assert fixed(text) == text.replace(LINE, f"{ADDED}\n{LINE}")


TORTURE = '''\
#!/usr/bin/env python
# -*- coding: utf-8 -*-
\f
"""Docstring with `model(x)` and \\t tabs;"""
import torch; from torch import nn;
import torch.nn.functional as F

def decorated(function): return function

class Net(nn.Module) :
\tdef __init__(self) :
\t\tsuper().__init__();  self.drop = nn.Dropout( 0.5 ) ;
\t\tself.linear=nn.Linear(8,8)
\t@decorated
\tdef forward(self , x):
\t\tx = F.dropout( self.linear(x) ,  0.1 )  # modelint finds this
\t\treturn F.dropout(
\t\t\tx,
\t\t\tp = 0.2,  # ünïcode
\t\t)

\f
def evaluate (model, loader) :
  """Loops."""
  total = 0 ; right = \\
    1
  with torch.no_grad() :
        for x in loader :
            """Not a docstring"""
            if right : total += model(x).argmax(1).sum().item() ;
  return total

def main(loader) :
    model = Net() ; model.load_state_dict(torch.load('a.pt'))
    optimizer = torch.optim.SGD(model.parameters(), lr = 0.1)

    for epoch in range(3) :
      """Each epoch."""

      # first comment
      for x in loader :
          if x is not None : loss = model(x).sum() ; loss.backward() ; optimizer.step()
      print( evaluate(model , loader) , "\N{SNOWMAN}" )
      model.eval ; print(1)
# last comment without a newline'''


def test_torture(fix_bytes):
    before = TORTURE.replace("\n", "\r\n").encode()
    result = fix_bytes(before, unsafe=True)
    assert result.report.diagnostics == ()
    [file] = result.files
    old, new = before.decode(), file.after.decode()
    operations = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    assert {tag for tag, *_ in operations} == {"equal", "insert"}
    for added in (
        "\tp = 0.2,  # ünïcode\r\n\t\t\ttraining=self.training,\r\n",
        "  model.eval()\r\n  with",
        "model.eval() ; print(1)",
    ):
        assert added in new


def test_second_run_changes_nothing(fix_bytes):
    [file] = fix_bytes(TORTURE.encode(), unsafe=True).files
    again = fix_bytes(file.after, unsafe=True)
    assert (again.files, again.applied) == ((), ())
