"""Turns the blocks of a paper's wording into the blocks of the paper."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    Ruled,
    Text,
)
from desk.domain.paper_wording import (
    BlockWording,
    ColumnWording,
    Form,
    PairWording,
    PaperWording,
    TableWording,
    fill,
)

Values = Mapping[str, str]
Rows = Mapping[str, tuple[Mapping[str, str], ...]]
LIST_MARK = "、"
BOX, TICKED = "□ ", "■ "


@dataclass(frozen=True, slots=True)
class Said:
    """What fills the gaps: `values` as they are known, `written` as they print, which on a form may be a line to write on."""

    values: Values
    written: Values
    rows: Rows
    tables: Mapping[str, TableWording]


def body_of(plan: PaperWording, form: Form, said: Said) -> Body:
    """The sheet or the slip of a paper."""
    blocks = [
        block
        for told in plan.block
        if _wanted(told, form, said.values)
        for block in _blocks(plan, told, form, said)
    ]
    signed = form == "sheet" or plan.slip_signed
    return Body(
        blocks=tuple(_tidied(blocks)),
        code_lines=_lines(plan.code_lines, said.written),
        fill_lines=plan.fill_lines if form == "sheet" else (),
        sign_lines=_lines(plan.sign_lines, said.written) if signed else (),
        tail_lines=_lines(plan.slip_lines, said.written),
    )


def _wanted(told: BlockWording, form: Form, values: Values) -> bool:
    return (
        told.on in ("both", form)
        and all(values[name] for name in told.when)
        and not any(values[name] for name in told.unless)
    )


def _lines(templates: tuple[str, ...], values: Values) -> tuple[str, ...]:
    return tuple(line for line in (fill(text, values) for text in templates) if line)


def _blocks(plan: PaperWording, told: BlockWording, form: Form, said: Said) -> list[Block]:
    """The block asked for, as a list that is empty when there is nothing to say."""
    if told.pairs:
        pairs = tuple(_pairs(plan, told.pairs, form, said))
        return [Pairs(pairs)] if pairs else []
    if told.table:
        return _table(plan, said.tables[told.table], said.rows, form)
    if told.lines:
        words = fill(told.ruled, said.written)
        return [Ruled(words, 0 if words else told.lines)]
    if told.fill_in:
        return [FillIn(told.fill_in)]
    if told.key:
        return [KeyGroups(tuple(said.values["key"].split("-")))]
    if told.pause:
        return [Break()]
    text = fill(told.text, said.written)
    return [Text(text, told.style)] if text else []


def _pairs(plan: PaperWording, told: tuple[PairWording, ...], form: Form, said: Said) -> list[Pair]:
    pairs = [_pair(pair, said) for pair in told if pair.on in ("both", form)]
    return [pair for pair in pairs if pair.value or (plan.form and pair.label)]


def _pair(told: PairWording, said: Said) -> Pair:
    value = _with_choices(told.choices, fill(told.value, said.written))
    lines = 1 if value else told.lines
    return Pair(fill(told.label, said.written), value, told.wide, told.big, lines)


def _with_choices(choices: tuple[str, ...], value: str) -> str:
    """All choices, each with its box; what was chosen beside them stands last, so that nothing said is lost."""
    if not choices:
        return value
    chosen = value.split(LIST_MARK) if value else []
    boxes = [(TICKED if choice in chosen else BOX) + choice for choice in choices]
    boxes += [TICKED + other for other in chosen if other not in choices]
    return "　".join(boxes)


def _table(plan: PaperWording, told: TableWording, rows: Rows, form: Form) -> list[Block]:
    own: list[Mapping[str, str]] = list(rows[told.rows])
    blank_rows = told.blank_rows if plan.form and not own else 0
    if blank_rows and form == "slip":
        return [FillIn(tuple(f"{number}." for number in range(1, blank_rows + 1)))]
    own += [{}] * blank_rows
    if not own:
        return []
    if form == "slip":
        return [Entries(tuple(_lines(told.slip, row) for row in own))]
    columns = _columns(told, rows)
    cells = tuple(tuple(fill(column.cell, row) if row else "" for column in columns) for row in own)
    # A column in which nothing stands gives its room to the others, unless it is there to be written in.
    used = [index for index in range(len(columns)) if plan.form or any(row[index] for row in cells)]
    return [
        Grid(
            labels=tuple(columns[index].label for index in used),
            weights=tuple(columns[index].weight for index in used),
            rows=tuple(tuple(row[index] for index in used) for row in cells),
        )
    ]


def _columns(told: TableWording, rows: Rows) -> tuple[ColumnWording, ...]:
    if not told.columns_from:
        return told.columns
    return tuple(
        ColumnWording(row["label"], int(row["weight"]), f"{{{row['name']}}}")
        for row in rows[told.columns_from]
    )


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
