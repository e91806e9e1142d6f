"""Sets a text into a box of given size: smaller, then on more lines, then only its beginning and the mark of a note."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from desk.domain.layouts import TextAt
from desk.printing.fonts import Face
from desk.printing.page import MM
from desk.printing.text_runs import wrap

# From one line to the next, as a share of the type size; type gets smaller in steps of half a point.
LEADING = 1.2
STEP = 0.5
GOES_ON = "…见注 {number}"
ONLY_NOTE = "注 {number}"


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines of a text at a size in points; `whole` is False where it is told in full in a note."""

    size: float
    lines: tuple[str, ...]
    whole: bool = True


def fit_text(one: TextAt, face: Face, note: int) -> Fitted:
    """The text of `one` in the largest type that fits its box; if none does, its beginning and the mark of note `note`."""
    width, height = one.w * MM, one.h * MM
    if one.fit == "shrink" and "\n" not in one.text:
        for size in _sizes(one):
            if face.width(one.text, size) <= width and size <= height:
                return Fitted(size, (one.text,))
    for size in _sizes(one):
        lines = _lines(one.text, face, size, width, height)
        if lines:
            return Fitted(size, lines)
    return _beginning(one, face, note)


def _sizes(one: TextAt) -> Iterator[float]:
    size = one.size
    while size > one.floor:
        yield size
        size -= STEP
    yield min(one.size, one.floor)


def _lines(text: str, face: Face, size: float, width: float, height: float) -> tuple[str, ...]:
    """The lines of the text if they fit, else none."""
    if face.width(text, size) > width * (height / (size * LEADING) + 1):
        return ()  # Far too long: not worth breaking into lines.
    lines = wrap(text, face, size, width)
    high = (len(lines) - 1) * LEADING * size + size
    fits = high <= height and all(face.width(line, size) <= width for line in lines)
    return tuple(lines) if fits else ()


def _beginning(one: TextAt, face: Face, note: int) -> Fitted:
    """As much of the text as leaves room for the mark; in a box too small for that, the mark alone, however small."""
    size, width, height = min(one.size, one.floor), one.w * MM, one.h * MM
    mark = GOES_ON.format(number=note)
    text = one.text.replace("\n", " ")
    most = bisect_right(
        range(1, len(text)),
        False,
        key=lambda end: not _lines(text[:end] + mark, face, size, width, height),
    )
    lines = _lines(text[:most] + mark, face, size, width, height) if most else ()
    if lines:
        return Fitted(size, lines, whole=False)
    only = ONLY_NOTE.format(number=note)
    return Fitted(min(size, width / face.width(only, 1)), (only,), whole=False)
