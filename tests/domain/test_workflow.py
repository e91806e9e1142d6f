"""Life-cycles: what may be done from where, and where it leads."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from desk.domain.catalog_workflows import reachable
from desk.domain.fields import FieldDef
from desk.domain.workflow import action_named, ahead, allowed, bar, next_state, with_stage
from desk.errors import ActionNotAllowed
from tests.domain.catalog_samples import catalog

LIFE = catalog().workflows["short"]
READY = {"complete": True, "acceptor_here": True}


def labels(state: str, facts: Mapping[str, object]) -> list[str]:
    return [action.label for action in allowed(LIFE, state, facts)]


def test_offers_what_the_table_allows_in_its_order():
    assert labels("new", READY) == ["受理", "收件"]
    assert labels("accepted", {}) == ["记一笔", "暂停", "办结"]
    assert labels("done", READY) == []
    assert labels("nowhere", READY) == []


def test_a_condition_on_the_unknown_does_not_hold():
    assert labels("new", {}) == []
    assert labels("new", {"complete": True}) == ["收件"]


def test_of_rows_with_one_key_the_first_that_holds_counts():
    assert labels("new", {"complete": False}) == ["先收一部分"]
    assert action_named(LIFE, "new", "receive", {"complete": False}).asks[0].key == "reason"
    assert action_named(LIFE, "new", "receive", READY).asks == ()


@pytest.mark.parametrize(
    ("state", "key", "facts"),
    [
        ("new", "accept", {}),
        ("accepted", "accept", READY),
        ("new", "fly", READY),
        ("done", "note", {}),
    ],
)
def test_a_forbidden_move_is_refused_by_name(state, key, facts):
    with pytest.raises(ActionNotAllowed) as caught:
        action_named(LIFE, state, key, facts)
    assert (caught.value.action, caught.value.state) == (key, state)


def test_leads_on_stays_and_leads_back():
    accept = action_named(LIFE, "new", "accept", READY)
    assert next_state(LIFE, accept, "new", "").key == "accepted"
    note = action_named(LIFE, "received", "note", {})
    assert next_state(LIFE, note, "received", "").key == "received"
    resume = action_named(LIFE, "waiting", "resume", {})
    assert next_state(LIFE, resume, "waiting", "received").key == "received"


@pytest.mark.parametrize("before", ["", "gone"])
def test_there_is_no_way_back_to_nowhere(before):
    resume = action_named(LIFE, "waiting", "resume", {})
    with pytest.raises(ActionNotAllowed):
        next_state(LIFE, resume, "waiting", before)


def test_the_bar_is_in_order():
    assert [state.key for state in bar(LIFE)] == ["received", "accepted", "done"]


def test_a_pause_reaches_back_where_it_came_from():
    assert reachable(LIFE, ("waiting",)) == {"waiting", "accepted", "received", "done"}
    assert reachable(LIFE, ("done",)) == {"done"}


def test_a_move_asks_for_what_it_enters_and_begins_with_what_is_there():
    fields = (
        FieldDef("paid_to", "打款账户", "text", required=True, stage="review"),
        FieldDef("checked", "核对", "text", required=True, stage="review", owner="county"),
        FieldDef("derived", "推出来的", "text", derive="age"),
        FieldDef("other", "别的", "text", stage="conclusion"),
    )
    plain = next(action for action in LIFE.actions if action.key == "note")
    assert with_stage(plain, fields, {}) is plain
    move = replace(plain, stage="review", enters=("paid_to",))
    asked = {one.key: one for one in with_stage(move, fields, {"checked": ""}).asks}
    assert list(asked) == ["paid_to", "checked"]
    assert (asked["paid_to"].default, asked["paid_to"].required) == ("paid_to", True)
    assert not asked["checked"].required
    filled = with_stage(move, fields, {"checked": "已核"})
    assert [one.key for one in filled.asks] == ["paid_to"]


def test_what_may_still_come():
    assert ahead(LIFE, "received", "") == {"waiting", "done"}
    assert ahead(LIFE, "waiting", "accepted") == {"waiting", "done"}
    assert ahead(LIFE, "done", "") == frozenset()
