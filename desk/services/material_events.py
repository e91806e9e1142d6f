"""Papers handed in, as their events carry them."""

from datetime import date

from desk.domain import materials as rules
from desk.domain.canonical import Json
from desk.domain.catalog import Item
from desk.domain.materials import HandedIn


def material_payload(item: Item, paper: HandedIn, today: date) -> dict[str, Json]:
    """A paper handed in as its event carries it; a kept copy says how long it may serve again."""
    material = next((m for m in item.materials if m.key == paper.key), None)
    kept = paper.copies > 0 or paper.original_kept
    until = rules.valid_until(material, today) if material and kept else None
    return {
        "key": paper.key,
        "name": paper.name,
        "original_seen": paper.original_seen,
        "original_kept": paper.original_kept,
        "copies": paper.copies,
        "carried_over": paper.carried_over,
        "promised_by": paper.promised_by,
        "got_on": "" if paper.promised_by else today.isoformat(),
        "valid_until": until.isoformat() if until else "",
        "note": paper.note,
    }
