"""Every fault of a row has a sentence for the clerk, with the name of its column."""

import ast
from pathlib import Path

import pytest

from desk.domain.fields import FieldDef
from desk.errors import Problem
from desk.words.importing import codes, row_text
from desk.words.problems import problem_codes

ROOT = Path(__file__).parents[2]
FACTS = {
    "typed": "x",
    "row": 3,
    "name": "刘桂兰",
    "state": "已受理",
    "label": "理由",
}
MODULES = ("domain/import_rows.py", "services/import_plan.py", "services/status_files.py")


@pytest.mark.parametrize("code", sorted(codes()))
def test_sentences_have_no_gap_left(code):
    said = row_text(FieldDef("x", "某列", "text"), Problem("x", code, FACTS))
    assert said.startswith("某列：")
    assert said.endswith("。")
    assert "{" not in said


def test_every_code_that_is_given_has_a_sentence():
    given = {
        node.args[1].value
        for module in MODULES
        for node in ast.walk(ast.parse((ROOT / "desk" / module).read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }
    assert given
    assert given <= codes() | problem_codes()
    assert codes() <= given | problem_codes()
