"""Composes the papers of a case from facts and wording; what a paper may not say is decided here."""

from desk.domain.paper_blocks import Paper
from desk.domain.paper_body import Said, body_of
from desk.domain.paper_facts import PaperFacts, Reprint
from desk.domain.paper_values import (
    ROW_KINDS,
    day_words,
    discreet,
    moment_words,
    rows_of,
    values_of,
)
from desk.domain.paper_wording import Wording, fill


def paper_kind(kind: str, facts: PaperFacts) -> str:
    """The kind that may honestly be issued.

    A residents' committee is no administrative organ: its turning away is a note without the paragraph on review
    (不予受理告知单, or 不予出具告知单 for a certificate it may not issue), never a refusal notice. Raises ValueError for an
    acceptance notice that the accepting body has not given.
    """
    if kind == "acceptance_notice" and not facts.acceptance_known:
        raise ValueError("the accepting body has not accepted; issue a receipt of papers")
    if kind == "refusal_notice" and facts.certificate:
        return "not_issued_note"
    if kind == "refusal_notice" and facts.acceptor == "community":
        return "turned_away_note"
    return kind


def compose(kind: str, facts: PaperFacts, wording: Wording) -> Paper:
    """The paper of this kind, with its sheet (A4, A5) and its slip (80 mm).

    Raises KeyError for a kind without wording, ValueError as `paper_kind` does.
    """
    kind = paper_kind(kind, facts)
    plan = wording.papers[kind]
    values = values_of(facts, wording.words)
    rows = {kind: rows_of(kind, facts, wording.words) for kind in ROW_KINDS}
    slip_values = discreet(values, facts)
    slip_rows = {kind: tuple(discreet(row, facts) for row in found) for kind, found in rows.items()}
    return Paper(
        kind=kind,
        title=fill(plan.title, values),
        issuer=values["issuer"],
        head=fill(plan.head, values),
        copy_label=facts.copy_label,
        number=facts.number,
        code=fill(plan.code, {**values, "number": facts.code or facts.compact}),
        bars=facts.compact if plan.bars else "",
        sheet=body_of(plan, "sheet", Said(values, values, rows, wording.tables)),
        slip=body_of(plan, "slip", Said(slip_values, slip_values, slip_rows, wording.tables)),
        made_at=facts.signed_at,
        reprint=reprint_words(facts.reprint, wording),
        marks=facts.marks,
    )


def reprint_words(reprint: Reprint | None, wording: Wording) -> str:
    """What a reprint bears; '' on the first print."""
    if not reprint:
        return ""
    told = {
        "count": str(reprint.count),
        "at": moment_words(reprint.at),
        "by": reprint.by,
        "voided_on": day_words(reprint.voided_on),
    }
    return fill(wording.words["reprint"], told)
