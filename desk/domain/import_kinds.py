"""What kinds of tables may come in: their columns, what those may be called, and where the rows go."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from desk.domain.catalog import Catalog
from desk.domain.catalog_forms import read_fields
from desk.domain.catalog_nodes import Node, once, words
from desk.domain.fields import FieldDef
from desk.domain.headings import Synonyms
from desk.errors import CatalogRejected

Into = Literal["people", "cases", "register", "requests", "statuses"]

_PARTS: Final = ("person", "case", "record")
"""The parts of a ledger's field names before their point."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of table. `fields` are its columns in order; a row without one that is required is not taken.

    Of a kind that goes onto a `register`: `state` is where its entries stand, `month` the field that says from when they
    count, `due` the fact that becomes their day.
    """

    key: str
    label: str
    into: Into
    help: str
    fields: tuple[FieldDef, ...]
    register: str = ""
    state: str = ""
    month: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a department's word means: the moves it stands for, and the states in which it is known already."""

    words: tuple[str, ...]
    actions: tuple[str, ...]
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportKinds:
    """All kinds by key, what their columns may be called, and what departments answer."""

    kinds: Mapping[str, ImportKind]
    synonyms: Synonyms
    answers: tuple[Answer, ...]

    def answer(self, word: str) -> Answer | None:
        """What this word of a department means; None for a word nobody has explained."""
        plain = "".join(word.split())
        return next((one for one in self.answers if plain in one.words), None)


def read_kinds(
    name: str, source: bytes, catalog: Catalog, ledgers: Synonyms | None = None
) -> ImportKinds:
    """The kinds of the file `name`; `ledgers` is what departments call the columns of their ledgers.

    Raises:
        CatalogRejected: with every fault of the file.
    """
    faults: list[str] = []
    try:
        root = Node(name, "", tomllib.loads(source.decode()), faults)
    except ValueError as error:
        raise CatalogRejected([f"{name}: 读不懂：{error}"]) from error
    person = {one.key: one for one in read_fields(root, "person", {})}
    table = root.table("names")
    named = {key: table.texts(key) for key in table.pairs()}
    kinds = tuple(_kind(node, person, catalog) for node in root.nodes("kind", name="key"))
    once(root, "kind", (one.key for one in kinds), "表")
    answers = tuple(_answer(node) for node in root.nodes("answer", []))
    root.finish()
    if faults:
        raise CatalogRejected(faults)
    keys = {one.key for kind in kinds for one in kind.fields}
    synonyms = {key: (*named.get(key, ()), *_of_ledgers(key, ledgers or {})) for key in keys}
    return ImportKinds({one.key: one for one in kinds}, synonyms, answers)


def _kind(node: Node, person: Mapping[str, FieldDef], catalog: Catalog) -> ImportKind:
    register = node.text("register", "")
    if register and register not in catalog.registers:
        node.fault("register", f"没有名册“{register}”", "、".join(catalog.registers))
    entry = {one.key: one for one in _entry_fields(register, catalog)}
    found = (
        *_picked(node, "person", person),
        *_picked(node, "entry", entry),
        *read_fields(node, "columns", {}),
    )
    needs = node.texts("needs")
    for key in sorted(set(needs) - {one.key for one in found}):
        node.fault("needs", f"没有列“{key}”")
    read = ImportKind(
        key=node.text("key"),
        label=node.text("label"),
        into=node.word("into", words(ImportKind, "into")),
        help=node.text("help"),
        fields=tuple(replace(one, required=one.key in needs) for one in found),
        register=register,
        state=node.text("state", ""),
        month=node.text("month", ""),
        due=node.text("due", ""),
    )
    if register in catalog.registers and read.state not in catalog.registers[register].states:
        node.fault("state", f"名册没有状态“{read.state}”")
    node.finish()
    return read


def _entry_fields(register: str, catalog: Catalog) -> tuple[FieldDef, ...]:
    return catalog.registers[register].fields if register in catalog.registers else ()


def _picked(node: Node, key: str, known: Mapping[str, FieldDef]) -> tuple[FieldDef, ...]:
    wanted = node.texts(key, [])
    for name in wanted:
        if name not in known:
            node.fault(key, f"没有列“{name}”", "、".join(known))
    return tuple(known[name] for name in wanted if name in known)


def _answer(node: Node) -> Answer:
    read = Answer(node.texts("words"), node.texts("actions"), node.texts("done"))
    node.finish()
    return read


def _of_ledgers(key: str, ledgers: Synonyms) -> tuple[str, ...]:
    """What departments call the column: by its own name, or as part of person, case or entry."""
    found = [ledgers.get(name, ()) for name in (key, *(f"{part}.{key}" for part in _PARTS))]
    return tuple(word for words_ in found for word in words_)
