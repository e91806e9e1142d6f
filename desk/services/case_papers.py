"""The paper a move of a case issues, whatever its shape, and the papers it makes count no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from db.models import Document
from desk.domain import transfer_letter
from desk.domain.canonical import Json
from desk.domain.field_values import show
from desk.domain.identity import age_on, phone_words
from desk.domain.paper_values import day_words, values_of
from desk.domain.transfer_letter import TransferLetterFacts, letter_values
from desk.services import case_store, paper_making, paper_shapes
from desk.services.case_store import StoredCase
from desk.services.operation import Work
from desk.services.standing import Moved
from desk.words.letter_faults import FAULTS

Values = dict[str, str]
Rows = Mapping[str, tuple[Mapping[str, str], ...]]
NO_ROWS: Final[Rows] = MappingProxyType({})
NOT_APPROVED: Final = "不予批准决定书"


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper is filled from: the case as it was, the move, and the form after it."""

    work: Work
    stored: StoredCase
    moved: Moved

    def text(self, key: str) -> str:
        """A value of the form in words; '' for none."""
        field = next((one for one in self.stored.item.fields if one.key == key), None)
        return show(field, self.moved.standing.form.get(key)) if field else ""

    def day(self, key: str) -> date | None:
        """A day of the form."""
        value = self.moved.standing.form.get(key)
        return date.fromisoformat(str(value)) if value else None

    def day_text(self, key: str) -> str:
        """A day of the form as papers write it."""
        return day_words(self.day(key))

    def given(self, key: str) -> str:
        """What was typed with the move."""
        return str(self.moved.given.get(key) or "")

    def all_given(self) -> dict[str, object]:
        """What was typed with the move, and of the decision what was typed with an earlier one."""
        before = case_store.said_before(self.work.connection, self.moved.standing.case_id)
        return before | {key: value for key, value in self.moved.given.items() if value}


def issue(work: Work, stored: StoredCase, moved: Moved) -> UUID | None:
    """Issue the paper of this move, if it has one; gives its id back."""
    kind, told = moved.action.paper, Told(work, case_store.for_paper(stored), moved)
    case_id = moved.standing.case_id
    if kind in LAYOUTS:
        return paper_shapes.issue_layout(work, kind, LAYOUTS[kind](told), case_id=case_id)
    if kind in PLAIN:
        values, rows, issuer = PLAIN[kind](told)
        number = str(stored.row["sl_number"] or stored.row["sj_number"])
        return paper_shapes.issue_plain(
            work, kind, values, rows, case_id=case_id, number=number, issuer=issuer
        )
    told_all = replace(moved, given=told.all_given())
    return paper_making.issue_for(work, told_all, case_store.paper_subject(stored, moved.standing))


def void_former(work: Work, moved: Moved) -> None:
    """Let the papers count no more that the move says are void; they stay on file as they were handed out."""
    if not moved.action.voids:
        return
    for row in _papers(work, moved.standing.case_id, moved.action.voids):
        why = str(moved.given.get("reason") or moved.action.label)
        payload: dict[str, Json] = {"title": row["title"], "number": row["number"], "why": why}
        work.emit("document.voided", "document", row["id"], payload, base=row["version"])


def _papers(work: Work, case_id: UUID, kind: str) -> list[Mapping[Any, Any]]:
    """The papers of a kind that count, oldest first."""
    wanted = (Document.case_id == case_id, Document.kind == kind, Document.voided_on == "")
    found = work.connection.execute(
        select(Document.id, Document.version, Document.title, Document.number, Document.issued_at)
        .where(*wanted)
        .order_by(Document.id)
    )
    return list(found.mappings())


def _letter(told: Told) -> Values:
    person, form = told.stored.person, told.moved.standing.form
    birth = date.fromisoformat(person.birth) if person.birth else None
    facts = TransferLetterFacts(
        number=told.text("letter_no"),
        name=person.name,
        sex=person.sex,
        age=age_on(birth, told.work.today) if birth else None,
        ethnic=told.text("ethnic_group"),
        full_member=form.get("party_status") == "正式党员",
        id_no=person.id_no,
        from_org=told.text("from_branch"),
        to_org=told.text("to_branch"),
        addressee=told.text("addressee"),
        dues_until=str(form.get("dues_cleared") or form.get("dues_until") or ""),
        valid_days=int(form.get("valid_days") or 0),
        issued_on=told.day("issue_date"),
        member_phone=phone_words(person.phone),
        base_address=told.text("base_address"),
        base_phone=told.text("base_phone"),
        base_fax=told.text("base_fax"),
        base_postcode=told.text("base_postcode"),
        base_committee=told.text("from_base_committee"),
    )
    return letter_values(facts)


