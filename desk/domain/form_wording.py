"""The wording of the application form that is printed from any item's fields, read strictly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from desk.domain.catalog_nodes import Node
from desk.errors import CatalogRejected


@dataclass(frozen=True, slots=True)
class FormWording:
    """What the form says besides an item's own labels.

    `person_order` are the keys of the applicant's fields in the order of the form, the others follow, but for
    `person_left_out`, which the community keeps for itself. `already_said` are the endings of an item's name after which the title takes `short_ending`; a choice field of more than
    `most_options` shows only what was chosen; `not_offered` are choices that no box is drawn for; `blanks` are what is
    printed to write into, by kind of field, and `day` is how a date is written; `levels` name the box of opinion for each level of a route.
    """

    mark: str
    title_ending: str
    short_ending: str
    already_said: tuple[str, ...]
    continued: str
    number: str
    page: str
    item: str
    department: str
    section: str
    person: str
    person_order: tuple[str, ...]
    person_left_out: tuple[str, ...]
    agent: str
    intake: str
    later: str
    opinions: str
    yes_no: tuple[str, ...]
    most_options: int
    not_offered: tuple[str, ...]
    declaration_label: str
    declaration: str
    declaration_signs: str
    opinion_signs: str
    confidential: str
    confidential_kinds: tuple[str, ...]
    foot: str
    day: str
    blanks: Mapping[str, str]
    levels: Mapping[str, str]


def read_form_wording(file: str, data: bytes) -> FormWording:
    """The wording in the TOML of `file`. Raises CatalogRejected naming every fault as `file: path: what；可填：allowed`."""
    faults: list[str] = []
    try:
        parsed = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as damage:
        raise CatalogRejected([f"{file}: {damage}"]) from damage
    node = Node(file, "", parsed, faults)
    found: dict[str, Any] = {
        part.name: _read(node, part.name, part.type) for part in fields(FormWording)
    }
    node.finish()
    if faults:
        raise CatalogRejected(faults)
    return FormWording(**found)


def _read(node: Node, key: str, kind: object) -> object:
    if kind is str:
        return node.text(key)
    if kind is int:
        return node.whole(key)
    if kind == tuple[str, ...]:
        return node.texts(key)
    table = node.table(key)
    if not node.has(key):
        node.fault(key, "缺少", "表")
    words = {name: table.text(name) for name in table.pairs()}
    table.finish()
    return words
