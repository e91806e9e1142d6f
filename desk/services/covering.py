"""What of a resident a seat is shown at all: the sensitive is covered, and named only to those with its line (domain notes, G.2)."""

from typing import Final

from desk.domain.catalog import Item
from desk.domain.fields import FieldDef
from desk.services import rights
from desk.services.office import Office
from desk.services.rights import Right, may

COVER: Final = "••••••"
NOT_GRANTED: Final = "这一条线没有授权给你"
BEHIND: Final = ("illness", "minor")
"""Stands behind a purpose on every screen, whoever sits there."""
BY_LINE: Final = (*BEHIND, "party")
"""Told to those alone who have the line."""


def sees(office: Office, line: str) -> bool:
    """Whether who signed in may see what is sensitive of this line."""
    return may(office, Right.SENSITIVE, line)


def is_covered(office: Office, line: str, field: FieldDef) -> bool:
    """Whether a field's value stays out of what a page is handed."""
    return field.sensitive in BEHIND or (field.sensitive in BY_LINE and not sees(office, line))


def line_name(office: Office, line: str) -> str:
    """What a matter is called where it may not be named: 医保业务."""
    labels = {one.key: one.label for one in office.catalog.lines}
    return f"{labels.get(line, '')}业务"


def item_name(office: Office, item: Item | None, name: str) -> str:
    """The matter as this seat may read it: one that tells of an illness or a child is named by its line to the others."""
    told = item is None or item.sensitive not in BEHIND or sees(office, item.line)
    return name if told or item is None else line_name(office, item.line)


def demand(office: Office, line: str, sensitive: str) -> None:
    """Go on only if what is sensitive in this way may be told to this seat; of no line it takes all of them.

    Raises:
        NotGranted: it may not.
    """
    if sensitive in BY_LINE:
        rights.demand(office, Right.SENSITIVE, line or "*")
