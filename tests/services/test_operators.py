"""The people of an office: added, changed, switched off, their cases handed on; the second person who consents."""

import pytest

from desk import keyring
from desk.errors import (
    FieldsRefused,
    LastLead,
    NeedsSecondPerson,
    NotFound,
    NotGranted,
    SignInPaused,
    SignInRefused,
)
from desk.keyring import key_file
from desk.services import cases, operators, second_person, sign_in
from desk.services.check import check
from desk.services.office import Office
from tests.builders import PASSWORD, consent, rules, take_in
from tests.services import deeds, staff
from tests.services.trips import Trip

WRONG = "不是这个密码，肯定不是"


def row(office: Office, name: str) -> operators.OperatorRow:
    return next(one for one in operators.everybody(office) if one.name == name)


def test_a_colleague_has_a_slot_of_his_own(office: Office) -> None:
    clerk = staff.add(office)
    names = [one.name for one in sign_in.operators(office.paths)]
    assert names == ["王敏", "李静"]
    shown = row(office, "李静")
    assert (shown.role_label, shown.lines, shown.active, shown.himself) == (
        "窗口人员",
        ("*",),
        True,
        False,
    )
    assert check(office).findings == ()
    with staff.signed_in(office, clerk) as at_desk:
        assert at_desk.hall.operator == "李静"
        with pytest.raises(NotGranted):
            operators.everybody(at_desk)


@pytest.mark.parametrize(
    ("name", "password", "role", "codes"),
    [
        ("", PASSWORD, "clerk", ["required"]),
        ("王敏", PASSWORD, "clerk", ["name_taken"]),
        (" 王　敏 ", PASSWORD, "clerk", []),
        ("李静", "短", "clerk", ["too_short"]),
        ("李静", "渭河北岸有一棵老槐树", "clerk", ["too_plain"]),
        ("李静", PASSWORD, "county", ["required"]),
        ("李静", PASSWORD, "king", ["required"]),
        ("李" * 41, PASSWORD, "clerk", ["too_long"]),
    ],
)
def test_what_cannot_be_taken_leaves_no_slot(
    office: Office, name: str, password: str, role: str, codes: list[str]
) -> None:
    before = (office.paths.folder / key_file.NAMES[0]).read_bytes()
    facts = {"name": name, "password": password, "role": role, "approved_by": consent(office)}
    if not codes:
        operators.add(office, **facts)  # type: ignore[arg-type]
        return
    with pytest.raises(FieldsRefused) as refused:
        operators.add(office, **facts)  # type: ignore[arg-type]
    assert [one.code for one in refused.value.problems] == codes
    assert (office.paths.folder / key_file.NAMES[0]).read_bytes() == before


def test_who_is_switched_off_is_out_at_once(office: Office) -> None:
    """His slot is gone from both files; an older copy of them does not let him in either."""
    clerk = staff.add(office)
    files = {name: (office.paths.folder / name).read_bytes() for name in key_file.NAMES}
    operators.switch_off(office, operator_id=clerk, approved_by=consent(office))
    assert not row(office, "李静").active
    assert [one.name for one in sign_in.operators(office.paths)] == ["王敏"]
    with pytest.raises(NotFound):
        operators.switch_off(office, operator_id=clerk, approved_by=consent(office))
    assert check(office).findings == ()
    for name, kept in files.items():
        (office.paths.folder / name).write_bytes(kept)
    with pytest.raises(SignInRefused), staff.signed_in(office, clerk):
        pass


def test_a_colleague_who_comes_back_is_given_a_password(office: Office) -> None:
    clerk = staff.add(office)
    operators.switch_off(office, operator_id=clerk, approved_by=consent(office))
    with pytest.raises(FieldsRefused):
        operators.new_password(
            office, operator_id=clerk, password="李静", approved_by=consent(office)
        )
    operators.new_password(
        office, operator_id=clerk, password=PASSWORD + "8", approved_by=consent(office)
    )
    with staff.signed_in(office, clerk, PASSWORD + "8") as at_desk:
        assert at_desk.hall.operator == "李静"


def test_the_last_lead_cannot_go(office: Office) -> None:
    """Neither out nor into another role, as long as no other lead is at work."""
    first = row(office, "王敏").id
    clerk = staff.add(office)
    for gone in (
        lambda: operators.switch_off(office, operator_id=first, approved_by=consent(office)),
        lambda: operators.change(
            office, operator_id=first, role="clerk", approved_by=consent(office)
        ),
    ):
        with pytest.raises(LastLead):
            gone()
    operators.change(office, operator_id=clerk, role="lead", approved_by=consent(office))
    operators.change(office, operator_id=first, role="clerk", approved_by=consent(office))
    assert [row(office, name).role for name in ("王敏", "李静")] == ["clerk", "lead"]
    assert check(office).findings == ()


