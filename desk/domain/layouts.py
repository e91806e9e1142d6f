"""Papers whose elements stand at fixed places, in millimetres from the top left corner, and how their gaps are filled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

Align = Literal["left", "center", "right"]
Fit = Literal["shrink", "wrap"]
CodeKind = Literal["qr", "bars"]
# The name in a gap may have parts, as in {form.bank_account}.
GAP = re.compile(r"\{([\w.]+)\}")
WHEN = re.compile(r"([\w.]+)(?:(=|!=)(.+))?")
# Several choices in one value are parted by this.
LISTED = "、"


@dataclass(frozen=True, slots=True)
class TextAt:
    """Text in a box: `size` in points, down to `floor` where it is long.

    `shrink` keeps to one line as long as the floor allows, `wrap` takes several lines at once. `rule` draws a line under
    the box. `fixed` is what pre-printed stock already bears (a rule always is). `label` names the text where it has to go
    on on a further page; `top` sets it at the top of its box, not in the middle. Drawn only when `when` holds.
    """

    x: float
    y: float
    w: float
    h: float
    text: str
    size: float = 12.0
    align: Align = "left"
    bold: bool = False
    fixed: bool = False
    fit: Fit = "shrink"
    floor: float = 7.0
    label: str = ""
    when: str = ""
    rule: bool = False
    top: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class LineAt:
    """A line from a place, `w` to the right and `h` down."""

    x: float
    y: float
    w: float
    h: float
    dashed: bool = False
    fixed: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class BoxAt:
    """The four sides of a box."""

    x: float
    y: float
    w: float
    h: float
    dashed: bool = False
    fixed: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class RingAt:
    """An ellipse that circles an option out, drawn when `when` holds."""

    x: float
    y: float
    w: float
    h: float
    when: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class CodeAt:
    """A QR code at least `w` wide, or bars `w` by `h`, of the text."""

    x: float
    y: float
    w: float
    h: float
    kind: CodeKind
    text: str
    fixed: bool = False
    page: int = 1


Element = TextAt | LineAt | BoxAt | RingAt | CodeAt


@dataclass(frozen=True, slots=True)
class Layout:
    """One paper of fixed places; texts stand in reading order, width and height are of the paper in millimetres.

    `item` is the code of the matter whose form it is ('' for a paper of another kind); an `example` is never taken for one.
    `note` says how it was measured.
    """

    name: str
    title: str
    width: float
    height: float
    elements: tuple[Element, ...]
    item: str = ""
    example: bool = False
    note: str = ""

    @property
    def pages(self) -> int:
        return max((element.page for element in self.elements), default=1)


@dataclass(frozen=True, slots=True)
class FilledLayout:
    """A layout with its gaps filled and only what is to be drawn; `made_at` goes into the file's own data."""

    layout: Layout
    elements: tuple[Element, ...]
    number: str
    issuer: str
    made_at: datetime | None

    @property
    def title(self) -> str:
        return self.layout.title

    def strings(self) -> tuple[str, ...]:
        """Every text that is drawn as letters."""
        return (self.title, *(one.text for one in self.elements if isinstance(one, TextAt)))


def fill_layout(
    layout: Layout, values: Mapping[str, str], *, made_at: datetime | None = None
) -> FilledLayout:
    """The layout with its gaps filled; a gap without a value stays blank to be written on.

    The values `number` and `issuer` also describe the file.
    """
    return FilledLayout(
        layout=layout,
        elements=tuple(_filled(layout.elements, values)),
        number=values.get("number", ""),
        issuer=values.get("issuer", ""),
        made_at=made_at,
    )


def layout_for(layouts: Mapping[str, Layout], item: str) -> Layout | None:
    """The county's own form of that matter, None while there is none but an example."""
    own = (one for one in layouts.values() if one.item == item and not one.example)
    return next(own, None)


def holds(when: str, values: Mapping[str, str]) -> bool:
    """Whether `name` has a value, `name=x` is x or has x among its choices, `name!=x` is known to be another.

    What is not known circles nothing out. Raises ValueError for what `WHEN` does not match.
    """
    parts = WHEN.fullmatch(when)
    if parts is None:
        raise ValueError(f"not a condition: {when!r}")
    value = values.get(parts[1], "")
    if not value or not parts[2]:
        return bool(value)
    among = parts[3] == value or parts[3] in value.split(LISTED)
    return among is (parts[2] == "=")


def _filled(elements: Iterable[Element], values: Mapping[str, str]) -> Iterable[Element]:
    for one in elements:
        match one:
            case RingAt():
                if holds(one.when, values):
                    yield one
            case TextAt():
                shown = not one.when or holds(one.when, values)
                text = _text(one.text, values) if shown else ""
                if text or one.rule:
                    yield replace(one, text=text)
            case CodeAt():
                text = _text(one.text, values)
                if text:
                    yield replace(one, text=text)
            case _:
                yield one


def _text(template: str, values: Mapping[str, str]) -> str:
    """The template filled once; nothing if it has gaps and all of them are empty."""
    gaps = GAP.findall(template)
    if gaps and not any(values.get(name) for name in gaps):
        return ""
    return GAP.sub(lambda gap: values.get(gap[1], ""), template)
