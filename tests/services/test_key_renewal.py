"""Keys change hands of time: the old one vouches for the new, a revoked one for nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk.errors import NeedsSecondPerson, NotFound, PackageRefused, WindowTaken
from desk.exchange.key_files import parse_county_key, parse_enrolment, vouched_by
from desk.services import (
    audit_views,
    hub,
    hub_desk_rows,
    hub_desks,
    hub_keys,
    hub_resend,
    new_epoch,
    receipts,
    sync,
)
from desk.services.audit_views import AuditFilter
from desk.services.check import check
from desk.words.exchange import outcome_text
from tests.builders import PROFILE, consent, make_office, take_in
from tests.services import staff, trips
from tests.services.trips import Trip, export, on_stick, rows, served

SITE, WINDOW = "610422001001", 2
TODAY = date(2026, 11, 23)


def introduced_again(trip: Trip) -> str:
    name = sync.write_enrolment(trip.desk, folder=trip.stick).value
    return hub_desks.enrol(trip.hub, path=trip.stick / name).value.step


def revoked(trip: Trip, why: str, from_day: date = TODAY) -> int:
    return trips.revoked(trip.hub, why, from_day)


def test_a_desk_renews_its_keys_and_nobody_compares_words(trip: Trip) -> None:
    trip.export()
    old = trip.desk.signing.public
    assert sync.renew_keys(trip.desk, approved_by=consent(trip.desk)).value.step == "enrolment"
    assert trip.desk.signing.public != old
    assert introduced_again(trip) == "renewed"
    assert introduced_again(trip) == "known"
    served(trip.desk, 1, first=4)
    trip.export()
    # The first package is on its way still, under the old key.
    assert trip.outcomes() == ["COMMITTED", "COMMITTED"]
    trip.answers()
    assert trip.states() == ["已回执"] * 2
    assert check(trip.hub).findings == check(trip.desk).findings == ()


def test_before_the_county_knows_the_new_key_it_takes_nothing_by_it(trip: Trip) -> None:
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    trip.export()
    [received] = trip.receive()
    assert (received.outcome, received.facts["why"]) == ("UNKNOWN_KEY", "another")
    assert introduced_again(trip) == "renewed"
    assert trip.outcomes() == ["COMMITTED"]


def test_what_was_sealed_to_the_old_key_still_opens(trip: Trip) -> None:
    trip.export()
    trip.receive()
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    trip.answers()
    assert trip.states() == ["已回执"]


def test_papers_of_the_old_key_stay_genuine(trip: Trip) -> None:
    from tests.services.test_receipts import code_of

    code = code_of(trip.desk, take_in(trip.desk).document)
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    introduced_again(trip)
    assert receipts.look(trip.desk, text=code).verdict == "genuine"
    assert receipts.look(trip.hub, text=code).verdict == "genuine"
    assert len(hub_keys.key_list(trip.hub).desks) == 2


def test_a_strangers_word_for_a_key_is_worth_nothing(trip: Trip) -> None:
    """A thief signs a file that names the desk and its old key, without having that."""
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    name = sync.write_enrolment(trip.desk, folder=trip.stick).value
    told = parse_enrolment((trip.stick / name).read_bytes())
    assert told.voucher is not None
    [known] = hub_desks.enrolments(trip.hub)
    assert vouched_by(told, known.signing)
    assert not vouched_by(replace(told, window=3), known.signing)
    assert not vouched_by(told, told.signing)


def test_nothing_is_taken_by_a_revoked_key(trip: Trip) -> None:
    trip.export()
    assert revoked(trip, "电脑被盗")
    before = rows(trip.hub)
    [received] = trip.receive()
    assert (received.outcome, received.facts["why"]) == ("UNKNOWN_KEY", "revoked")
    assert "停用" in outcome_text(received.outcome, received.facts)
    assert rows(trip.hub) == before
    assert on_stick(trip.stick, "ack-") == {}
    assert hub_desks.enrolments(trip.hub) == ()
    with pytest.raises(PackageRefused, match="UNKNOWN_KEY"):
        introduced_again(trip)
    with pytest.raises(NotFound):
        revoked(trip, "再来一次")


def test_no_key_is_renewed_or_revoked_by_one_alone(trip: Trip) -> None:
    before = rows(trip.desk), rows(trip.hub), trip.desk.signing, trip.hub.signing
    with pytest.raises(NeedsSecondPerson):
        sync.renew_keys(trip.desk, approved_by=None)
    with pytest.raises(NeedsSecondPerson):
        hub.renew_keys(trip.hub, approved_by=None)
    with pytest.raises(NeedsSecondPerson):
        hub_desks.revoke(
            trip.hub, site=SITE, window=WINDOW, from_day=TODAY, why="一时兴起", approved_by=None
        )
    assert (rows(trip.desk), rows(trip.hub), trip.desk.signing, trip.hub.signing) == before


def test_who_consented_stands_in_the_audit(trip: Trip) -> None:
    """A county of one repeats his password; with a colleague there it is the colleague's word."""
    hub.renew_keys(trip.hub, approved_by=consent(trip.hub))
    staff.add(trip.hub, "钱县办", "county")
    revoked(trip, "电脑被盗")
    told = [row.facts for row in audit_views.page(trip.hub, wanted=AuditFilter("key")).rows]
    assert told[0] == "停用窗口的密钥　钱县办同意"
    assert told[-1] == "换了本机的签名密钥　本人再次输入密码"


