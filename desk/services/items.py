"""Service items to choose from: the usual ones, and found by name, alias or pinyin."""

from collections.abc import Iterable

from desk.domain.catalog import Item
from desk.domain.catalog_diff import present_code
from desk.domain.query import parse_query
from desk.services.office import Office
from desk.services.views import ItemRow


def items(office: Office, *, text: str = "") -> tuple[ItemRow, ...]:
    """The items that fit every word of `text`, the usual ones first; all of them for no text."""
    words = [word.text for word in parse_query(text).words]
    fitting = [
        item
        for item in office.catalog.items.values()
        if all(_fits(office, item, word) for word in words)
    ]
    usual = office.catalog.usual
    places = {code: place for place, code in enumerate(usual)}
    lines = {line.key: place for place, line in enumerate(office.catalog.lines)}
    fitting.sort(key=lambda item: (places.get(item.code, len(places)), lines[item.line]))
    return tuple(item_row(office, item) for item in fitting)


def usual(office: Office) -> tuple[ItemRow, ...]:
    """The nine usual items with their Alt digits."""
    return tuple(item_row(office, office.catalog.item(code)) for code in office.catalog.usual)


def item_row(office: Office, item: Item) -> ItemRow:
    """An item for a list."""
    labels = {line.key: line.label for line in office.catalog.lines}
    usual_codes = office.catalog.usual
    place = usual_codes.index(item.code) + 1 if item.code in usual_codes else 0
    return ItemRow(item.code, item.name, item.short_name, item.line, labels[item.line], place)


def goes_by(office: Office, names: Iterable[str], word: str) -> bool:
    """Whether a word is part of one of the names, or how one of them begins when spelt by its sounds or their initials."""
    known = tuple(names)
    if any(word in name.lower() for name in known):
        return True
    return word.isascii() and any(_sounds(office, name, word) for name in known)


def former_codes(office: Office, code: str) -> tuple[str, ...]:
    """The codes this item had before; papers and cases of those days still bear them."""
    catalog = office.catalog
    return tuple(old for old in catalog.renamed if present_code(catalog, old) == code)


def _fits(office: Office, item: Item, word: str) -> bool:
    names = (item.short_name, item.name, *item.aliases)
    codes = (item.code, *former_codes(office, item.code))
    return any(word in code.lower() for code in codes) or goes_by(office, names, word)


def _sounds(office: Office, name: str, word: str) -> bool:
    if name not in office.spelt:
        pinyin = office.rules.pinyin
        office.spelt[name] = pinyin.initials(name) | pinyin.full(name)
    return any(reading.startswith(word) for reading in office.spelt[name])