def test_open_cases_are_handed_on(office: Office) -> None:
    """Closed ones stay in the leaver's name; the page tells, and who took it in stays who he was."""
    clerk = staff.add(office)
    mine, closed = (take_in(office, "MZ-GL-01") for _ in range(2))
    deeds.act(office, closed, "void")
    leaver = row(office, "王敏")
    assert leaver.open_cases == 1
    assert operators.hand_on(office, leaver=leaver.id, to=clerk).value == 1
    assert row(office, "李静").open_cases == 1
    page = deeds.detail(office, mine)
    assert page.history[0].text == "交给别的同事接着办"
    assert "王敏 11-23 09:00 收件" in page.subtitle
    deeds.act(office, mine, "withdraw")
    assert check(office).findings == ()
    with pytest.raises(NotFound):
        operators.hand_on(office, leaver=leaver.id, to=office.origin)
    assert operators.hand_on(office, leaver=clerk, to=clerk).value == 0
    assert row(office, "李静").open_cases == 0


def test_leaving_hands_on_in_the_same_deed(office: Office) -> None:
    clerk = staff.add(office)
    take_in(office)
    operators.change(office, operator_id=clerk, role="lead", approved_by=consent(office))
    first = row(office, "王敏").id
    done = operators.switch_off(
        office, operator_id=first, approved_by=consent(office), hand_on_to=clerk
    )
    assert done.value == 1
    assert row(office, "李静").open_cases == 1


def test_voiding_wants_a_second_person(office: Office) -> None:
    done = take_in(office)
    page = deeds.detail(office, done)
    with pytest.raises(NeedsSecondPerson):
        cases.act(
            office,
            case_id=done.case_id,
            version=page.version,
            action="void",
            asks={"reason": "录错了人"},
        )
    assert deeds.detail(office, done).version == page.version


def test_in_a_hall_of_one_he_repeats_his_password(office: Office) -> None:
    approval = consent(office)
    assert approval is not None
    assert approval.alone
    assert "key" not in repr(approval)
    done = take_in(office)
    deeds.act(office, done, "void")
    assert deeds.detail(office, done).history[0].text.endswith("，本人再次输入密码")


def test_the_only_lead_asks_a_colleague_and_a_clerk_asks_the_lead(office: Office) -> None:
    clerk = staff.add(office)
    done = take_in(office)
    assert [one.name for one in second_person.approvers(office)] == ["李静"]
    with pytest.raises(NeedsSecondPerson):
        second_person.approve(office, operator_id=row(office, "王敏").id.hex, password=PASSWORD)
    with staff.signed_in(office, clerk) as at_desk:
        assert [one.name for one in second_person.approvers(at_desk)] == ["王敏"]
        deeds.act(at_desk, done, "void")
        assert deeds.detail(at_desk, done).history[0].text.endswith("，王敏同意")


def test_a_wrong_password_of_the_second_person_counts(office: Office) -> None:
    """The same tries as at sign-in: five, then he has to wait."""
    clerk = staff.add(office)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            second_person.approve(office, operator_id=clerk.hex, password=WRONG)
    with pytest.raises(SignInPaused):
        second_person.approve(office, operator_id=clerk.hex, password=PASSWORD)
    with pytest.raises(SignInPaused):
        sign_in.sign_in(
            office.paths,
            operator_id=clerk.hex,
            password=PASSWORD,
            clock=office.clock,
            rules=rules(),
        )


def test_consent_of_one_who_left_meanwhile_counts_no_more(office: Office) -> None:
    clerk = staff.add(office)
    other = staff.add(office, "张强")
    held = second_person.approve(office, operator_id=clerk.hex, password=PASSWORD)
    operators.switch_off(
        office,
        operator_id=clerk,
        approved_by=second_person.approve(office, operator_id=other.hex, password=PASSWORD),
    )
    with pytest.raises(NeedsSecondPerson):
        operators.change(office, operator_id=other, role="lead", approved_by=held)


def test_who_cannot_sign_in_here_stands_in_nobodys_way(office: Office) -> None:
    """A lead the log knows from another computer, or who lost his slot with the old data key: no second person, no last lead."""
    first, gone = row(office, "王敏").id, staff.add(office, "李静", "lead")
    assert [one.name for one in second_person.approvers(office)] == ["李静"]
    keyring.remove_operator(office.paths.folder, gone.hex)
    assert not row(office, "李静").has_password
    done = take_in(office)
    [alone] = second_person.approvers(office)
    assert alone.name == "王敏"
    deeds.act(office, done, "void")
    with pytest.raises(LastLead):
        operators.switch_off(office, operator_id=first, approved_by=consent(office))
    with pytest.raises(NotFound):
        operators.hand_on(office, leaver=first, to=gone)
    operators.new_password(
        office, operator_id=gone, password=PASSWORD + "8", approved_by=consent(office)
    )
    operators.hand_on(office, leaver=first, to=gone)


def test_a_slot_is_as_hard_to_try_as_the_first(office: Office) -> None:
    staff.add(office)
    params = {slot.params for slot in key_file.read(office.paths.folder).operators()}
    assert params == {keyring.params_in_use(office.paths.folder)}


def test_a_county_counts_nobody_of_its_windows_as_its_own(trip: Trip) -> None:
    """They stand in its file with their cases, and neither consent there nor keep its only lead from being the last."""
    staff.add(trip.desk)
    trip.export()
    trip.receive()
    assert [one.name for one in operators.everybody(trip.hub)] == ["赵县管"]
    assert [one.name for one in second_person.approvers(trip.hub)] == ["赵县管"]
    with pytest.raises(LastLead):
        operators.switch_off(
            trip.hub,
            operator_id=operators.everybody(trip.hub)[0].id,
            approved_by=consent(trip.hub),
        )
