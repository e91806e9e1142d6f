"""Which building somebody lives in, as his house is written, and in what order lists go through them."""

import re
from typing import Final

# Who belongs to no grid comes last.
_LAST: Final = 10_000
_NAMED: Final = re.compile(
    r".*?[0-9A-Za-z一二三四五六七八九十甲乙丙丁]+\s*(?:号楼|号院|栋|幢|座|组)"
)
_NUMBERED: Final = re.compile(r"([^0-9]*)([0-9]{1,3})[-－—–][0-9].*")


def building(house: str) -> str:
    """The estate and building of `池阳花园3号楼2单元501` or `池阳花园 3-2-501`; '' where none is named."""
    plain = "".join(house.split())
    found = _NAMED.match(plain)
    if found:
        return found[0]
    numbered = _NUMBERED.fullmatch(plain)
    return f"{numbered[1]}{numbered[2]}号楼" if numbered else ""


def walk(grid: str, house: str) -> tuple[int, str, str, str]:
    """By what a list is put in order for whoever walks it: grid by grid, the tenth after the ninth, building by building."""
    return (len(grid) if grid else _LAST, grid, building(house), house)
