"""The page: what media there are, what has been put on a page, and where the next block goes.

All lengths are in points, measured from the top left corner; the painter turns them over for PDF.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from desk.printing.fonts import Faces

Medium = Literal["A4", "A5", "80mm"]
MM = 72 / 25.4
# One dot of a 203 dpi print head: eight dots a millimetre.
DOT = 0.125 * MM
# Where the letters stand in a line of Noto Sans SC: the baseline as a share of the size below the middle.
BASELINE = 0.36

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One medium: its measures and type sizes. `height` 0 means as long as the content."""

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

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side


SHEETS: dict[Medium, Sheet] = {
    "A5": Sheet(
        "A5", 210 * MM, 148 * MM, 11 * MM, 9 * MM, 8 * MM, 9.75, 9, 16.5, 5.0 * MM, 6.9 * MM, 2 * MM
    ),
    "A4": Sheet(
        "A4",
        210 * MM,
        297 * MM,
        20 * MM,
        18 * MM,
        15 * MM,
        11,
        10,
        20,
        6.4 * MM,
        8.2 * MM,
        3.2 * MM,
    ),
    "80mm": Sheet("80mm", 80 * MM, 0, 4 * MM, 4 * MM, 6 * MM, 9.2, 8.2, 12, 4.9 * MM, 0, 2.2 * MM),
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
    """What stands on one page, in reading order."""

    letters: list[Letters] = field(default_factory=list)
    tints: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    dashes: list[Box] = field(default_factory=list)
    ink: list[Box] = field(default_factory=list)
    height: float = 0.0


class Flow:
    """Fills pages from top to bottom; a block asks for room and writes where `y` stands."""

    __slots__ = ("_on_turn", "faces", "pages", "sheet", "y")

    def __init__(
        self, sheet: Sheet, faces: Faces, on_turn: Callable[[], None] = lambda: None
    ) -> None:
        self.sheet, self.faces, self._on_turn = sheet, faces, on_turn
        self.pages = [Page(height=sheet.height)]
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
        self.pages.append(Page(height=self.sheet.height))
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
