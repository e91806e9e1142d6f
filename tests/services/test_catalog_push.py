"""The county's catalogue comes down: only its own, only forwards, shown before it is taken, in force on its day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from db.models import CaseFile, CatalogRelease, DeskKey
from desk.errors import ChangedMeanwhile, ItemGone
from desk.exchange.catalog_body import Revoked, parse_release
from desk.services import (
    case_views,
    cases,
    catalog_take,
    catalog_turn,
    catalog_views,
    drafts,
    hub_down,
    intake,
    items,
    search,
)
from desk.services.check import check
from desk.services.operation import reading
from tests.builders import intake_values, take_in
from tests.kept import keep, opened
from tests.services import deeds
from tests.services.editions import (
    CIVIL,
    HEAD,
    adopted,
    brought,
    edition,
    go_to,
    holidays,
    published,
    sent,
    without,
)
from tests.services.test_orders import the_case
from tests.services.trips import Trip, on_stick, rows

NAMED = (CIVIL, 'short_name = "高龄补贴申请"', 'short_name = "高龄老人补贴"')
LONGER = (CIVIL, "promised_days = 15", "promised_days = 20")
NEW_YEAR = date(2027, 1, 1)


def test_a_release_is_shown_then_taken_then_in_force(trip: Trip):
    published(trip, edition(2, NAMED, LONGER))
    told = brought(trip)
    assert told.taken == (
        "县里的第 2 版目录已读到，2026 年 11 月 23 日起用。请在“目录”里看过变化再采用。",
    )
    before = catalog_views.view(trip.desk)
    assert (before.version, before.own) == (1, True)
    assert before.found is not None
    assert before.found.version == 2
    shown = catalog_views.difference(trip.desk, version=2)
    assert shown.headline.startswith("3 项有变化，1 件在办的按旧规定办完")
    [(title, [line, *others])] = shown.sections
    assert len(others) == 2
    assert title == "事项"
    assert "高龄老人补贴" in line
    assert "承诺 20 个工作日" in line
    assert trip.desk.catalog.version == 1
    turned = catalog_take.adopt(trip.desk, version=2).value
    assert (turned.version, trip.desk.catalog.version) == (2, 2)
    after = catalog_views.view(trip.desk)
    assert (after.version, after.own, after.found) == (2, False, None)
    assert check(trip.desk).findings == ()


def test_the_published_tree_is_read_back_byte_for_byte(trip: Trip):
    files = edition(2, NAMED)
    published(trip, files)
    brought(trip)
    with reading(trip.desk) as connection:
        body = connection.execute(select(CatalogRelease.body)).scalar_one()
    assert parse_release(bytes(body)).files == files


def test_a_case_opened_before_keeps_its_rules(trip: Trip):
    old = take_in(trip.desk)
    adopted(
        trip, edition(2, NAMED, LONGER, ("papers/receipt_slip.toml", "材料接收凭证", "收材料凭证"))
    )
    new = take_in(trip.desk)
    for done in (old, new):
        deeds.act(trip.desk, done, "confirm_accepted")
    stories = [case_views.due_story(trip.desk, case_id=one.case_id).lines[0] for one in (old, new)]
    assert ["15 个工作日" in stories[0], "20 个工作日" in stories[1]] == [True, True]
    names = [deeds.detail(trip.desk, done).row.item_name for done in (old, new)]
    assert names == ["高龄补贴申请", "高龄老人补贴"]
    texts = [deeds.paper(trip.desk, done.document).replace("\n", "") for done in (old, new)]
    assert ["收材料凭证" in text for text in texts] == [False, True]
    assert check(trip.desk).findings == ()


def test_until_its_day_the_old_one_serves(trip: Trip):
    begins = trip.desk.today + timedelta(days=3)
    turned = adopted(trip, edition(2, NAMED), begins)
    assert (turned.version, trip.desk.catalog.version) == (0, 1)
    coming = catalog_views.view(trip.desk).coming
    assert coming is not None
    assert (coming.version, coming.effective_from) == (2, begins.isoformat())
    go_to(trip.desk, begins)
    changes = cases.tick(trip.desk).changes
    assert changes.rules
    assert trip.desk.catalog.version == 2
    assert not cases.tick(trip.desk).changes.rules


def test_an_office_opens_with_the_right_one_for_the_day(trip: Trip):
    begins = trip.desk.today + timedelta(days=3)
    adopted(trip, edition(2, NAMED), begins)
    folder, now = trip.desk.paths.folder, trip.desk.clock.now()
    trip.desk.close()
    kept = keep(folder)
    for days, version in ((2, 1), (3, 2)):
        office = opened(kept, at=now + timedelta(days=days))
        assert office.catalog.version == version
        assert items.usual(office)[0].short_name == ("高龄补贴申请", "高龄老人补贴")[version - 1]
        office.close()


def test_nothing_lower_and_nothing_else_of_the_same_version(trip: Trip):
    """Rollback: an old stick, or one with another content under a known number."""
    published(trip, edition(2, NAMED))
    old = trip.new_stick("old")
    hub_down.put_all(trip.hub, old, catalog=0)
    adopted(trip, edition(3, LONGER))
    before = rows(trip.desk)
    told = trip.answers(old)
    assert told.taken == ()
    assert told.passed_over == (
        "县里的第 2 版目录比已有的第 3 版旧，没有采用。目录只能换新的，不能退回去。",
    )
    assert rows(trip.desk) == before
    with pytest.raises(ChangedMeanwhile):
        catalog_take.adopt(trip.desk, version=2)
    assert trip.desk.catalog.version == 3


def test_the_same_again_is_no_news(trip: Trip):
    adopted(trip, edition(2, NAMED))
    before = rows(trip.desk)
    assert brought(trip).taken == ()
    assert rows(trip.desk) == before


def test_an_expired_release_serves_on_and_makes_dates_uncertain(trip: Trip):
    """Frozen: the county sends nothing new. The counter goes on, the dates say 预计."""
    adopted(trip, edition(2, NAMED), days=10)
    sure = take_in(trip.desk)
    deeds.act(trip.desk, sure, "confirm_accepted")
    assert deeds.detail(trip.desk, sure).row.provisional
    assert not catalog_views.view(trip.desk).expired
    go_to(trip.desk, trip.desk.today + timedelta(days=11))
    cases.tick(trip.desk)
    view = catalog_views.view(trip.desk)
    assert (view.version, view.expired) == (2, True)
    done = take_in(trip.desk, code="MZ-GL-01")
    deeds.act(trip.desk, done, "confirm_accepted")
    assert deeds.detail(trip.desk, done).row.provisional


def test_estimated_dates_are_counted_again_and_listed(trip: Trip):
    go_to(trip.desk, date(2026, 12, 21))
    go_to(trip.hub, date(2026, 12, 21))
    done = take_in(trip.desk)
    deeds.act(trip.desk, done, "confirm_accepted")
    old = deeds.detail(trip.desk, done).row
    assert old.provisional
    files = edition(2, more=holidays(2027, NEW_YEAR, date(2027, 1, 4)))
    published(trip, files)
    brought(trip)
    shown = catalog_views.difference(trip.desk, version=2)
    [move] = shown.moves
    assert (move.old, move.sure) == (old.due_on, True)
    assert ("节假日", ("2027 年放假安排有了",)) in shown.sections
    turned = catalog_take.adopt(trip.desk, version=2).value
    assert turned.moved == (move,)
    row = deeds.detail(trip.desk, done).row
    assert (row.due_on, row.provisional) == (move.new, False)
    assert move.new > move.old
    history = [line.text for line in case_views.detail(trip.desk, case_id=done.case_id).history]
    assert f"放假安排公布，到期日重新算过：{move.old} 改为 {move.new}" in history
    assert catalog_turn.moved_dates(trip.desk).rows == (move,)
    assert catalog_turn.turn(trip.desk).value.moved == ()
    assert check(trip.desk).findings == ()


@pytest.mark.both_engines
def test_the_county_has_the_dates_the_desk_counted_again(trip: Trip):
    go_to(trip.desk, date(2026, 12, 21))
    go_to(trip.hub, date(2026, 12, 21))
    done = take_in(trip.desk)
    deeds.act(trip.desk, done, "confirm_accepted")
    adopted(trip, edition(2, more=holidays(2027, NEW_YEAR, date(2027, 1, 4))))
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    here, there = (
        deeds.row(office, CaseFile, CaseFile.id == done.case_id)["due_on"]
        for office in (trip.desk, trip.hub)
    )
    assert here == there


def test_drafts_and_usual_items_follow_a_renamed_code(trip: Trip):
    values = intake_values(trip.desk, "MZ-GL-01")
    drafts.save(trip.desk, draft_id=None, values=values)
    renamed = (HEAD, "[renamed]\n", '[renamed]\n"MZ-GL-01" = "MZ-GL-09"\n')
    files = {
        name: body.replace(b'"MZ-GL-01"', b'"MZ-GL-09"') if name.startswith("catalog/") else body
        for name, body in edition(2).items()
    }
    files[HEAD] = files[HEAD].replace(renamed[1].encode(), renamed[2].encode())
    files["layouts/example_elderly_form.toml"] = files["layouts/example_elderly_form.toml"].replace(
        b'"MZ-GL-01"', b'"MZ-GL-09"'
    )
    adopted(trip, files)
    [draft] = drafts.left_behind(trip.desk)
    assert draft.values.item_code == "MZ-GL-09"
    assert "MZ-GL-09" in [row.code for row in items.usual(trip.desk)]
    assert intake.prepare(trip.desk, values=values).item.code == "MZ-GL-09"
    [found] = items.items(trip.desk, text="mz-gl-01")
    assert found.code == "MZ-GL-09", "by the code it had, which stands on papers"
    old = the_case(trip)
    new = take_in(trip.desk, "MZ-GL-09").case_id
    for typed in ("MZ-GL-01", "MZ-GL-09", "高龄补贴"):
        hits = search.search(trip.desk, text=typed)
        assert {row.id for row in hits.cases} == {old, new}


def test_a_removed_item_is_told_and_its_draft_asks_for_another(trip: Trip):
    values = intake_values(trip.desk, "BB-KD-01")
    drafts.save(trip.desk, draft_id=None, values=values)
    gone = (HEAD, "removed = []", 'removed = ["BB-KD-01"]')
    adopted(trip, without(edition(2, gone), "BB-KD-01"))
    [draft] = drafts.left_behind(trip.desk)
    assert draft.values.item_code == ""
    with pytest.raises(ItemGone):
        intake.prepare(trip.desk, values=values)


def test_revoked_keys_come_with_it(trip: Trip):
    ready = published(trip, edition(2, NAMED))
    own = trip.desk.signing.public
    release = replace(ready.release, revoked=(Revoked(own, "2026-11-20"),))
    assert trip.answers(sent(trip, release.to_bytes())).taken
    catalog_take.adopt(trip.desk, version=2)
    assert deeds.row(trip.desk, DeskKey)["revoked_at"] == "2026-11-20"


@pytest.mark.both_engines
def test_the_newest_comes_with_the_acknowledgement_to_who_has_an_older_one(trip: Trip):
    """And the same bytes again while they are not taken; none any more once they are."""
    published(trip, edition(2, NAMED))
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    [(_, first)] = on_stick(trip.stick, "catalog-").items()
    stick = trip.new_stick("again")
    trip.export(stick)
    assert trip.outcomes(stick) == ["ALREADY"]
    [(_, second)] = on_stick(stick, "catalog-").items()
    assert first == second
    told = trip.answers(stick).taken
    assert any("第 2 版目录已读到" in one for one in told)
    catalog_take.adopt(trip.desk, version=2)
    last = trip.new_stick("last")
    trip.export(last)
    assert "COMMITTED" in trip.outcomes(last)
    assert on_stick(last, "catalog-") == {}


def test_the_county_goes_by_what_it_published_from_its_day_on(trip: Trip):
    begins = trip.hub.today + timedelta(days=2)
    published(trip, edition(2, NAMED), begins)
    assert trip.hub.catalog.version == 1
    folder, now = trip.hub.paths.folder, trip.hub.clock.now()
    trip.hub.close()
    office = opened(keep(folder), at=now + timedelta(days=2))
    assert office.catalog.version == 2
    assert check(office).findings == ()
    office.close()


def test_another_computer_under_our_window_is_told(trip: Trip):
    """The blocks of numbers say who gives out which."""
    ready = published(trip, edition(2, NAMED))
    [block] = ready.release.blocks
    assert (block.site, block.window, block.db_id) == ("610422001001", 2, trip.desk.origin)
    release = replace(ready.release, blocks=(replace(block, db_id=UUID(int=9)),))
    trip.answers(sent(trip, release.to_bytes()))
    catalog_take.adopt(trip.desk, version=2)
    assert catalog_views.view(trip.desk).window_taken


def test_a_release_this_program_cannot_read_any_more_locks_nothing(trip: Trip):
    """As after going back to an older program: the next best serves, and it is said."""
    adopted(trip, edition(2, NAMED))
    adopted(trip, edition(3, LONGER))
    with trip.desk.writer.begin() as connection:
        connection.execute(
            update(CatalogRelease).where(CatalogRelease.version == 3).values(body=b"{}")
        )
    folder = trip.desk.paths.folder
    trip.desk.close()
    office = opened(keep(folder))
    assert office.catalog.version == 2
    assert catalog_views.view(office).unreadable
    office.close()
