"""Looking behind the mask."""

from uuid import uuid4

import pytest

from desk.errors import FieldsRefused, NotFound, NotGranted
from desk.services import audit_views, case_views, revealing
from desk.services.audit_views import AuditFilter
from desk.services.office import Office
from desk.services.views import LabelValue
from tests.builders import id_number, take_in
from tests.services.test_audit import rows


def test_what_is_masked_on_the_page_is_handed_out_whole_and_noted(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    number = id_number()
    shown = case_views.detail(office, case_id=done.case_id).parties
    assert number not in {one.value for one in shown}
    told = revealing.of_case(office, case_id=done.case_id, purpose="contact")
    assert told.value[0] == LabelValue("证件号码", number)
    assert not told.changes
    [line] = audit_views.page(office, wanted=AuditFilter(what="reveal")).rows
    assert (line.purpose, line.facts) == ("联系本人", "办件")
    assert number not in str(rows(office))


def test_without_a_purpose_nothing_is_handed_out(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    before = rows(office)
    for purpose in ("", "好奇"):
        with pytest.raises(FieldsRefused):
            revealing.of_case(office, case_id=done.case_id, purpose=purpose)
    assert rows(office) == before


def test_who_sees_no_residents_reveals_none(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    office.grants = (("read_log", "*", "all"),)
    with pytest.raises(NotGranted):
        revealing.of_case(office, case_id=done.case_id, purpose="contact")
    with pytest.raises(NotGranted):
        revealing.of_person(office, person_id=uuid4(), purpose="contact")


def test_nobody_is_not_revealed(office: Office) -> None:
    with pytest.raises(NotFound):
        revealing.of_person(office, person_id=uuid4(), purpose="contact")
