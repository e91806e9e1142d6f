"""The shapes of a paper's wording, and how the gaps in it are filled.

A template has gaps `{name}` and optional parts in square brackets. A part with an empty gap vanishes; a template with an
empty gap outside brackets vanishes whole. So a sentence is printed only when all it says is known. A form to write on
is the exception: what stands in place of an empty gap is told beside its name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desk.domain.paper_blocks import TextStyle

Form = Literal["sheet", "slip"]
Where = Literal["both", "sheet", "slip"]
GAP = re.compile(r"\{(\w+)\}")
PART = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class ColumnWording:
    """One column of a table: its head, its share of the width, what its cells say."""

    label: str
    weight: int
    cell: str


@dataclass(frozen=True, slots=True)
class TableWording:
    """A table over the rows `rows`; on a slip each row becomes the lines of `slip`.

    `blank_rows`: a form has at least so many rows, empty ones to write in; `preset`: what stands in the rows of a form that
    is given none, in the order of `names`. With `columns_from` the columns are themselves
    rows of that name, each with its `name`, `label` and `weight`. `names` are what a row of a plain paper's own table has.
    """

    rows: str
    columns: tuple[ColumnWording, ...] = ()
    slip: tuple[str, ...] = ()
    blank_rows: int = 0
    columns_from: str = ""
    names: tuple[str, ...] = ()
    preset: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PairWording:
    """A label and the template of its value.

    `choices` are printed with boxes, those named in the value ticked; `lines` is how many lines of room the cell has.
    """

    label: str
    value: str
    wide: bool = False
    big: bool = False
    on: Where = "both"
    choices: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True)
class BlockWording:
    """One block, of the kind whose field is filled; printed if all of `when` and none of `unless` are there.

    `ruled` is text on ruled lines, or so many `lines` to write on.
    """

    pairs: tuple[PairWording, ...] = ()
    table: str = ""
    text: str = ""
    fill_in: tuple[str, ...] = ()
    pause: bool = False
    key: bool = False
    ruled: str = ""
    lines: int = 0
    style: TextStyle = "plain"
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    on: Where = "both"


@dataclass(frozen=True, slots=True)
class PaperWording:
    """The wording of one kind of paper; `slip_signed`: the slip, too, leaves room for the seal.

    The rest is for papers that are composed from plain values. `gaps`: the values it takes, each with what stands on a
    `form` where it is not known. `tables`: its own. `public`: it hangs on a board. `on`: the forms it is fit for.
    `medium`: the one it is usually printed on. `open_number`: where its number is to be written by hand. `issuer`: who
    issues it where nobody else is named; without it the hall.
    """

    title: str
    head: str
    code: str
    bars: bool
    code_lines: tuple[str, ...]
    sign_lines: tuple[str, ...]
    fill_lines: tuple[str, ...]
    slip_lines: tuple[str, ...]
    block: tuple[BlockWording, ...]
    slip_signed: bool = False
    form: bool = False
    public: bool = False
    on: Where = "both"
    medium: str = "A5"
    open_number: str = ""
    issuer: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, TableWording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of all papers, their tables and the single words they share."""

    words: Mapping[str, str]
    tables: Mapping[str, TableWording]
    papers: Mapping[str, PaperWording]


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its gaps filled once; empty if a gap that it needs is empty."""
    if "[" in template:
        template = PART.sub(lambda part: part[1] if _complete(part[1], values) else "", template)
    if not _complete(template, values):
        return ""
    return GAP.sub(lambda gap: values[gap[1]], template)


def _complete(template: str, values: Mapping[str, str]) -> bool:
    return all(values[name] for name in GAP.findall(template))
