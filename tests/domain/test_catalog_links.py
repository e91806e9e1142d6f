"""What one part of the catalogue says of another must be there: notices, moves, effects, materials."""

import pytest

from desk.domain.catalog_reader import read_catalog
from desk.errors import CatalogRejected
from desk.resources import read_tree
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


SHIPPED = {**read_tree("catalog"), **read_tree("codes")}
FIRST = 'register = "elderly", does = "enrol", state = "drawing", due = "cert_due"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('state = "drawing"', 'state = "flying"', "没有状态“flying”"),
        ('due = "cert_due"', 'due = "sunday"', "没有事实“sunday”"),
        ('due = "cert_due"', 'due = "$sunday+1m"', "没有事实“$sunday+1m”"),
        ('due = "cert_due"', 'due = "$today+no_such_months"', "没有事实“$today+no_such_months”"),
        ('due = "cert_due"', 'due = "cert_due", when = "sunny"', "没有事实“sunny”"),
        ('does = "enrol"', 'does = "enrol", sets = { moon = "tier" }', "名册没有字段“moon”"),
    ],
)  # fmt: skip
def test_what_an_effect_names_must_be_there(old: str, new: str, said: str) -> None:
    name = next(one for one in SHIPPED if one.endswith("items/civil.toml"))
    text = SHIPPED[name].decode()
    assert FIRST in text
    line = next(line for line in text.splitlines() if FIRST in line)
    changed = line.replace(old, new, 1)
    if "sets = { moon" in changed:
        changed = changed[: changed.index(", sets = { tier")] + " },"
    with pytest.raises(CatalogRejected) as caught:
        read_catalog({**SHIPPED, name: text.replace(line, changed).encode()})
    assert any(said in fault for fault in caught.value.faults), caught.value.faults


def test_an_effects_move_must_be_one_of_its_life_cycle() -> None:
    name = next(one for one in SHIPPED if one.endswith("items/civil.toml"))
    text = SHIPPED[name].decode().replace('actions = ["decide_ok"]', 'actions = ["dance"]', 1)
    with pytest.raises(CatalogRejected, match="流程里没有“dance”"):
        read_catalog({**SHIPPED, name: text.encode()})
