"""The chain looked at behind the first page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk.services import chain
from desk.services.check import Finding
from tests.services.test_audit import noted
from tests.services.test_chain import behind_its_back, edit
from tests.ui.desk_room import Room, open_room
from ui.chain_watch import watch_chain


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as made:
        yield made


def watched(room: Room) -> list[tuple[Finding, ...]]:
    told: list[tuple[Finding, ...]] = []
    watch_chain(room.shell(""), told.append)
    room.settle()
    return told


def test_all_of_it_is_looked_at_once_a_week(room: Room) -> None:
    assert chain.is_due(room.office)
    for _ in range(2):
        assert watched(room) == []
    assert not chain.is_due(room.office)
    assert len(noted(room.office, "chain_checked")) == 1


def test_a_fault_is_told_at_every_start(room: Room) -> None:
    with behind_its_back(room.office) as connection:
        edit(connection, 1)
    for _ in range(2):
        assert watched(room) == [(Finding("经过记录第 1 条被改动过"),)]
