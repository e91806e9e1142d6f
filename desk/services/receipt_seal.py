"""Sealing a paper's QR code while the paper is issued, so that a reprint and a replay find it in the facts."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from db.models import CaseFile
from desk.domain.catalog import Item
from desk.domain.numbering import parse
from desk.domain.paper_facts import PaperFacts
from desk.domain.papers import paper_kind
from desk.domain.privacy import mask_name
from desk.exchange.receipt_code import ReceiptFacts, seal_receipt
from desk.services.office import Office
from desk.services.operation import Work
from desk.services.shielding import ON_PAPER

NAMES_THE_DUE_DAY = frozenset({"receipt_slip", "acceptance_notice"})
"""Papers that tell by when the matter is done; what another paper does not say its code does not say either."""
SENSITIVE = ("illness", "minor")


def sealed(office: Office, kind: str, facts: PaperFacts) -> PaperFacts:
    """The facts with the signed text of their QR code; as they were for a paper without a case number.

    The item of a sensitive matter is left out: whoever scans a code may not learn of an illness.
    """
    if not facts.number:
        return facts
    printed = paper_kind(kind, facts)
    item = "" if facts.sensitive else facts.item_code
    due = facts.limits.due if printed in NAMES_THE_DUE_DAY else None
    told = (printed, facts.number, item, facts.signed_at.date(), due, facts.person.name)
    return replace(facts, code=_code(office, *told))


def case_code(work: Work, kind: str, number: str, case_id: UUID) -> str:
    """The same for a paper of another shape, issued now under a number of this case."""
    case = work.connection.execute(
        select(CaseFile.item_code, CaseFile.applicant, CaseFile.shielded).where(
            CaseFile.id == case_id
        )
    ).one()
    item: Item | None = work.office.catalog.items.get(case.item_code)
    told = "" if item is None or item.sensitive in SENSITIVE else item.code
    name = ON_PAPER if case.shielded else case.applicant
    return _code(work.office, kind, number, told, work.today, None, name)


def _code(
    office: Office, kind: str, number: str, item: str, issued: date, due: date | None, name: str
) -> str:
    facts = ReceiptFacts(parse(number), kind, item, issued, due, mask_name(name))
    return seal_receipt(facts, office.signing)
