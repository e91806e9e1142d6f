"""A county's own lists in place of those the catalogue's fields name."""

from collections.abc import Mapping
from dataclasses import replace

from desk.domain.catalog import Catalog
from desk.domain.fields import Choice, FieldDef
from desk.domain.registers import Register

Lists = Mapping[str, tuple[Choice, ...]]


def localized(catalog: Catalog, county: str) -> Catalog:
    """The catalogue as it stands in a county: the same digest, its fields with the county's lists.

    One without lists of its own has the very same catalogue.
    """
    known = catalog.counties.get(county)
    if known is None or not known.lists:
        return catalog
    return replace(
        catalog,
        items={
            code: replace(
                item,
                fields=_with_lists(item.fields, known.lists),
                questions=_with_lists(item.questions, known.lists),
            )
            for code, item in catalog.items.items()
        },
        registers={
            key: _register(register, known.lists) for key, register in catalog.registers.items()
        },
    )


def _register(register: Register, lists: Lists) -> Register:
    return replace(register, fields=_with_lists(register.fields, lists))


def _with_lists(fields: tuple[FieldDef, ...], lists: Lists) -> tuple[FieldDef, ...]:
    return tuple(
        replace(one, choices=lists[one.choices_from]) if one.choices_from in lists else one
        for one in fields
    )
