"""The party committee above the branches: typed once, begun with ever after, and never put into a letter unasked."""

import pytest

from desk.clock import FixedClock
from desk.errors import FieldsRefused
from desk.services import party_body
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import take_in
from tests.services import deeds

OURS = {
    "hall_issuer": "中共三原县城关街道工作委员会",
    "hall_base_committee": "中共三原县城关街道工作委员会",
    "hall_base_address": "三原县城关街道东关路 18 号",
    "hall_base_postcode": "713800",
    "hall_base_phone": "029-32280001",
    "hall_base_fax": "029-32280002",
}


def test_nothing_is_remembered_at_first(shared_office: Office) -> None:
    assert set(party_body.read(shared_office).values()) == {""}


def test_what_was_kept_is_read_again_and_can_be_emptied(office: Office) -> None:
    party_body.keep(office, values=OURS)
    assert party_body.read(office) == OURS
    party_body.keep(office, values=dict.fromkeys(OURS, ""))
    assert set(party_body.read(office).values()) == {""}


def test_an_impossible_telephone_is_refused_and_nothing_kept(office: Office) -> None:
    with pytest.raises(FieldsRefused) as refused:
        party_body.keep(office, values={**OURS, "hall_base_phone": "12"})
    assert [problem.field for problem in refused.value.problems] == ["hall_base_phone"]
    assert party_body.read(office)["hall_issuer"] == ""


def test_a_transfer_begins_with_it(office: Office) -> None:
    party_body.keep(office, values=OURS)
    done = take_in(office, "DJ-ZZ-01")
    deeds.walk(office, done, "confirm_accepted", "branch_agree")
    begun = deeds.detail(office, done).begun["check_dues"]
    assert begun["from_base_committee"] == OURS["hall_base_committee"]
    assert begun["base_address"] == OURS["hall_base_address"]
    assert begun["base_phone"] == "02932280001"


@pytest.mark.parametrize(
    ("scope", "issuer"),
    [
        ("县内", OURS["hall_issuer"]),
        ("省内跨市", OURS["hall_issuer"]),
        ("跨省", None),
        (None, None),
    ],
)
def test_who_issues_is_ours_only_within_the_province(
    office: Office, scope: str | None, issuer: str | None
) -> None:
    party_body.keep(office, values=OURS)
    with reading(office) as connection:
        found = party_body.facts(connection, {"transfer_scope": scope})
    assert found.get("usual_issuer") == issuer


def test_a_new_letter_never_bears_a_number_this_case_had(office: Office, clock: FixedClock) -> None:
    """Neither the last letter's nor that of one before it."""
    done = take_in(office, "DJ-ZZ-01")
    deeds.walk(office, done, "confirm_accepted", "branch_agree")
    deeds.act(office, done, "check_dues", transfer_channel="纸质介绍信（三联）")
    deeds.act(office, done, "issue", letter_no="城党组介〔2026〕31", valid_days="10")
    deeds.act(office, done, "reissue", letter_no="城党组介〔2026〕32", valid_days="10")
    for used in ("城党组介〔2026〕31", "城党组介〔2026〕32"):
        with pytest.raises(FieldsRefused) as refused:
            deeds.act(office, done, "reissue", letter_no=used, valid_days="10")
        assert [(p.field, p.code) for p in refused.value.problems] == [("letter_no", "had_before")]
    deeds.act(office, done, "reissue", letter_no="城党组介〔2026〕33", valid_days="10")
