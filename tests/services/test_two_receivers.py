"""Two receivers, each a process of its own, on one PostgreSQL hub: nothing applied twice, no answer lost."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import Sender
from db.server import open_server
from desk.services import hub_senders, sync
from desk.services.check import check
from tests.builders import PROFILE, make_office
from tests.kept import Kept, copied
from tests.services.trips import Trip, enrolled, export, on_stick, rows, rows_of, served

pytestmark = pytest.mark.on_server


@pytest.fixture
def shared(trip: Trip) -> Trip:
    """The county on a server, with a second desk; a file takes one receiver only."""
    second = make_office(trip.folder / "second", replace(PROFILE, window=3)).office
    trip.opened.append(second)
    enrolled(second, trip.hub, trip.folder)
    served(trip.desk, 8, first=1)
    served(second, 8, first=20)
    return trip


def both_receive(one: Kept, other: Kept, sticks: list[Path]) -> list[list[tuple[str, str, int]]]:
    """Both open the county, then both are told to begin; gives what each said."""
    running = [start(kept, stick) for kept, stick in zip((one, other), sticks, strict=True)]
    for receiver in running:
        assert receiver.stdout is not None
        assert receiver.stdout.readline() == "open\n"
    for receiver in running:
        assert receiver.stdin is not None
        receiver.stdin.write("\n")
        receiver.stdin.flush()
    told = []
    for receiver in running:
        said, complaints = receiver.communicate(timeout=120)
        assert receiver.returncode == 0, complaints
        told.append([tuple(line) for line in json.loads(said)])
    return told


def start(kept: Kept, stick: Path) -> subprocess.Popen[str]:
    words = (kept.folder, kept.key.hex(), kept.operator.hex, kept.server, stick)
    command = [sys.executable, "-m", "tests.services.receiver", *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_the_same_sticks_at_two_receivers_at_once(shared: Trip, enrolled_pair: tuple[Kept, Kept]):
    desks = (shared.desk, shared.opened[0])
    for desk in desks:
        export(desk, shared.stick, most=12)
    sent = on_stick(shared.stick, "data-")
    assert len(sent) > 6
    copy = shared.folder / "copy of the stick"
    shutil.copytree(shared.stick, copy)
    here = replace(enrolled_pair[1], folder=shared.hub.paths.folder, server=shared.hub.paths.server)
    there = replace(copied(replace(here, server=""), shared.folder / "there"), server=here.server)
    shared.hub.lock.release()
    told = both_receive(here, there, [shared.stick, copy])

    outcomes = Counter((name, outcome) for one in told for name, outcome, _ in one)
    assert {name for name, outcome in outcomes if outcome == "COMMITTED"} == set(sent)
    assert set(outcomes.values()) == {1}
    assert {outcome for _, outcome in outcomes} == {"COMMITTED", "ALREADY"}
    assert check(shared.hub).findings == ()
    for desk in desks:
        there_now, here_now = rows_of(shared.hub, desk.origin), rows_of(desk, desk.origin)
        # What was noted since the last package travels with the next.
        noted = here_now["audit_entry"]
        assert all(row in noted for row in there_now["audit_entry"])
        assert {**there_now, "audit_entry": noted} == here_now
        assert_answered(shared, desk.origin.hex)
    for stick in (copy, shared.stick):
        for desk in desks:
            sync.read_answers(desk, folder=stick)
    for desk in desks:
        assert {row.state for row in sync.view(desk).packages} == {"已回执"}


def assert_answered(trip: Trip, node: str) -> None:
    """The county's packages to this desk are numbered without gap or double."""
    answers = [row for row in rows(trip.hub)["package_out"] if row[1] == node]
    assert sorted(row[4] for row in answers) == list(range(1, len(answers) + 1))


def test_who_applies_a_desk_holds_its_row_and_no_other(
    shared: Trip, enrolled_pair: tuple[Kept, Kept]
):
    one, other = (desk.origin for desk in (shared.desk, shared.opened[0]))
    beside = open_server(shared.hub.paths.server, enrolled_pair[1].key, "write")
    free = select(Sender.origin).with_for_update(skip_locked=True)
    with shared.hub.writer.begin() as applying, beside.begin() as another:
        hub_senders.hold(applying, one, 1)
        assert another.execute(free).scalars().all() == [other]
    beside.dispose()
