"""Ids that sort by the moment of their birth."""

import uuid

from desk.domain.ids import new_id


def test_an_id_is_of_version_7_and_sorts_by_time():
    one, later = new_id(1_000), new_id(1_001)
    assert one < later
    assert (one.version, one.variant) == (7, uuid.RFC_4122)
    assert one.int >> 80 == 1_000


def test_given_entropy_the_same_id_comes_out():
    assert new_id(5, b"\xff" * 10) == new_id(5, b"\xff" * 10)
    assert new_id(5) != new_id(5)
