"""What a paper is made of, before anyone knows where on the page it stands."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

TextStyle = Literal["plain", "indent", "strong", "lead"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; a `wide` one takes the whole line of the box, `big` is the short number.

    `lines` is the least number of lines its cell has room for; an empty value is a place to write.
    """

    label: str
    value: str
    wide: bool = False
    big: bool = False
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels and values: a box of two pairs a line on sheets, plain lines on slips."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table whose head is repeated on every page; `weights` share out the width."""

    labels: tuple[str, ...]
    weights: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """The same rows for a narrow slip: of each row a first line, then lesser lines."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; `indent` starts two characters in, `strong` is bold, `lead` both."""

    text: str
    style: TextStyle = "plain"


@dataclass(frozen=True, slots=True)
class Break:
    """A pause between parts: a dashed line on slips, a little room on sheets."""


@dataclass(frozen=True, slots=True)
class FillIn:
    """Labels each followed by a line to write on."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Text on ruled lines, or so many `lines` to write on."""

    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class KeyGroups:
    """Groups of characters to be typed off the paper, large and numbered."""

    groups: tuple[str, ...]


Block = Pairs | Grid | Entries | Text | Break | FillIn | Ruled | KeyGroups


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of one form of the paper and what stands under them.

    `code_lines` beside the codes, `fill_lines` labels to sign after, `sign_lines` of the issuing side, `tail_lines` last
    of all on a slip.
    """

    blocks: tuple[Block, ...]
    code_lines: tuple[str, ...]
    fill_lines: tuple[str, ...]
    sign_lines: tuple[str, ...]
    tail_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, ready to be laid on any medium.

    `sheet` is for A4 and A5, `slip` for 80 mm rolls. `code` is what the QR code says, `bars` what the bar code says
    (either may be empty). `made_at` goes into the file's own data only.
    """

    kind: str
    title: str
    issuer: str
    head: str
    copy_label: str
    number: str
    code: str
    bars: str
    sheet: Body
    slip: Body
    made_at: datetime
    reprint: str = ""
    marks: tuple[str, ...] = field(default=())

    def strings(self) -> tuple[str, ...]:
        """Every text of the paper, as often as it occurs, in no promised order."""
        own = (self.title, self.head, self.copy_label, self.number, self.reprint, *self.marks)
        return own + _texts(self.sheet) + _texts(self.slip)


def _texts(body: Body) -> tuple[str, ...]:
    inner = tuple(text for block in body.blocks for text in _of_block(block))
    return inner + body.code_lines + body.fill_lines + body.sign_lines + body.tail_lines


def _of_block(block: Block) -> tuple[str, ...]:
    match block:
        case Pairs(pairs):
            return tuple(text for pair in pairs for text in (pair.label, pair.value))
        case Grid(labels, _, rows):
            return labels + tuple(cell for row in rows for cell in row)
        case Entries(rows):
            return tuple(line for row in rows for line in row)
        case Text(text) | Ruled(text):
            return (text,)
        case FillIn(lines) | KeyGroups(lines):
            return lines
        case _:
            return ()
