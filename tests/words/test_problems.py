"""Every problem a field can have has a sentence fit for a clerk."""

import ast
import re
from pathlib import Path

import pytest

from desk.domain.field_values import clean
from desk.domain.fields import Choice, FieldDef
from desk.errors import Problem
from desk.words import importing
from desk.words.problems import problem_codes, problem_text

DESK = Path(__file__).parents[2] / "desk"
BANNED = ("非法", "无效", "异常", "未知错误", "操作失败")
# What makes a problem, and the place of the code among its arguments.
MAKERS = {"Problem": 1, "_problem": 1, "_number": 0}


def used_codes() -> frozenset[str]:
    """Every code written down in the code of the desk."""
    found = set()
    for path in DESK.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found |= _code_of(node)
    return frozenset(found)


def _code_of(call: ast.Call) -> set[str]:
    place = MAKERS.get(getattr(call.func, "id", ""))
    if place is None or len(call.args) <= place:
        return set()
    code = call.args[place]
    return {code.value} if isinstance(code, ast.Constant) and isinstance(code.value, str) else set()


GAPS = "max min typed most least first last have need digits birth number region"


def test_every_code_has_a_sentence():
    assert used_codes() == problem_codes() | importing.codes()


@pytest.mark.parametrize("code", sorted(problem_codes()))
def test_a_sentence_says_what_to_do_in_plain_words(code):
    text = problem_text(Problem("f", code, dict.fromkeys(GAPS.split(), "1")))
    assert text.endswith("。")
    assert len(text) <= 60
    assert "{" not in text
    assert not any(word in text for word in BANNED)
    assert re.search("请|可以|最多|只能", text)
    assert not re.search("[a-z]{2,}", text)


def test_a_choice_is_chosen_and_a_text_is_filled_in():
    assert problem_text(Problem("f", "required", {"kind": "choice"})) == "还没有选，请选一个。"
    assert problem_text(Problem("f", "required", {"kind": "text"})) == "还没有填，请填写。"


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("text", "字" * 300, "200"),
        ("date", "2026-02-30", "2026-02-30"),
        ("month", "2026-13", "2026-13"),
        ("date", "1800-01-01", "1900"),
        ("money", "100000000", "99,999,999"),
        ("choice", "没有的", "没有的"),
        ("idnumber", "123456", "6"),
        ("phone", "123", "手机号"),
    ],
)
def test_the_gaps_are_filled_from_the_problem(kind, typed, said):
    field = FieldDef("f", "字段", kind, choices=(Choice("1", "有的"),))
    _, problems = clean(field, typed)
    assert said in problem_text(problems[0])


def test_an_unknown_code_is_a_bug():
    with pytest.raises(KeyError):
        problem_text(Problem("f", "no_such_code"))
