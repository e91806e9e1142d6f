"""Papers: asked, held, missing, promised."""

from dataclasses import replace
from datetime import date

import pytest

from desk.domain.catalog import MaterialDef
from desk.domain.materials import HandedIn, HeldMaterial, fulfils, missing, needed, valid_until
from tests.domain.catalog_samples import TODAY, facts, item, person

HELD = HeldMaterial("id_card", "居民身份证", TODAY, "1120-0003", date(2026, 11, 20))


def states(*held: HeldMaterial, **known) -> dict[str, str]:
    return {one.material.key: one.state for one in needed(item(), facts(**known), held, TODAY)}


def paper(key: str, **changes) -> HandedIn:
    return replace(HandedIn(key, key, False, False, 0, False), **changes)


def test_asks_for_what_the_item_asks():
    assert states(form={"ability": "自理"}) == {
        "form": "needed",
        "id_card": "needed",
        "photo": "optional",
    }


def test_a_paper_that_hangs_on_the_unknown_may_be_asked():
    assert states()["assessment"] == "maybe"


def test_a_condition_that_holds_asks():
    known = states(form={"ability": "失能"}, person=person(is_proxy=True))
    assert known["assessment"] == "needed"
    assert known["proxy_id"] == "needed"


def test_what_is_kept_from_last_time_serves_to_its_last_day():
    found = needed(item(), facts(), (HELD,), TODAY)
    assert [one.held for one in found if one.state == "held"] == [HELD]
    assert states(replace(HELD, valid_until=date(2026, 11, 22)))["id_card"] == "needed"


def test_names_what_is_missing():
    asked = needed(item(), facts(form={"ability": "自理"}), (), TODAY)
    assert [m.key for m in missing(asked, ())] == ["form", "id_card"]
    came = (paper("form", original_kept=True), paper("id_card", original_seen=True, copies=1))
    assert missing(asked, came) == ()


def test_neither_held_nor_optional_nor_doubtful_papers_are_missing():
    asked = needed(item(), facts(), (HELD,), TODAY)
    assert [m.key for m in missing(asked, (paper("form", original_seen=True),))] == []


def test_a_promised_paper_is_missing_until_it_comes():
    asked = needed(item(), facts(form={"ability": "自理"}), (), TODAY)
    came = (paper("form", original_kept=True), paper("id_card", promised_by="2026-12-01"))
    assert [m.key for m in missing(asked, came)] == ["id_card"]


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        ("original", {"original_kept": True}, {"copies": 1}),
        ("inspect", {"original_seen": True}, {"copies": 1}),
        ("inspect_copy", {"original_seen": True, "copies": 1}, {"original_seen": True}),
        ("inspect_copy", {"original_kept": True, "copies": 2}, {"copies": 1}),
        ("copy", {"copies": 1}, {"original_seen": True}),
        ("sealed_copy", {"copies": 1}, {"original_kept": True}),
        ("original_or_copy", {"copies": 1}, {}),
        ("original_or_copy", {"original_seen": True}, {"note": "没带"}),
    ],
)
def test_a_paper_must_come_as_it_is_asked_for(form, good, bad):
    asked = MaterialDef("k", "材料", form)
    assert fulfils(asked, paper("k", **good))
    assert not fulfils(asked, paper("k", **bad))
    assert fulfils(asked, paper("k", carried_over=True))


@pytest.mark.parametrize(
    ("months", "got_on", "until"),
    [
        (12, date(2026, 11, 23), date(2027, 11, 23)),
        (1, date(2026, 1, 31), date(2026, 2, 28)),
        (6, date(2026, 8, 31), date(2027, 2, 28)),
        (0, date(2026, 11, 23), None),
    ],
)
def test_a_copy_serves_again_for_so_long(months, got_on, until):
    assert valid_until(MaterialDef("k", "材料", "copy", valid_months=months), got_on) == until
