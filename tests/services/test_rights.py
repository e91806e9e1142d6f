"""Every role at every deed: what roles.toml grants is done, everything else is refused, and nothing is written."""

from pathlib import Path

import pytest

from desk.errors import NotGranted
from desk.services import case_views, people, roles, rolls, search, today
from desk.services.office import Office
from desk.services.operation import AT_COUNTIES_ONLY, EVERYBODYS, Operation, perform, reading
from desk.services.rights import Right, may
from desk.services.roll_views import RollFilter
from desk.services.views import CaseFilter
from tests.services import staff

GRANTED = {key: {grant[0] for grant in role.grants} for key, role in roles.roles().items()}
LOOKS = {
    "cases": lambda office: case_views.page(office, wanted=CaseFilter()),
    "counts": lambda office: case_views.counts(office, wanted=CaseFilter()),
    "people": lambda office: people.known(office, id_no="610422195603120426"),
    "search": lambda office: search.search(office, text="刘"),
    "today": today.today,
    "rolls": lambda office: rolls.page(office, wanted=RollFilter("elderly", "roll")),
}


@pytest.fixture
def seat(shared_office: Office) -> Office:
    """The shared office; whose grants it has is put back."""
    return shared_office


@pytest.mark.parametrize("role", list(GRANTED))
@pytest.mark.parametrize("operation", list(Operation))
def test_a_role_does_what_it_is_granted(seat: Office, role: str, operation: Operation) -> None:
    before, seat.grants = seat.grants, roles.granted(role, ())
    granted = bool(GRANTED[role] & {"*", operation.value}) or operation in EVERYBODYS
    try:
        if granted and operation not in AT_COUNTIES_ONLY:
            assert perform(seat, operation, lambda bench: 7).value == 7
        else:
            with pytest.raises(NotGranted):
                perform(seat, operation, lambda bench: 7)
    finally:
        seat.grants = before


@pytest.mark.parametrize("role", list(GRANTED))
@pytest.mark.parametrize("right", list(Right))
def test_a_role_has_the_rights_it_is_granted(seat: Office, role: str, right: Right) -> None:
    before, seat.grants = seat.grants, roles.granted(role, ())
    try:
        assert may(seat, right) == bool(GRANTED[role] & {"*", right.value})
    finally:
        seat.grants = before


@pytest.mark.parametrize("role", list(GRANTED))
@pytest.mark.parametrize("look", list(LOOKS))
def test_only_who_may_look_sees_residents(seat: Office, role: str, look: str) -> None:
    before, seat.grants = seat.grants, roles.granted(role, ())
    try:
        if GRANTED[role] & {"*", "look"}:
            LOOKS[look](seat)
        else:
            with pytest.raises(NotGranted) as refused:
                LOOKS[look](seat)
            assert refused.value.operation == "look"
    finally:
        seat.grants = before


def test_every_deed_is_somebodys(seat: Office) -> None:
    """A deed that no role but the lead has was forgotten in the file, unless it is the lead's alone."""
    named = set().union(*GRANTED.values())
    leads = {
        Operation.SET_UP,
        Operation.MANAGE_OPERATORS,
        Operation.KEEP_FILES,
        Right.APPROVE,
        Right.SENSITIVE,
    }
    assert {*Operation, *Right} - named - EVERYBODYS == leads


def test_a_clerk_signs_in_with_his_role_and_lines(tmp_path: Path, office: Office) -> None:
    clerk = staff.add(office, "李静", "clerk", "civil", "health")
    with staff.signed_in(office, clerk) as at_desk:
        assert may(at_desk, Operation.INTAKE)
        assert not may(at_desk, Operation.MANAGE_OPERATORS)
        assert may(at_desk, Right.SENSITIVE, "health")
        assert not may(at_desk, Right.SENSITIVE, "party")


def test_an_auditor_sees_no_case(office: Office) -> None:
    auditor = staff.add(office, "赵审", "auditor")
    with staff.signed_in(office, auditor) as at_desk:
        assert may(at_desk, Right.READ_LOG)
        assert not may(at_desk, Right.SENSITIVE, "civil")
        with pytest.raises(NotGranted), reading(at_desk):
            pass
