"""Every stored package is read by a real office: it becomes of it what the index says, and what is refused changes no row."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.errors import PackageRefused
from desk.exchange.outcomes import OUTCOMES
from desk.exchange.receiving import ReaderContext, inspect, open_parts
from desk.services import hub_receive, sync, sync_receive
from desk.services.check import check
from desk.services.exchange_keys import county_key, own_keys
from desk.services.hub_receive import Received
from desk.services.office import Office
from desk.services.operation import reading
from desk.words.exchange import outcome_text
from tests.exchange.desk_faults import FIRST
from tests.exchange.make_vectors import Vector, all_made, read_index
from tests.exchange.standing import NODE, VECTORS, FromDesk, nodes
from tests.exchange.standing_offices import content, make_county, make_desk
from tests.kept import Kept, copied, opened
from tests.services.trips import put

ALL = read_index()
FROM_DESK = FromDesk(nodes()["desk"], nodes()["county"])
SAID = {
    "MISROUTED": "不是给本单位的",
    "UNKNOWN": "要办的件本机没有",
    "BROKEN": "读不懂",
    "COUNTY": "别的县",
    "DAMAGED": "包在路上坏了",
}
"""What a desk is told of a package that was sealed rightly and says something it does not take."""
SMALL, LEAST = 300 << 10, 60
NOTED = ("COMMITTED", "TAKEN")
REFUSED_BY_COUNTY = [one for one in ALL if one.reader == "county" and one.outcome not in NOTED]
TAKEN_BY_COUNTY = [one for one in ALL if one.reader == "county" and one.outcome in NOTED]
AT_DESK = [one for one in ALL if one.reader == "desk"]
ALARMS = {"FORK": "恢复过旧备份或被拷贝过", "BEHIND": "另起一套编号"}
"""What shows that the county has more of this window than is here is noted down, and told."""
TAKEN_BY_DESK = [one for one in AT_DESK if one.outcome in (*NOTED, *ALARMS)]
REFUSED_BY_DESK = [one for one in AT_DESK if one not in TAKEN_BY_DESK]


class Counties:
    """The county after it has received some packages; one is made for each such past, and serves all who leave it as it is."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._kept = folder, make_county(folder, nodes())
        self._here: dict[tuple[str, ...], Office] = {}

    def shared(self, after: tuple[str, ...]) -> Office:
        if after not in self._here:
            self._here[after] = self.own(after, self._folder / f"past {len(self._here)}")
        return self._here[after]

    def own(self, after: tuple[str, ...], folder: Path) -> Office:
        office = opened(copied(self._kept, folder))
        for name in after:
            done = received(office, folder / "stick" / name, name)
            assert [one.outcome for one in done] == ["COMMITTED"]
        return office

    def close(self) -> None:
        for office in self._here.values():
            office.close()


def data(name: str) -> bytes:
    return (VECTORS / name).read_bytes()


