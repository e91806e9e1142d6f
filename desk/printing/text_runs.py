"""Breaks text into lines that fit, by character, with the manners of Chinese setting."""

import re

from desk.printing.fonts import Face

# May not begin a line, may not end one (GB/T 15834-2011, 5.1.11).
NOT_FIRST = frozenset("-，。、；：？！）》〉」』】〕…—·％”’,.;:?!)]}%")
NOT_LAST = frozenset("（《〈「『【〔“‘([{")
WORD = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ*@.,:/+_%＿")

# A telephone or short number or the code of an item, which no line may end inside of; formal numbers are longer and may be parted at hyphens.
WHOLE = re.compile(
    r"(?<![0-9A-Z-])(?:[0-9]{3,4}-[0-9]{4,8}|[A-Z]{2}-[A-Z]{2}-[0-9]{2})(?![0-9A-Z-])"
)

# Where the next of several boxes to tick begins.
GAP = "\u3000"
OPTION = re.compile(f"{GAP}(?=[□■])")


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """The lines of `text` no wider than `width` points; a newline in the text ends a line.

    Words of letters and digits, telephone numbers and lines to write on stay whole where a line can hold them; anything else may break after each character.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, face, width / size)]


def wrap_evenly(text: str, face: Face, size: float, room: float) -> list[str]:
    """As `wrap`, none of the lines much shorter than the others."""
    lines = wrap(text, face, size, room)
    if len(lines) == 1:
        return lines
    even = wrap(text, face, size, min(room, face.width(text, size) / len(lines) + size))
    return even if len(even) == len(lines) else lines


def wrap_phrases(text: str, face: Face, size: float, width: float) -> list[str]:
    """As `wrap`, but a line that is too long is first parted at its ideographic spaces, as slips set them between phrases."""
    lines: list[str] = []
    whole = True
    for phrase in text.split("\u3000"):
        joined = f"{lines[-1]}\u3000{phrase}" if lines else phrase
        # A box stands at the beginning of its line where the words of the one before took several.
        if lines and (whole or phrase[:1] not in "□■") and face.width(joined, size) <= width:
            lines[-1] = joined
        else:
            broken = wrap(phrase, face, size, width)
            whole = len(broken) == 1
            lines += broken
    return lines


def _wrapped(text: str, face: Face, room: float) -> list[str]:
    options = OPTION.split(text)
    if len(options) > 1:
        return _option_lines(options, face, room)
    return _broken(text, face, room)


def _option_lines(options: list[str], face: Face, room: float) -> list[str]:
    """Boxes with their words: a line ends between two of them, and inside one only if it is longer than a line."""
    lines: list[str] = []
    for option in options:
        longer = f"{lines[-1]}{GAP}{option}" if lines else option
        if lines and sum(map(face.advance.__getitem__, longer)) <= room:
            lines[-1] = longer
        else:
            lines += _broken(option, face, room)
    return lines


def _broken(text: str, face: Face, room: float) -> list[str]:
    advances = list(map(face.advance.__getitem__, text))
    if sum(advances) <= room:
        return [text]
    kept = {at for found in WHOLE.finditer(text) for at in range(found.start() + 1, found.end())}
    lines: list[str] = []
    start = end = 0
    used = 0.0
    for index, advance in enumerate(advances):
        while used + advance > room and index > start:
            cut = end if end > start else index
            lines.append(text[start:cut].rstrip(" "))
            start = cut
            used = sum(advances[start:index])
        used += advance
        after = index + 1
        if after < len(text) and after not in kept and _may_break(text[index], text[after]):
            end = after
    lines.append(text[start:])
    return lines


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after in NOT_FIRST or after == " " or before in NOT_LAST:
        return False
    return not (before in WORD and after in WORD)


def shortened(text: str, face: Face, size: float, width: float) -> str:
    """The text if it fits in one line, else its beginning with an ellipsis."""
    if face.width(text, size) <= width:
        return text
    return wrap(text, face, size, max(width - size, size))[0] + "…"
