"""Lists are laid by building, however a house is written."""

import pytest

from desk.domain.places import building, walk


@pytest.mark.parametrize(
    ("house", "place"),
    [
        ("池阳花园3号楼2单元501", "池阳花园3号楼"),
        ("池阳花园 3-2-501", "池阳花园3号楼"),
        ("3-2-501", "3号楼"),
        ("3 号楼 2 单元", "3号楼"),
        ("二组 14 号", "二组"),
        ("东街 12 号", ""),
        ("", ""),
    ],
)
def test_the_building_of_a_house(house: str, place: str) -> None:
    assert building(house) == place


def test_a_list_goes_grid_by_grid_the_tenth_after_the_ninth_and_nobodys_last() -> None:
    homes = [("", "1号楼101"), ("第10网格", "1号楼101"), ("第9网格", "2号楼"), ("第9网格", "1号楼")]
    assert sorted(homes, key=lambda home: walk(*home)) == [*homes[:1:-1], homes[1], homes[0]]
