"""A county's own lists stand in place of the common ones; a county without any has the very same catalogue."""

from dataclasses import replace

from desk.domain.county_lists import localized
from desk.domain.fields import Choice
from tests.builders import rules
from tests.domain.catalog_samples import catalog

OWN = (Choice("99", "本县自定"),)


def test_a_county_without_lists_or_unknown_has_the_same():
    known = catalog()
    assert localized(known, "610422") is known
    assert localized(known, "000001") is known


def test_fields_and_registers_take_the_countys_list():
    known = rules().catalog
    field = next(one for item in known.items.values() for one in item.fields if one.choices_from)
    county = replace(known.counties["610422"], lists={field.choices_from: OWN})
    local = localized(replace(known, counties={"610422": county}), "610422")
    fields = [one for item in local.items.values() for one in item.fields]
    fields += [one for register in local.registers.values() for one in register.fields]
    taken = [one for one in fields if one.choices_from == field.choices_from]
    assert taken
    assert all(one.choices == OWN for one in taken)
    assert local.digest == known.digest
