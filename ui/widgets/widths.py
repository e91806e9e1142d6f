"""Widths of side columns."""

from ui.theme import factor


def side_width(size: int) -> int:
    """`size` pixels of the ordinary mode; with large text it grows by half as much, for the middle needs room, too."""
    return round(size * (1 + (factor() - 1) / 2))
