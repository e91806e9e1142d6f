"""Sealing a paper's QR code while the paper is issued, so that a reprint and a replay find it in the facts."""

from dataclasses import replace

from desk.domain.numbering import parse
from desk.domain.paper_facts import PaperFacts
from desk.domain.papers import paper_kind
from desk.domain.privacy import mask_name
from desk.exchange.receipt_code import ReceiptFacts, seal_receipt
from desk.services.office import Office

NAMES_THE_DUE_DAY = frozenset({"receipt_slip", "acceptance_notice"})
"""Papers that tell by when the matter is done; what another paper does not say its code does not say either."""


def sealed(office: Office, kind: str, facts: PaperFacts) -> PaperFacts:
    """The facts with the signed text of their QR code; as they were for a paper without a case number.

    The item of a sensitive matter is left out: whoever scans a code may not learn of an illness.
    """
    if not facts.number:
        return facts
    printed = paper_kind(kind, facts)
    code = seal_receipt(
        ReceiptFacts(
            number=parse(facts.number),
            kind=printed,
            item="" if facts.sensitive else facts.item_code,
            issued=facts.signed_at.date(),
            due=facts.limits.due if printed in NAMES_THE_DUE_DAY else None,
            name=mask_name(facts.person.name),
        ),
        office.signing,
    )
    return replace(facts, code=code)
