"""Headings of a table somebody brought, matched to the fields this program knows."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from desk.domain.fields import FieldDef
from desk.domain.text import half_width

Synonyms = Mapping[str, tuple[str, ...]]
"""By field name ('person.id_no', or 'bank_account' for a field of any form) what its column may be called."""

_ASIDE = re.compile(r"[（(【\[〔].*?[）)】\]〕]")
_FILLERS = re.compile(r"[\s*·:：、,，.。/／_\-—\"'“”]+")
LEAST: Final = 2
"""A name of one sign inside another heading says nothing."""


def plain(heading: str) -> str:
    """A heading without blanks, marks and asides: 身份证号（18位）* is 身份证号."""
    return _FILLERS.sub("", _ASIDE.sub("", half_width(heading))).casefold()


def match(headings: Iterable[str], fields: Mapping[str, FieldDef], synonyms: Synonyms) -> list[str]:
    """For each heading the name of the field it stands for, '' where none fits; a field is given once.

    A heading is taken for the field it is called by; failing that, for the one of the longest name it contains.
    """
    names = _names(fields, synonyms)
    wanted = [plain(heading) for heading in headings]
    found = [names.get(heading, "") for heading in wanted]
    taken = set(filter(None, found))
    for place, heading in enumerate(wanted):
        first = found.index(found[place]) == place
        if found[place] and first:
            continue
        found[place] = "" if found[place] else _inside(heading, names, taken)
        taken.add(found[place])
    return found


def _names(fields: Mapping[str, FieldDef], synonyms: Synonyms) -> dict[str, str]:
    """Every plain name of a field to the field; what it is called in the lists goes before its label."""
    found: dict[str, str] = {}
    for name in fields:
        for word in (*synonyms.get(name, ()), *synonyms.get(name.rpartition(".")[2], ())):
            found.setdefault(plain(word), name)
    for name, field in fields.items():
        found.setdefault(plain(field.label), name)
    return found


def _inside(heading: str, names: Mapping[str, str], taken: set[str]) -> str:
    """The field of the longest name in the heading that no other column has."""
    fitting = [
        word
        for word, name in names.items()
        if len(word) >= LEAST and word in heading and name not in taken
    ]
    return names[max(fitting, key=len)] if fitting else ""
