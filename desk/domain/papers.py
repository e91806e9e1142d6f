"""Composes the papers of the desk from facts and wording; what a paper may not say is decided here."""

from collections.abc import Mapping

from desk.domain.paper_blocks import (
    Block,
    Body,
    Break,
    Entries,
    FillIn,
    Grid,
    KeyGroups,
    Pair,
    Pairs,
    Paper,
    Text,
)
from desk.domain.paper_facts import PaperFacts
from desk.domain.paper_values import discreet, moment_words, rows_of, values_of
from desk.domain.paper_wording import (
    BlockWording,
    Form,
    PairWording,
    PaperWording,
    TableWording,
    Wording,
    fill,
)

Rows = Mapping[str, tuple[dict[str, str], ...]]


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
    open_rows = {
        table: rows_of(data.rows, facts, wording.words) for table, data in wording.tables.items()
    }
    slip_values = discreet(values, facts)
    slip_rows = {
        table: tuple(discreet(row, facts) for row in rows) for table, rows in open_rows.items()
    }
    return Paper(
        kind=kind,
        title=fill(plan.title, values),
        issuer=values["issuer"],
        head=fill(plan.head, values),
        copy_label=facts.copy_label,
        number=facts.number,
        code=fill(plan.code, {**values, "number": facts.code or facts.compact}),
        bars=facts.compact if plan.bars else "",
        sheet=_body(plan, "sheet", values, open_rows, wording),
        slip=_body(plan, "slip", slip_values, slip_rows, wording),
        made_at=facts.signed_at,
        reprint=_reprint(facts, wording),
        marks=facts.marks,
    )


def _reprint(facts: PaperFacts, wording: Wording) -> str:
    if not facts.reprint:
        return ""
    told = {
        "count": str(facts.reprint.count),
        "at": moment_words(facts.reprint.at),
        "by": facts.reprint.by,
    }
    return fill(wording.words["reprint"], told)


def _body(
    plan: PaperWording, form: Form, values: Mapping[str, str], rows: Rows, wording: Wording
) -> Body:
    blocks = [
        block
        for told in plan.block
        if _wanted(told, form, values)
        for block in _blocks(told, form, values, rows, wording.tables)
    ]
    signed = form == "sheet" or plan.slip_signed
    return Body(
        blocks=tuple(_tidied(blocks)),
        code_lines=_lines(plan.code_lines, values),
        fill_lines=plan.fill_lines if form == "sheet" else (),
        sign_lines=_lines(plan.sign_lines, values) if signed else (),
        tail_lines=_lines(plan.slip_lines, values),
    )


def _wanted(told: BlockWording, form: Form, values: Mapping[str, str]) -> bool:
    return (
        told.on in ("both", form)
        and all(values[name] for name in told.when)
        and not any(values[name] for name in told.unless)
    )


def _lines(templates: tuple[str, ...], values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(line for line in (fill(text, values) for text in templates) if line)


def _blocks(
    told: BlockWording,
    form: Form,
    values: Mapping[str, str],
    rows: Rows,
    tables: Mapping[str, TableWording],
) -> list[Block]:
    """The block asked for, as a list that is empty when there is nothing to say."""
    if told.pairs:
        pairs = tuple(_pairs(told.pairs, form, values))
        return [Pairs(pairs)] if pairs else []
    if told.table:
        return _table(tables[told.table], rows[told.table], form)
    if told.fill_in:
        return [FillIn(told.fill_in)]
    if told.key:
        return [KeyGroups(tuple(values["key"].split("-")))]
    if told.pause:
        return [Break()]
    text = fill(told.text, values)
    return [Text(text, told.style)] if text else []


def _pairs(told: tuple[PairWording, ...], form: Form, values: Mapping[str, str]) -> list[Pair]:
    pairs = [
        Pair(fill(pair.label, values), fill(pair.value, values), pair.wide, pair.big)
        for pair in told
        if pair.on in ("both", form)
    ]
    return [pair for pair in pairs if pair.value]


def _table(told: TableWording, rows: tuple[dict[str, str], ...], form: Form) -> list[Block]:
    if not rows:
        return []
    if form == "slip":
        return [Entries(tuple(_lines(told.slip, row) for row in rows))]
    cells = tuple(tuple(fill(column.cell, row) for column in told.columns) for row in rows)
    # A column in which nothing stands gives its room to the others.
    used = [index for index in range(len(told.columns)) if any(row[index] for row in cells)]
    return [
        Grid(
            labels=tuple(told.columns[index].label for index in used),
            weights=tuple(told.columns[index].weight for index in used),
            rows=tuple(tuple(row[index] for index in used) for row in cells),
        )
    ]


def _tidied(blocks: list[Block]) -> list[Block]:
    """Neighbouring boxes made one; breaks only between blocks, none at the ends, none twice."""
    kept: list[Block] = []
    for block in blocks:
        last = kept[-1] if kept else Break()
        if isinstance(block, Break) and isinstance(last, Break):
            continue
        if isinstance(block, Pairs) and isinstance(last, Pairs):
            kept[-1] = Pairs(last.pairs + block.pairs)
            continue
        kept.append(block)
    return kept[:-1] if kept and isinstance(kept[-1], Break) else kept