def _receipt(told: Told) -> Values:
    """The receipt part; the day, the hand and the seal are the receiving committee's."""
    return {
        "number": told.text("letter_no"),
        "name": told.stored.person.name,
        "base_committee": told.text("reply_org"),
        "handler": told.text("reply_handler"),
        "handler_phone": told.text("reply_phone"),
        **transfer_letter.day_parts(told.day("reply_date")),
    }


def _returned(told: Told) -> tuple[Values, Rows, str]:
    form, facts = told.moved.standing.form, told.stored.facts
    wrong = [key for key in FAULTS if form.get(key) is False]
    if facts.get("letter_over") and "ok_in_date" not in wrong:
        wrong.append("ok_in_date")
    reasons = tuple({"what": FAULTS[key][0], "right": FAULTS[key][1]} for key in wrong)
    values = {
        "name": told.stored.person.name,
        "letter_no": told.text("letter_no"),
        "issued_by": told.text("issuing_org"),
        "issued_on": told.day_text("letter_issued_on"),
        "presented_on": told.day_text("presented_on"),
        "go_to": told.given("go_to"),
        "contact": told.given("contact"),
    }
    return values, {"reasons": reasons}, ""


def _admission(told: Told) -> tuple[Values, Rows, str]:
    probation = told.day_text("probation_end")
    values = {
        "name": told.stored.person.name,
        "member_kind": told.text("party_status"),
        "came_from": told.text("reply_org") or told.text("issuing_org"),
        "branch": told.text("assign_branch"),
        "from_on": told.day_text("admitted_on"),
        "dues_from": told.text("dues_start"),
        "probation_until": probation if told.text("party_status") == "预备党员" else "",
        "secretary": told.text("secretary"),
        "branch_phone": told.text("secretary_phone"),
    }
    return values, NO_ROWS, told.text("assign_branch")


def _reminder(told: Told) -> tuple[Values, Rows, str]:
    case_id, kind = told.moved.standing.case_id, told.moved.action.paper
    before = (
        date.fromisoformat(row["issued_at"][:10]) for row in _papers(told.work, case_id, kind)
    )
    values = {
        "addressee": told.text("addressee"),
        "name": told.stored.person.name,
        "letter_no": told.text("letter_no"),
        "issued_on": told.day_text("issue_date"),
        "went_to": told.text("to_branch"),
        "valid_until": told.day_text("valid_until"),
        "due_on": told.day_text("receipt_due"),
        "asked_before": "、".join(dict.fromkeys(map(day_words, before))),
        "reply_address": told.text("base_address"),
        "reply_postcode": told.text("base_postcode"),
        "reply_phone": told.text("base_phone"),
        "reply_fax": told.text("base_fax"),
    }
    return values, NO_ROWS, told.text("from_base_committee")


def _service(told: Told) -> tuple[Values, Rows, str]:
    """That a decision against the applicant reached him; its reasons stand on the deciding body's own paper."""
    office, given = told.work.office, told.all_given()
    subject = case_store.paper_subject(told.stored, told.moved.standing)
    facts = paper_making.facts_of(
        office, told.moved.action.paper, subject, None, given, told.work.now
    )
    known = values_of(facts, told.stored.rules.wording.words)
    values = {
        "document": told.given("result_name") or NOT_APPROVED,
        "document_no": known["result_document"],
        "organ": str(given.get("decided_by") or known["acceptor"]),
        "item": known["item"],
        "recipient": known["name"],
        "recipient_id": known["masked_id"],
        "where": known["hall"],
    }
    return values, NO_ROWS, ""


LAYOUTS: Final[Mapping[str, Callable[[Told], Values]]] = MappingProxyType(
    {transfer_letter.LAYOUT: _letter, transfer_letter.RECEIPT: _receipt}
)
"""Papers of fixed places by kind, and what fills them."""
PLAIN: Final[Mapping[str, Callable[[Told], tuple[Values, Rows, str]]]] = MappingProxyType(
    {
        "letter_returned": _returned,
        "branch_admission": _admission,
        "receipt_reminder": _reminder,
        "proof_of_service": _service,
    }
)
"""Plain papers by kind: their values, their rows and who signs ('' for the hall)."""
