"""The page: what media there are, what has been put on a page, and where the next block goes.

All lengths are in points, measured from the top left corner; the painter turns them over for PDF.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from desk.printing.fonts import Faces
from desk.printing.media import Medium

MM = 72 / 25.4
# One dot of a 203 dpi print head: eight dots a millimetre.
DOT = 0.125 * MM
# One needle's step of a 24-pin print head: 180 dpi.
PIN = 72 / 180
# Where the letters stand in a line of Noto Sans SC: the baseline as a share of the size below the middle.
BASELINE = 0.36

Box = tuple[float, float, float, float]
Dots = tuple[int, int, int, int]
Place = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One medium: its measures and type sizes. `height` 0 means as long as the content.

    `bars` is the room a bar code may take, 0 where there is none; codes are put down in whole steps of `dot`.
    """

    medium: Medium
    width: float
    height: float
    side: float
    top: float
    bottom: float
    text: float
    small: float
    title: float
    lead: float
    row: float
    gap: float
    bars: float = 66 * MM
    dot: float = DOT

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side


SHEETS: dict[Medium, Sheet] = {
    "A5": Sheet(
        medium="A5",
        width=210 * MM,
        height=148 * MM,
        side=11 * MM,
        top=9 * MM,
        bottom=8 * MM,
        text=9.75,
        small=9,
        title=16.5,
        lead=5 * MM,
        row=6.9 * MM,
        gap=2 * MM,
    ),
    "A4": Sheet(
        medium="A4",
        width=210 * MM,
        height=297 * MM,
        side=18 * MM,
        top=18 * MM,
        bottom=15 * MM,
        text=10.5,
        small=9.5,
        title=20,
        lead=6.2 * MM,
        row=8 * MM,
        gap=3.2 * MM,
    ),
    "80mm": Sheet(
        medium="80mm",
        width=80 * MM,
        height=0,
        side=4 * MM,
        top=4 * MM,
        bottom=6 * MM,
        text=9.2,
        small=8.2,
        title=12,
        lead=4.9 * MM,
        row=0,
        gap=2.2 * MM,
        bars=72 * MM,
    ),
    # 384 dots: sixteen characters of 24 dots a line. A bar code would need bars of one dot, so there is none.
    "58mm": Sheet(
        medium="58mm",
        width=58 * MM,
        height=0,
        side=5 * MM,
        top=3 * MM,
        bottom=6 * MM,
        text=8.5,
        small=8,
        title=11.5,
        lead=4.5 * MM,
        row=0,
        gap=2 * MM,
        bars=0,
    ),
    # Continuous forms, 9.5 in wide with their tractor strips; the lengths are exact in points (11 in, 1/2, 1/3), so that
    # the hundredth form starts where the first did.
    "241": Sheet(
        medium="241",
        width=241 * MM,
        height=792,
        side=19 * MM,
        top=14 * MM,
        bottom=14 * MM,
        text=11,
        small=10,
        title=19,
        lead=6.2 * MM,
        row=8 * MM,
        gap=3 * MM,
        bars=72 * MM,
        dot=PIN,
    ),
    "241/2": Sheet(
        medium="241/2",
        width=241 * MM,
        height=396,
        side=19 * MM,
        top=8 * MM,
        bottom=10 * MM,
        text=10.5,
        small=9.5,
        title=16,
        lead=5 * MM,
        row=6.6 * MM,
        gap=1.8 * MM,
        bars=72 * MM,
        dot=PIN,
    ),
    "241/3": Sheet(
        medium="241/3",
        width=241 * MM,
        height=264,
        side=19 * MM,
        top=7 * MM,
        bottom=10 * MM,
        text=10,
        small=9.25,
        title=14,
        lead=4.7 * MM,
        row=6 * MM,
        gap=1.4 * MM,
        bars=72 * MM,
        dot=PIN,
    ),
}
# Set closer, for a paper that would otherwise spill a few lines onto another page.
CLOSER: dict[Medium, Sheet] = {
    "A5": replace(SHEETS["A5"], text=9.25, small=8.5, lead=4.4 * MM, row=5.9 * MM, gap=1.4 * MM),
    "A4": replace(SHEETS["A4"], text=10, small=9, lead=5.6 * MM, row=7.2 * MM, gap=2.4 * MM),
    "241": replace(SHEETS["241"], text=10, small=9.5, lead=5.4 * MM, row=6.8 * MM, gap=2 * MM),
    "241/2": replace(
        SHEETS["241/2"],
        top=7 * MM,
        text=9.5,
        small=8.75,
        title=15,
        lead=4.1 * MM,
        row=5.2 * MM,
        gap=0.8 * MM,
    ),
    "241/3": replace(SHEETS["241/3"], text=9.5, small=9, lead=4.2 * MM, row=5.3 * MM, gap=0.8 * MM),
}


@dataclass(frozen=True, slots=True)
class Letters:
    """One line of text; `y` is its baseline, `track` extra room between letters, `gray` 0 black to 1 white."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    gray: float = 0.0
    track: float = 0.0


@dataclass(slots=True)
class Page:
    """What stands on one page, in reading order; `ink` is counted in dots of a 203 dpi head, all else in points.

    `rings` are ellipses in their boxes, `ticks` check marks in the box of a letter (left, baseline, size), `picture` a PNG or
    JPEG that fills the page behind all else.
    """

    letters: list[Letters] = field(default_factory=list)
    tints: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    dashes: list[Box] = field(default_factory=list)
    ink: list[Dots] = field(default_factory=list)
    rings: list[Box] = field(default_factory=list)
    ticks: list[Place] = field(default_factory=list)
    picture: bytes = b""
    height: float = 0.0
    dot: float = DOT


class Flow:
    """Fills pages from top to bottom; a block asks for room and writes where `y` stands."""

    __slots__ = ("_on_turn", "faces", "pages", "sheet", "y")

    def __init__(
        self, sheet: Sheet, faces: Faces, on_turn: Callable[[], None] = lambda: None
    ) -> None:
        self.sheet, self.faces, self._on_turn = sheet, faces, on_turn
        self.pages = [Page(height=sheet.height, dot=sheet.dot)]
        self.y = sheet.top

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def floor(self) -> float:
        """The lowest place a block may reach on this page."""
        if not self.sheet.height:
            return float("inf")
        return self.sheet.height - self.sheet.bottom

    def fits(self, height: float) -> bool:
        return self.y + height <= self.floor

    def turn(self) -> None:
        """Begin the next page."""
        self.pages.append(Page(height=self.sheet.height, dot=self.sheet.dot))
        self.y = self.sheet.top
        self._on_turn()

    def write(
        self,
        text: str,
        x: float,
        size: float,
        *,
        height: float,
        bold: bool = False,
        gray: float = 0.0,
        track: float = 0.0,
        y: float | None = None,
        page: Page | None = None,
    ) -> None:
        """One line of text at `x`, in the middle of a strip `height` high whose top is `y` (None: where the flow is)."""
        top = self.y if y is None else y
        baseline = top + height / 2 + BASELINE * size
        (page or self.page).letters.append(Letters(x, baseline, text, size, bold, gray, track))

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        return (self.faces.bold if bold else self.faces.regular).width(text, size)
