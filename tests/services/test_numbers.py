"""Numbers: gapless per series, window and day, taken only by what succeeds, used once and found again."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from db.models import IssuedNumber
from desk.clock import FixedClock
from desk.domain.numbering import MAX_SERIAL, Number, check_char, parse
from desk.errors import FieldsRefused, NumbersExhausted
from desk.services import case_views, intake, search
from desk.services.office import Office
from tests.builders import PROFILE, all_papers, intake_values, make_office, take_in
from tests.services import deeds


def given_out(office: Office, serials: Sequence[int], series: str = "SJ") -> None:
    """Numbers of today on file, as if a busy day lay behind."""
    rows = [
        {
            "number": number.full,
            "origin": office.origin,
            "series": series,
            "window": office.seat,
            "day": office.today.isoformat(),
            "epoch": office.epoch,
            "serial": number.serial,
            "short_no": number.short,
            "case_id": office.origin,
        }
        for number in (
            Number(series, PROFILE.community_code, office.seat, office.today, serial)
            for serial in serials
        )
    ]
    with office.writer.begin() as connection:
        connection.execute(insert(IssuedNumber), rows)


def test_each_series_counts_for_itself_without_gap(office: Office) -> None:
    """SJ for papers received, SL for acceptance; failures in between take none."""
    refused = intake_values(office, "MZ-GL-01", form={})
    for _ in range(3):
        take_in(office, "MZ-GL-01", "receive")
        with pytest.raises(FieldsRefused):
            intake.finish(office, values=refused, end="receive", asks={})
        take_in(office, "ZH-ZM-01", "conclude_now")
    assert deeds.serials(office, "SJ") == [1, 2, 3]
    assert deeds.serials(office, "SL") == [1, 2, 3]


def test_the_next_day_begins_at_one(office: Office, clock: FixedClock) -> None:
    """And the day before keeps its own."""
    for _ in range(2):
        take_in(office)
    clock.advance(days=1)
    assert take_in(office).number.startswith("SJ-610422001001-02-20261124-0001-")
    assert deeds.serials(office, "SJ") == [1, 2]
    assert deeds.serials(office, "SJ", "2026-11-24") == [1]


def test_another_window_counts_for_itself(tmp_path: Path) -> None:
    """Window and community stand in the number."""
    made = make_office(tmp_path / "three", replace(PROFILE, window=3)).office
    assert take_in(made).number.startswith("SJ-610422001001-03-20261123-0001-")
    made.close()


def test_the_check_character_is_that_of_the_standard(office: Office) -> None:
    """ISO 7064 MOD 37,36 over all that stands before it."""
    number = take_in(office).number
    body, check = number.replace("-", "")[:-1], number[-1]
    assert check == check_char(body)
    wrong = "0" if check != "0" else "1"
    with pytest.raises(ValueError, match="check"):
        parse(number[:-1] + wrong)


def test_nine_thousand_nine_hundred_and_ninety_nine_are_the_last(office: Office) -> None:
    """The last is given out; the next intake is refused and leaves nothing."""
    given_out(office, range(1, MAX_SERIAL))
    assert parse(take_in(office).number).serial == MAX_SERIAL
    before = deeds.everything(office)
    with pytest.raises(NumbersExhausted):
        take_in(office)
    assert deeds.everything(office) == before
    assert take_in(office, "ZH-ZM-01", "conclude_now").number.startswith("SL-")


def test_a_voided_number_is_never_used_again(office: Office) -> None:
    """It stays on the case that was void."""
    first = take_in(office)
    deeds.act(office, first, "void")
    assert parse(take_in(office).number).serial == 2
    assert deeds.detail(office, first).numbers == (first.number,)
    assert deeds.serials(office, "SJ") == [1, 2]


def test_a_number_given_out_cannot_be_changed_or_taken_back(office: Office) -> None:
    """The file itself refuses."""
    take_in(office)
    for statement in ("UPDATE issued_number SET serial = 9", "DELETE FROM issued_number"):
        with (
            pytest.raises(IntegrityError, match="append-only"),
            office.writer.begin() as connection,
        ):
            connection.exec_driver_sql(statement)
    assert deeds.serials(office, "SJ") == [1]


def test_the_same_serial_twice_is_refused_by_the_file(office: Office) -> None:
    """Whatever a program does, a counter has each serial once."""
    given_out(office, [5])
    with pytest.raises(IntegrityError):
        given_out(office, [5])
    assert deeds.serials(office, "SJ") == [5]


def test_a_case_keeps_both_numbers_and_is_found_by_each(office: Office) -> None:
    """Full, compact, small letters, short form with and without noughts."""
    take_in(office, "ZH-ZM-01", "conclude_now")
    done = take_in(office, "MZ-GL-01")
    accepted = deeds.act(office, done, "confirm_accepted")
    both = case_views.detail(office, case_id=done.case_id).numbers
    assert both == (done.number, accepted.number)
    assert (parse(both[0]).short, parse(both[1]).short) == ("1123-0001", "1123-0002")
    for typed in (*both, both[0].replace("-", ""), both[1].lower(), "1123-0002", "1123-2"):
        found = [hit.id for hit in search.search(office, text=typed).cases]
        assert found == [done.case_id], typed
    assert len(search.search(office, text="1123-0001").cases) == 2


def test_a_short_form_with_its_series_finds_that_case_only(office: Office) -> None:
    """The first of each series has the same serial."""
    taken = {"SL": take_in(office, "ZH-ZM-01", "conclude_now"), "SJ": take_in(office)}
    for series, done in taken.items():
        for typed in (f"{series} 1123-0001", f"{series}-1123-1", f"{series.lower()}1123-0001"):
            found = [hit.id for hit in search.search(office, text=typed).cases]
            assert found == [done.case_id], typed


def test_no_two_cases_of_a_day_show_the_same_short_number(office: Office) -> None:
    """In lists, on the page and in its history; a case that has both numbers keeps its first."""
    on_the_spot = take_in(office, "ZH-ZM-01", "conclude_now")
    received = take_in(office)
    deeds.act(office, received, "confirm_accepted")
    rows = {hit.id: hit.short_no for hit in search.search(office, text="刘桂兰").cases}
    assert rows == {on_the_spot.case_id: "SL 1123-0001", received.case_id: "1123-0001"}
    assert deeds.detail(office, on_the_spot).row.short_no == "SL 1123-0001"
    told = " ".join(line.text for line in deeds.detail(office, received).history)
    assert "1123-0001" in told
    assert "SL 1123-0002" in told


def test_a_mistyped_number_finds_nothing(office: Office) -> None:
    """The check character tells."""
    number = take_in(office).number
    wrong = number.replace("-0001-", "-0002-")
    assert search.search(office, text=wrong).cases == ()


def test_a_later_paper_takes_no_second_number_of_its_series(office: Office) -> None:
    """Notice, papers brought, receipt again: one SJ for the case."""
    papers = all_papers(office.catalog.item("MZ-GL-01"))[1:]
    told = take_in(office, "MZ-GL-01", "notify", handed_in=papers)
    assert deeds.act(office, told, "notify").number == ""
    assert deeds.act(office, told, "supplement_in").number == ""
    assert deeds.serials(office, "SJ") == [1]
    assert told.number in deeds.paper(office, deeds.detail(office, told).documents[0].id)
