"""Composes the papers that are no case's own: their gaps are filled from plain values, their tables from plain rows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.domain.paper_blocks import Paper
from desk.domain.paper_body import Said, body_of
from desk.domain.paper_facts import Hall, Reprint
from desk.domain.paper_values import STRUCK, day_words, hall_values, moment_words
from desk.domain.paper_wording import PaperWording, TableWording, Wording, fill
from desk.domain.papers import reprint_words

Values = Mapping[str, str]
Rows = Mapping[str, tuple[Mapping[str, str], ...]]
# An ID, bank or phone number, whole or with stars in it.
PRIVATE_NUMBER = re.compile(r"[0-9]\*{2,}|\*{2,}[0-9]|[0-9]{10}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class PlainHead:
    """What stands around any paper: who issues it, when, its number (`compact` without hyphens) and copy.

    `code` is the signed text of the QR code ('': it says the number alone).
    `issuer` is named over the seal; if it is empty, whom the wording names, else the hall. `dated`: False leaves the day to be written by hand.
    `private_words` (illnesses, kinds of disability) are struck from slips, which anyone may read.
    """

    hall: Hall
    signed_at: datetime
    number: str = ""
    compact: str = ""
    code: str = ""
    clerk: str = ""
    window: str = ""
    issuer: str = ""
    copy_label: str = ""
    reprint: Reprint | None = None
    marks: tuple[str, ...] = ()
    dated: bool = True
    private_words: tuple[str, ...] = ()


def head_values(head: PlainHead, words: Values) -> dict[str, str]:
    """The values every plain paper has, by the names a gap may have."""
    return {
        **hall_values(head.hall),
        "clerk": head.clerk,
        "window": head.window,
        "issuer": head.issuer or head.hall.name,
        "seal": words["seal"],
        "number": head.number,
        "signed_on": day_words(head.signed_at) if head.dated else words["open_day"],
        "signed_at": moment_words(head.signed_at) if head.dated else "",
    }


def compose_plain(
    kind: str, head: PlainHead, values: Values, rows: Rows, wording: Wording
) -> Paper:
    """The paper of this kind. What `values` leaves out is empty; a table without `rows` is left out, or blank on a form.

    Raises:
        KeyError: no such kind, or a value or rows the kind has no place for.
        ValueError: a notice for the board would show an ID, bank or phone number.
    """
    plan = wording.papers[kind]
    strange = {*values} - {*plan.gaps} | {*rows} - _row_names(plan.tables.values())
    if strange:
        raise KeyError(f"{kind}: no place for {', '.join(sorted(strange))}")
    if plan.public:
        _check_public(values, rows)
    empty = dict.fromkeys(
        (*plan.gaps, *map("{}_count".format, _row_names(plan.tables.values()))), ""
    )
    known = {**empty, **head_values(head, wording.words)}
    known["issuer"] = head.issuer or fill(plan.issuer, known) or head.hall.name
    known |= {name: text for name, text in values.items() if text}
    known |= {f"{name}_count": str(len(found) or "") for name, found in rows.items()}
    written = known | {name: blank for name, blank in plan.gaps.items() if not known[name]}
    said = Said(known, written if plan.form else known, _checked_rows(plan, rows), plan.tables)
    return Paper(
        kind=kind,
        title=fill(plan.title, known),
        issuer=known["issuer"],
        head=fill(plan.head, known),
        copy_label=head.copy_label,
        number=head.number or (plan.open_number if plan.form else ""),
        code=fill(plan.code, {**known, "number": head.code or head.compact}),
        bars=head.compact if plan.bars else "",
        sheet=body_of(plan, "sheet", said),
        slip=body_of(plan, "slip", _struck(said, head.private_words)),
        made_at=head.signed_at,
        reprint=reprint_words(head.reprint, wording),
        marks=head.marks,
    )


def _struck(said: Said, private_words: tuple[str, ...]) -> Said:
    """The same for a slip: an illness stands on no paper that anyone may read (domain notes, G.2)."""
    words = tuple(filter(None, private_words))
    if not words:
        return said

    def bare(values: Values) -> Values:
        kept = dict(values)
        for word in words:
            kept = {name: text.replace(word, STRUCK) for name, text in kept.items()}
        return defaultdict(str, kept)

    rows = {name: tuple(map(bare, found)) for name, found in said.rows.items()}
    return Said(bare(said.values), bare(said.written), rows, said.tables)


def _row_names(tables: Iterable[TableWording]) -> set[str]:
    return {name for table in tables for name in (table.rows, table.columns_from) if name}


def _checked_rows(plan: PaperWording, rows: Rows) -> Rows:
    """The rows of every table of the paper, numbered from 1 as `n`; what a row leaves out is empty."""
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for table in plan.tables.values():
        if table.columns_from:
            found[table.columns_from] = tuple(rows.get(table.columns_from, ()))
        preset = table.preset if plan.form else ()
        usual = tuple(dict(zip(table.names, row, strict=False)) for row in preset)
        given = rows.get(table.rows) or usual
        allowed = {*table.names} | {row["name"] for row in found.get(table.columns_from, ())}
        strange = {name for row in given for name in row} - allowed
        if strange:
            raise KeyError(f"{table.rows}: no place for {', '.join(sorted(strange))}")
        found[table.rows] = tuple(
            defaultdict(str, row, n=str(number)) for number, row in enumerate(given, 1)
        )
    return found


def _check_public(values: Values, rows: Rows) -> None:
    """Nothing but names, places, amounts and periods hangs on a board (个人信息保护法 art. 28; domain notes, G.2)."""
    cells = (text for found in rows.values() for row in found for text in row.values())
    for text in (*values.values(), *cells):
        if PRIVATE_NUMBER.search(text):
            raise ValueError("a public notice shows no ID, bank or phone number")
