"""What of a case cannot be corrected, said field by field; and nothing of it is written."""

from typing import Any

import pytest

from desk.errors import ChangedMeanwhile, FieldsRefused
from desk.services import case_editing
from desk.services.office import Office
from tests.builders import take_in
from tests.services import deeds


@pytest.mark.parametrize(
    ("fields", "why", "problems"),
    [
        ({"kin_name": "刘小军"}, " ", [("why", "required")]),
        ({"kin_phone": "13900001234"}, "看错了", [("kin_phone", "unchanged")]),
        ({"shoe_size": "44"}, "看错了", [("shoe_size", "not_here")]),
        ({"first_pay_month": "2026-12"}, "看错了", [("first_pay_month", "not_here")]),
        (
            {"bank_account": "", "kin_phone": "12", "kin_name": "刘小军"},
            "看错了",
            [("bank_account", "required"), ("kin_phone", "phone")],
        ),
    ],
    ids=["no reason", "nothing new", "no such field", "the county's", "emptied and wrong"],
)
def test_what_cannot_be_written_is_named(
    office: Office, fields: dict[str, Any], why: str, problems: list[tuple[str, str]]
) -> None:
    done = take_in(office, "MZ-GL-01")
    before = deeds.everything(office)
    version = deeds.detail(office, done).version
    with pytest.raises(FieldsRefused) as refused:
        case_editing.edit(office, case_id=done.case_id, version=version, fields=fields, why=why)
    assert [(one.field, one.code) for one in refused.value.problems] == problems
    assert deeds.everything(office) == before


def test_another_window_was_first(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    seen = deeds.detail(office, done).version
    edit: dict[str, Any] = {"case_id": done.case_id, "version": seen, "why": "家属换了"}
    case_editing.edit(office, fields={"kin_name": "刘小军"}, **edit)
    with pytest.raises(ChangedMeanwhile):
        case_editing.edit(office, fields={"kin_name": "刘小梅"}, **edit)
    form = {one.label: one.value for one in deeds.detail(office, done).form}
    assert "刘小军" in form.values()