def test_the_county_sees_of_each_key_what_became_of_it(trip: Trip) -> None:
    """The one in use first, till when it is; the renewed, the revoked and the one whose term is over after it."""

    def told() -> list[tuple[str, str]]:
        return [(row.code, row.state) for row in hub_desk_rows.desks(trip.hub).rows]

    assert [code for code, _ in told()] == ["in_use"]
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    introduced_again(trip)
    assert [code for code, _ in told()] == ["in_use", "renewed"]
    other = make_office(trip.folder / "other", replace(PROFILE, window=3)).office
    trip.opened.append(other)
    sync.take_county_key(other, path=hub.write_public_key(trip.hub, folder=trip.stick))
    name = sync.write_enrolment(other, folder=trip.stick).value
    hub_desks.enrol(trip.hub, path=trip.stick / name, until=date(2026, 11, 30))
    assert any(state.endswith("，到 2026-11-30") for _, state in told())
    clock: Any = trip.hub.clock
    clock.advance(days=10)
    assert sorted(code for code, _ in told()) == ["in_use", "past", "renewed"]
    revoked(trip, "电脑被盗")
    assert sorted(code for code, _ in told()) == ["past", "revoked", "revoked"]


def test_the_county_sees_that_a_later_database_came_and_was_given_nothing_back(trip: Trip) -> None:
    """Until then packages of both are taken: those of a copy that was put back unnoticed, too."""

    def told() -> list[tuple[str, bool]]:
        return [(row.code, row.is_taken) for row in hub_desk_rows.desks(trip.hub).rows]

    new_epoch.begin(trip.desk, why="从备份恢复")
    introduced_again(trip)
    assert sorted(told()) == [("followed", True), ("in_use", True)]
    hub_resend.resend(trip.hub, site=SITE, window=WINDOW, folder=trip.stick)
    assert told() == [("in_use", True), ("closed", False)]


def test_until_its_day_a_key_counts(trip: Trip) -> None:
    trip.export()
    later = date(2026, 11, 24)
    revoked(trip, "换电脑", later)
    assert trip.outcomes() == ["COMMITTED"]


def test_after_a_revocation_new_keys_need_words_again(trip: Trip) -> None:
    revoked(trip, "电脑被盗")
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    assert introduced_again(trip) == "new"
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]


def test_who_renewed_before_he_read_of_the_revocation_is_told(trip: Trip) -> None:
    """The word of the revoked key is worth nothing: words are compared again, and all goes once more."""
    trip.export()
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    name = sync.write_enrolment(trip.desk, folder=trip.stick).value
    revoked(trip, "电脑被盗")
    assert hub_desks.introduce(trip.hub, path=trip.stick / name).step == "new"
    assert sync.view(trip.desk).step == "ready"
    hub_keys.write_key_list(trip.hub, folder=trip.stick)
    told = trip.answers().taken
    assert ["换下来的那把密钥" in one for one in told] == [False, True]
    assert sync.view(trip.desk).step == "enrolment"
    assert introduced_again(trip) == "new"
    served(trip.desk, 1, first=4)
    trip.export()
    assert sorted(trip.outcomes()) == ["COMMITTED", "UNKNOWN_KEY"]
    trip.answers()
    assert sync.view(trip.desk).unsent_events == 0
    assert check(trip.hub).findings == ()
    assert trip.answers().taken == (), "told once"


def test_a_revoked_window_is_free_for_another_computer(trip: Trip) -> None:
    other = make_office(trip.folder / "other", PROFILE).office
    trip.opened.append(other)
    sync.take_county_key(other, path=hub.write_public_key(trip.hub, folder=trip.stick))
    name = sync.write_enrolment(other, folder=trip.new_stick("second")).value
    path = trip.folder / "second" / name
    with pytest.raises(WindowTaken):
        hub_desks.enrol(trip.hub, path=path)
    revoked(trip, "电脑坏了")
    assert hub_desks.enrol(trip.hub, path=path).value.step == "new"
    export(other, trip.stick)
    assert trip.outcomes() == ["COMMITTED"]


def test_the_county_renews_its_keys_and_desks_take_them_by_the_old_one(trip: Trip) -> None:
    trip.export()
    old = hub.public_key(trip.hub)
    words = hub.renew_keys(trip.hub, approved_by=consent(trip.hub)).value
    path = hub.write_public_key(trip.hub, folder=trip.stick)
    key = parse_county_key(path.read_bytes())
    assert vouched_by(key, old.signing)
    assert hub.key_words(trip.hub) == words
    # Sealed to the old key, and taken.
    assert trip.outcomes() == ["COMMITTED"]
    assert trip.answers().taken == ()
    assert sync.take_county_key(trip.desk, path=path).value.county_words == words
    assert len(trip.answers().taken) == 2
    assert trip.states() == ["已回执"]
