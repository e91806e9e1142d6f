"""Life-cycles: what may be done from where, and where it leads."""

from collections.abc import Mapping

import pytest

from desk.domain.catalog_workflows import reachable
from desk.domain.workflow import action_named, allowed, bar, next_state
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
