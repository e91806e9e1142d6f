"""Cases put people on registers, change their entries and take them off, by events alone."""

from sqlalchemy import select

from db.models import Record, RecordStep
from desk.services import cases, intake
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import id_number, intake_values, person, take_in
from tests.services import deeds

TO_DECISION = ("confirm_accepted", "start_publicity", "end_publicity", "decide_ok")


def entries(office: Office) -> list[dict[str, object]]:
    with reading(office) as connection:
        return [dict(row) for row in connection.execute(select(Record)).mappings()]


def steps(office: Office) -> list[tuple[str, str, str]]:
    query = select(RecordStep.does, RecordStep.state, RecordStep.month).order_by(
        RecordStep.record_id, RecordStep.version
    )
    with reading(office) as connection:
        return [(row.does, row.state, row.month) for row in connection.execute(query)]


def enrolled(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, *TO_DECISION[:-1])
    deeds.act(office, done, "decide_ok", first_pay_month="2026-12")


def instant(office: Office, code: str, **form: object) -> None:
    values = intake_values(office, code)
    values = intake_values(office, code, form={**values.form, **form})
    intake.finish(office, values=values, end="conclude_now", asks={})


def test_who_is_granted_a_benefit_stands_on_its_roll(office: Office):
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, *TO_DECISION[:-1])
    assert entries(office) == []
    deeds.act(office, done, "decide_ok", first_pay_month="2026-12")
    [entry] = entries(office)
    assert (entry["register"], entry["state"], entry["case_id"]) == (
        "elderly",
        "drawing",
        done.case_id,
    )
    assert entry["due_on"] == "2027-11-23"
    assert entry["fields"]["tier"]  # type: ignore[index]
    assert entry["fields"]["from_month"] == "2026-12"  # type: ignore[index]
    assert steps(office) == [("enrol", "drawing", "2026-12")]
    assert check(office).findings == ()


def test_the_yearly_check_moves_the_day_and_a_death_takes_off_the_roll(office: Office):
    enrolled(office)
    office.clock.advance(days=300)  # type: ignore[attr-defined]
    instant(office, "MZ-GL-02", cert_result="通过")
    assert [one["due_on"] for one in entries(office)] == ["2028-09-19"]
    instant(office, "MZ-GL-02", cert_result="暂未联系上")
    assert [(one["state"], one["due_on"]) for one in entries(office)] == [("unseen", "2028-09-19")]
    instant(office, "MZ-GL-02", cert_result="本人去世")
    [entry] = entries(office)
    assert (entry["state"], entry["due_on"]) == ("stopped", "")
    assert entry["fields"]["stop_reason"] == "本人去世"  # type: ignore[index]
    assert [does for does, _, _ in steps(office)] == ["enrol", "recheck", "change", "stop"]
    assert check(office).findings == ()


def test_who_applies_again_has_one_entry_still(office: Office):
    enrolled(office)
    instant(office, "MZ-GL-02", cert_result="户籍迁出")
    enrolled(office)
    [entry] = entries(office)
    assert entry["state"] == "drawing"


def test_two_people_have_two_entries(office: Office):
    for order in (1, 2):
        done = take_in(office, "YB-MT-01", who=person(f"王秀{order}", id_no=id_number(order=order)))
        deeds.walk(office, done, "confirm_accepted", "forward")
        deeds.act(office, done, "decide_ok", next_review="2028-11-23")
    assert [one["due_on"] for one in entries(office)] == ["2028-11-23"] * 2


def test_a_tick_leaves_the_roll_alone(office: Office):
    enrolled(office)
    before = entries(office)
    office.clock.advance(days=500)  # type: ignore[attr-defined]
    cases.tick(office)
    assert entries(office) == before
