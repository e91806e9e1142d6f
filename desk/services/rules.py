"""The rules an office goes by: catalogue, holidays, wording and layouts, read from one set of files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from desk.domain.application_form import form_gaps
from desk.domain.catalog import Catalog
from desk.domain.catalog_reader import read_catalog
from desk.domain.county_lists import localized
from desk.domain.form_wording import FormWording, read_form_wording
from desk.domain.identity import Regions, read_regions
from desk.domain.layout_reader import read_layouts
from desk.domain.layouts import Layout
from desk.domain.offers import Offer, read_offers
from desk.domain.paper_reader import read_wording
from desk.domain.paper_values import value_names
from desk.domain.paper_wording import Wording
from desk.domain.pinyin import PinyinTable
from desk.domain.transfer_letter import OF_LAYOUTS as LETTERS
from desk.domain.workdays import HolidayTable, read_holidays
from desk.errors import UNREADABLE, CatalogRejected
from desk.importing.pictures import Limits, read_limits
from desk.resources import read_tree, resource_bytes

TREES: Final = ("catalog", "codes", "forms", "holidays", "layouts", "ledgers", "papers")
"""The folders below `resources/` that the county may replace."""
SUFFIXES: Final = (".toml", ".json")
FORM_FILE: Final = "forms/application_form.toml"
OFFERS_FILE: Final = "forms/offers.toml"
ATTACHMENTS_FILE: Final = "forms/attachments.toml"
REGIONS_FILE: Final = "codes/regions.toml"
WORDS_OF_CASES: Final = ("address", "agent_id", "agent_phone", "overdue", "state")
"""Words of a case that its own papers do not need."""


@dataclass(frozen=True)
class Rules:
    """Catalogue, holidays and names as read; the papers' side is read when the first paper is drawn, and kept.

    `source` holds every file the county may replace, by its name below `resources/`.
    """

    catalog: Catalog
    source: Mapping[str, bytes]
    holidays: HolidayTable
    pinyin: PinyinTable
    regions: Regions

    @cached_property
    def wording(self) -> Wording:
        """The papers' wording. Raises CatalogRejected."""
        return read_wording(self.tree("papers"))

    @cached_property
    def form_wording(self) -> FormWording:
        """The application form's wording. Raises CatalogRejected."""
        return read_form_wording(FORM_FILE, self.file(FORM_FILE))

    @cached_property
    def layouts(self) -> Mapping[str, Layout]:
        """The papers of fixed places, by name. Raises CatalogRejected."""
        blocks = self.catalog.person_blocks
        forms = {
            code: form_gaps(item, blocks[item.person_block], blocks["agent"])
            for code, item in self.catalog.items.items()
        }
        return read_layouts(self.tree("layouts"), {**LETTERS, **forms})

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The further papers a case may get. Raises CatalogRejected."""
        workflows = self.catalog.workflows.values()
        states = frozenset(key for workflow in workflows for key in workflow.states)
        words = value_names() | set(WORDS_OF_CASES)
        return read_offers(OFFERS_FILE, self.file(OFFERS_FILE), self.wording, states, words)

    @cached_property
    def attachments(self) -> Limits:
        """How much is taken of scans and photos; as shipped where a county's release is older. Raises CatalogRejected."""
        source = self.source.get(ATTACHMENTS_FILE) or resource_bytes(ATTACHMENTS_FILE)
        try:
            return read_limits(source)
        except ValueError as error:
            raise CatalogRejected([f"{ATTACHMENTS_FILE}: 上限不合写法：{error}"]) from error

    @cached_property
    def _of_counties(self) -> "dict[str, Rules]":
        return {}

    def of_county(self, county: str) -> "Rules":
        """These rules with that county's lists; what is read of them for one opening is there for the next."""
        if county not in self._of_counties:
            self._of_counties[county] = replace(self, catalog=localized(self.catalog, county))
        return self._of_counties[county]

    def tree(self, name: str) -> dict[str, bytes]:
        """The files of one folder."""
        return {file: data for file, data in self.source.items() if file.startswith(f"{name}/")}

    def file(self, name: str) -> bytes:
        """One file. Raises CatalogRejected where it is missing."""
        if name not in self.source:
            raise CatalogRejected([f"{name}: 缺少这个文件"])
        return self.source[name]


def shipped_source() -> dict[str, bytes]:
    """The files of the program itself, by name below `resources/`."""
    return {
        name: data
        for tree in TREES
        for name, data in read_tree(tree).items()
        if name.endswith(SUFFIXES)
    }


def load_rules() -> Rules:
    """Read the rules as shipped; slow, so read once and handed on.

    Raises:
        CatalogRejected: a shipped file is not as it must be.
    """
    return read_rules(shipped_source(), PinyinTable.from_bytes(resource_bytes("codes/pinyin.bin")))


def read_rules(
    source: Mapping[str, bytes], pinyin: PinyinTable, *, county: str = "", through: str = ""
) -> Rules:
    """The rules of these files, localized for a county; beyond the day `through` no date is certain.

    Raises:
        CatalogRejected: with every fault that shows without drawing a paper.
    """
    catalog = read_catalog(source)
    holidays = _holidays(source)
    try:
        regions = read_regions(source[REGIONS_FILE])
    except UNREADABLE as error:
        raise CatalogRejected([f"{REGIONS_FILE}: 缺少，或不合代码表的写法"]) from error
    if through:
        holidays = holidays.until(date.fromisoformat(through))
    return Rules(
        catalog=localized(catalog, county) if county else catalog,
        source=source,
        holidays=holidays,
        pinyin=pinyin,
        regions=regions,
    )


def _holidays(source: Mapping[str, bytes]) -> HolidayTable:
    tables = {name: data for name, data in source.items() if name.startswith("holidays/")}
    try:
        return read_holidays(tables)
    except (TypeError, ValueError) as error:
        named = str(error).partition(":")[0]
        raise CatalogRejected([f"{named}: 不合放假安排的写法"]) from error
