"""No first case before the recovery key was typed back; a hall that has begun is not stopped."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import Event
from desk import keyring
from desk.errors import FieldsRefused, OfficeReadOnly, RecoveryKeyWrong, RecoveryUnproved
from desk.services import drafts, intake, intake_checks, recovery_proof, requests, setup
from desk.services.check import check
from desk.services.operation import reading
from desk.services.setup import Created
from desk.services.views import IntakeValues
from tests.builders import intake_values, make_office, take_in
from tests.services import deeds
from tests.services.importing import job, taken
from tests.services.trips import make_hub

ITEM = "MZ-GL-01"
LEDGER = (
    ("编号", "申请人", "身份证号", "事项", "收件日期", "办结日期", "办理结果"),
    ("0031", "刘桂兰", "610422195603120426", "高龄补贴申请", "2019-03-04", "2019-04-01", "批准"),
)
"""One case of an old ledger."""


def as_it_is(values: IntakeValues) -> IntakeValues:
    return values


def no_papers(values: IntakeValues) -> IntakeValues:
    return replace(values, handed_in=())


def no_proof(values: IntakeValues) -> IntakeValues:
    kept = tuple(paper for paper in values.handed_in if paper.key != "veteran_proof")
    return replace(values, handed_in=kept)


def dead(values: IntakeValues) -> IntakeValues:
    return replace(values, answers={**values.answers, "alive": False})


ENDS: dict[str, tuple[str, Callable[[IntakeValues], IntakeValues]]] = {
    "receive": (ITEM, as_it_is),
    "accept": ("BB-DB-01", as_it_is),
    "tolerate": ("TY-GR-01", no_proof),
    "notify": (ITEM, no_papers),
    "refuse": (ITEM, dead),
    "conclude_now": ("ZH-ZM-01", as_it_is),
}
"""Every way an intake ends, with what brings it about."""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Created]:
    """A hall whose set-up ended before its key was typed back."""
    created = make_office(tmp_path / "office", proved=False)
    yield created
    created.office.close()


def unreadable(folder: Path) -> None:
    """Both copies of the key file are gone."""
    for name in ("keys.json", "keys.json.2"):
        (folder / name).unlink()


def test_every_end_is_tried(made: Created) -> None:
    """What the life-cycle knows from the beginning on is in the table above."""
    office = made.office
    flow = office.catalog.workflows[office.catalog.item(ITEM).workflow]
    ends = {action.key for action in flow.actions if intake_checks.START in action.sources}
    assert ends == set(ENDS)


@pytest.mark.parametrize("end", ENDS)
def test_the_first_case_waits_until_the_key_is_typed_back(made: Created, end: str) -> None:
    """Refused, nothing is changed and the draft stays; then the same is done."""
    office, (code, changed) = made.office, ENDS[end]
    values = changed(intake_values(office, code))
    draft = drafts.save(office, draft_id=None, values=values).value
    before = deeds.everything(office)
    for _ in range(2):
        with pytest.raises(RecoveryUnproved):
            intake.finish(office, values=values, end=end, asks={}, draft_id=draft)
    assert deeds.everything(office) == before
    assert [row.id for row in drafts.left_behind(office)] == [draft]
    recovery_proof.prove(office, typed=made.recovery_key)
    done = intake.finish(office, values=values, end=end, asks={}, draft_id=draft).value
    assert done.number.endswith("-0001-" + done.number[-1])
    assert drafts.left_behind(office) == ()
    assert check(office).findings == ()


def test_what_is_wrong_with_the_fields_is_told_first(made: Created) -> None:
    """The sheet is not fetched for a case that cannot be taken in anyway."""
    values = intake_values(made.office, ITEM, form={})
    with pytest.raises(FieldsRefused):
        intake.finish(made.office, values=values, end="receive", asks={})


def test_a_request_from_the_mini_program_waits_as_well(made: Created, tmp_path: Path) -> None:
    """It becomes a case by the same door."""
    rows = [("申请编号", "姓名", "电话", "申请内容"), ("1", "刘桂兰", "13800002734", "办高龄补贴")]
    taken(made.office, job(made.office, tmp_path, "requests", rows))
    [row] = requests.listed(made.office)
    begun = requests.begin(made.office, request_id=row.id)
    values = replace(intake_values(made.office, ITEM), request_id=begun.request_id)
    with pytest.raises(RecoveryUnproved):
        intake.finish(made.office, values=values, end="receive", asks={})
    assert requests.listed(made.office) == (row,)


def test_a_hall_that_has_begun_goes_on(made: Created) -> None:
    """A new printed key is to be typed back, too, but nobody at the window is sent away for it."""
    office = made.office
    recovery_proof.prove(office, typed=made.recovery_key)
    take_in(office)
    key = keyring.open_with_recovery(office.paths.folder, made.recovery_key)
    keyring.renew_recovery(office.paths.folder, key)
    office.may_begin = False
    assert not recovery_proof.keeps_from_beginning(office)
    assert take_in(office).number
    assert not keyring.is_proved(office.paths.folder)


def test_what_was_taken_over_from_an_old_ledger_begins_nothing(
    made: Created, tmp_path: Path
) -> None:
    """It comes in without the key, and the first case at the window still waits for it."""
    taken(made.office, job(made.office, tmp_path, "cases", LEDGER))
    assert recovery_proof.keeps_from_beginning(made.office)
    with pytest.raises(RecoveryUnproved):
        take_in(made.office)


def test_a_yes_is_remembered_and_a_no_is_looked_at_again(made: Created) -> None:
    """However the key comes to be typed back; once it was, the key file is not read for it any more."""
    office = made.office
    with reading(office) as connection:
        with pytest.raises(RecoveryUnproved):
            recovery_proof.demand(office, connection)
        setup.prove_recovery(office.paths, typed=made.recovery_key)
        recovery_proof.demand(office, connection)
        unreadable(office.paths.folder)
        recovery_proof.demand(office, connection)
    assert take_in(office).number


def test_a_key_file_that_does_not_read_stops_no_hall_that_has_begun(made: Created) -> None:
    """The check says so; whoever stands at the window is taken in."""
    office = made.office
    recovery_proof.prove(office, typed=made.recovery_key)
    take_in(office)
    office.may_begin = False
    unreadable(office.paths.folder)
    assert not recovery_proof.is_proved(office)
    assert take_in(office).number


def test_a_wrong_key_proves_nothing(made: Created) -> None:
    """Its first wrong group is named."""
    office, groups = made.office, made.recovery_key.split("-")
    groups[4] = ("2" if groups[4][0] != "2" else "3") + groups[4][1:]
    with pytest.raises(RecoveryKeyWrong) as wrong:
        recovery_proof.prove(office, typed="-".join(groups))
    assert wrong.value.group == 5
    assert recovery_proof.keeps_from_beginning(office)


def test_an_office_opened_for_looking_is_left_as_it_is(made: Created) -> None:
    made.office.read_only = True
    with pytest.raises(OfficeReadOnly):
        recovery_proof.prove(made.office, typed=made.recovery_key)
    assert not keyring.is_proved(made.office.paths.folder)


def test_proving_is_told_to_the_pages_and_is_no_event(made: Created) -> None:
    """It is about the key file alone."""
    with reading(made.office) as connection:
        before = len(connection.execute(select(Event.id)).all())
    assert recovery_proof.prove(made.office, typed=made.recovery_key).changes.settings
    with reading(made.office) as connection:
        assert len(connection.execute(select(Event.id)).all()) == before


def test_a_county_takes_no_case_in(tmp_path: Path) -> None:
    """So nothing waits there."""
    county = make_hub(tmp_path / "hub")
    assert not recovery_proof.is_proved(county)
    assert not recovery_proof.keeps_from_beginning(county)
    county.close()
