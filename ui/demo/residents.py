"""The invented residents of the demonstration."""

import tomllib
from collections.abc import Mapping

from desk.resources import resource_bytes
from desk.services.views import PersonValues

SOURCE = "demo/residents.toml"
STREET = "三原县城关街道池阳花园"


def residents() -> Mapping[str, PersonValues]:
    """Everybody by name; sex and birth follow from the number."""
    rows = tomllib.loads(resource_bytes(SOURCE).decode())["resident"]
    return {row["name"]: _person(row) for row in rows}


def _person(row: Mapping[str, str]) -> PersonValues:
    return PersonValues(**row, live_addr=STREET, hukou_addr=STREET)