def received(office: Office, stick: Path, name: str) -> list[Received]:
    """What becomes of one file on a stick; nothing waits here from earlier ones."""
    shutil.rmtree(office.paths.held, ignore_errors=True)
    put(stick, name, data(name))
    return hub_receive.receive_all(office, stick, lambda _one: None)


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counties]:
    made = Counties(tmp_path_factory.mktemp("county"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def kept_desk(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    [first] = [one for one in ALL if one.what == FIRST]
    return make_desk(tmp_path_factory.mktemp("desk"), nodes(), data(first.file))


@pytest.fixture(scope="module")
def shared_desk(kept_desk: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = opened(copied(kept_desk, tmp_path_factory.mktemp("shared") / "desk"))
    yield office
    office.close()


def test_they_are_many_small_and_all_told_of() -> None:
    files = {path.name: path.stat().st_size for path in VECTORS.iterdir()}
    assert len(ALL) >= LEAST
    assert {one.file for one in ALL} == {name for name in files if name.endswith(".bmq")}
    assert sum(files.values()) <= SMALL
    assert {one.outcome for one in ALL} > set(OUTCOMES) - {"READY"}


def test_the_maker_makes_what_the_index_tells_of() -> None:
    assert tuple(vector for vector, _ in all_made()) == ALL


@pytest.mark.parametrize("vector", REFUSED_BY_COUNTY, ids=lambda one: one.what)
def test_a_county_refuses_it_and_changes_no_row(
    vector: Vector, counties: Counties, tmp_path: Path
) -> None:
    office = counties.shared(vector.after)
    before = content(office)
    told = received(office, tmp_path, vector.file)
    if vector.outcome != "TOO_NEW" or told:
        assert [one.outcome for one in told] == [vector.outcome]
    else:
        # What is meant for desks is left on the stick; the reader alone says what it is.
        reader = ReaderContext(frozenset({NODE}), frozenset({"DATA"}), FROM_DESK.sender)
        assert inspect(data(vector.file), reader).outcome == "TOO_NEW"
    assert content(office) == before


@pytest.mark.parametrize("vector", TAKEN_BY_COUNTY, ids=lambda one: one.what)
def test_a_county_takes_it(vector: Vector, counties: Counties, tmp_path: Path) -> None:
    office = counties.own(vector.after, tmp_path / "own")
    [told] = received(office, tmp_path / "stick", vector.file)
    assert (told.outcome, len(told.refused)) == ("COMMITTED", vector.refused)
    # This one came without content, and no event says that it was erased: taken, but told.
    lost = ("经过记录第 2 条的内容不见了，也没有删除的记录",) if "erased" in vector.what else ()
    assert tuple(one.text for one in check(office).findings) == lost
    office.close()


def outcome_at_desk(office: Office, name: str) -> str:
    """The code alone, by the steps of `sync_receive`, which tells sentences."""
    with reading(office) as connection:
        pairs, county = own_keys(connection).opening, county_key(connection)
    assert county is not None
    package = inspect(data(name), sync_receive._context(office, county))
    if package.outcome != "READY" or package.header is None:
        return package.outcome
    try:
        contents = open_parts(package, pairs)
        told = sync_receive.TAKERS[package.header.kind](office, package.header, contents).value
    except PackageRefused as refused:
        return refused.code
    return "TAKEN" if told.taken else "SAID"


@pytest.mark.parametrize("vector", REFUSED_BY_DESK, ids=lambda one: one.what)
def test_a_desk_refuses_it_and_changes_no_row(
    vector: Vector, shared_desk: Office, tmp_path: Path
) -> None:
    before = content(shared_desk)
    put(tmp_path, vector.file, data(vector.file))
    told = sync.read_answers(shared_desk, folder=tmp_path).value
    assert told.taken == ()
    [sentence] = told.passed_over
    if vector.said:
        assert SAID[vector.outcome] in sentence
    else:
        assert outcome_at_desk(shared_desk, vector.file) == vector.outcome
        assert sentence[:8] == outcome_text(vector.outcome, {"seq": 1})[:8]
    assert content(shared_desk) == before


@pytest.mark.parametrize("vector", TAKEN_BY_DESK, ids=lambda one: one.what)
def test_a_desk_takes_it(vector: Vector, kept_desk: Kept, tmp_path: Path) -> None:
    office = opened(copied(kept_desk, tmp_path / "own"))
    put(tmp_path / "stick", vector.file, data(vector.file))
    before = content(office)
    told = sync.read_answers(office, folder=tmp_path / "stick").value
    assert (told.taken == ()) == (vector.outcome in ALARMS)
    assert ALARMS.get(vector.outcome, "") in "".join(told.passed_over)
    assert content(office) != before
    assert check(office).findings == ()
    again = content(office)
    assert sync.read_answers(office, folder=tmp_path / "stick").value.taken == ()
    assert content(office) == again
    office.close()
