"""What one part of the catalogue says of another must be there: notices, moves, effects, materials."""

import pytest

from tests.domain.catalog_samples import FILES
from tests.domain.test_catalog_reader import faults

NOTE = 'key = "note"'
FINISH = 'key = "finish"'
VALID = '{ key = "valid_days", label = "有效期", kind = "int" },'
WORKFLOW = "catalog/workflows/short.toml"
ITEMS = "catalog/items/civil.toml"


def move(line: str) -> dict[str, tuple[str, str]]:
    """The sample with one more line in a move."""
    return {"short": (NOTE, f"{NOTE}\n{line}")}


def life(line: str) -> dict[str, tuple[str, str]]:
    return {"short": ('start = "new"', f'start = "new"\n{line}')}


def effect(text: str) -> dict[str, tuple[str, str]]:
    return {"items": ("instant = false", f"instant = false\neffects = [{{ {text} }}]")}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (life('notice = [{ states = ["nowhere"], field = "issue_date", text = "到期" }]'), "nowhere"),
        (life('notice = [{ states = ["done"], field = "valid_days", text = "到期" }]'), "没有日期字段“valid_days”"),
        (life('notice = [{ states = ["done"], field = "issue_date", when = "sunny", text = "到期" }]'), "没有事实“sunny”"),
        (move('enters = ["nothing"]'), "没有后面才填的字段“nothing”"),
        (move('clears = ["age_full"]'), "没有后面才填的字段“age_full”"),
        (move('counts = "bank_holder"'), "没有整数字段“bank_holder”"),
        (move('renews = ["nothing"]'), "这一步不问“nothing”"),
        ({"items": ('from_desk = true', 'from_desk = true, evidence_of = "nothing"')}, "没有字段“nothing”"),
        ({"items": (VALID, VALID.replace("int\"", "int\", when = \"sunny\""))}, "没有事实“sunny”"),
        ({"items": (VALID, VALID.replace("int\"", "int\", default = \"sunny\""))}, "推不出“sunny”"),
        (effect('register = "moon", state = "on"'), "没有名册“moon”"),
    ],
)  # fmt: skip
def test_what_is_named_must_be_there(change: dict[str, tuple[str, str]], said: str) -> None:
    found = faults(**change)
    assert any(said in fault for fault in found), found
    assert all(fault.startswith(tuple(FILES)) for fault in found)
