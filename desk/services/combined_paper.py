"""One slip for all the matters of one visit."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from desk.domain.numbering import parse
from desk.domain.paper_facts import PaperFacts, PaperItem
from desk.domain.plain import to_plain
from desk.errors import NotFound
from desk.services import case_store, paper_making
from desk.services.case_store import StoredCase
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.receipt_seal import sealed

KIND = "combined"


def combined(office: Office, *, case_ids: tuple[UUID, ...]) -> Done[UUID]:
    """Issue one paper for several cases of one visitor; it is filed with the first of them.

    Raises:
        NotFound: no case was named, or one is not there.
    """
    if not case_ids:
        raise NotFound

    def work(bench: Work) -> UUID:
        stored = [case_store.load(office, bench.connection, case_id) for case_id in case_ids]
        document = bench.new_id()
        facts = sealed(office, KIND, _facts(bench, stored))
        bench.emit(
            "document.issued",
            "document",
            document,
            {
                "case": case_ids[0].hex,
                "kind": KIND,
                "title": paper_making.title_of(stored[0].rules.wording, KIND),
                "number": facts.number,
                "facts": to_plain(facts),
            },
        )
        bench.touch("case", case_ids[0])
        return document

    return perform(office, Operation.ISSUE_PAPER, work)


def _facts(bench: Work, stored: list[StoredCase]) -> PaperFacts:
    """The first case's paper, speaking of all the matters and all their papers."""
    # One visitor: if one of his matters is confidential, no paper that tells of it names him.
    confidential = any(one.row["shielded"] for one in stored)
    first = replace(case_store.paper_subject(stored[0], stored[0].standing), shielded=confidential)
    facts = paper_making.facts_of(bench.office, KIND, first, None, {}, bench.now)
    subjects = [case_store.paper_subject(one, one.standing) for one in stored]
    each = [paper_making.facts_of(bench.office, KIND, one, None, {}, bench.now) for one in subjects]
    materials = {paper.name: paper for one in each for paper in one.materials}
    missing = {paper.name: paper for one in each for paper in one.missing}
    return replace(
        facts,
        item_name="",
        item_code="",
        items=tuple(_item(one, told) for one, told in zip(stored, each, strict=True)),
        materials=tuple(materials.values()),
        missing=tuple(missing.values()),
        sensitive=any(one.sensitive for one in each),
        reason="",
        clause="",
        result="",
    )


def _item(stored: StoredCase, told: PaperFacts) -> PaperItem:
    row = stored.row
    number = parse(row["sl_number"] or row["sj_number"])
    return PaperItem(
        name=told.neutral_name or stored.item.short_name,
        number=number.full,
        short=number.short,
        outcome=stored.standing.state.label,
        due=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        provisional=row["due_provisional"],
    )
