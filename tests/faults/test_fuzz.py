"""Some mutants of everything strangers hand us; bombs; and that readers which crash, swell or dawdle are found out."""

import io
import random
import resource
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from desk.errors import TableRefused
from desk.importing.tables import read_table
from tests.faults import fuzz, fuzz_child
from tests.faults.fuzz_targets import TARGETS, Target, spreadsheet
from tests.importing.books import HEADINGS, PEOPLE, book, packed, parts

SEED = 1
ROUNDS = {"spreadsheets": 50, "settings": 40}


def test_there_is_a_target_for_each_name():
    assert tuple(TARGETS) == fuzz.NAMES


@pytest.mark.parametrize("name", fuzz.NAMES)
def test_mutants_are_taken_or_refused_in_our_own_words(name):
    figure = fuzz.run(ROUNDS.get(name, 200), SEED, [name])
    assert figure.failures == ()
    assert not figure.said.startswith("0 refused")


@pytest.mark.parametrize("mutant", [1620, 13121, 16572])
def test_what_was_found_once_stays_mended(mutant):
    """Of settings, from seed 1000: a count of 400 digits, lists within lists without end, a number beyond all numbers."""
    assert fuzz.batch("settings", 1000, mutant, 1).failures == ()


@pytest.mark.parametrize("blanks", [60 << 20, 400 << 20])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, blanks):
    """By its directory: within a second of processor, and without the memory it asks for."""
    contents = parts(book(tmp_path / "a.xlsx", [HEADINGS, *PEOPLE]))
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(packed({**contents, "xl/media/image1.png": bytes(blanks)}))
    before = resource.getrusage(resource.RUSAGE_SELF)
    with pytest.raises(TableRefused) as refused:
        read_table(path)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert refused.value.code == "bomb"
    assert after.ru_utime - before.ru_utime < 1
    assert after.ru_maxrss - before.ru_maxrss < 100 << 10


def crashes(data: bytes, _folder: object) -> str:
    """Planted: a reader that lets its library's own exceptions out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.testzip() or ""


def dawdles(_data: bytes, _folder: object) -> str:
    """Planted: a reader that goes through the same bytes for ever and a day."""
    end = fuzz_child.seconds() + 0.02
    while fuzz_child.seconds() < end:
        sum(range(1000))
    return ""


def swells(_data: bytes, _folder: object) -> str:
    """Planted: a reader that keeps all it was told the file would hold."""
    return "" if bytearray(b"x" * (64 << 20)) else "never"


def tried(name: str, folder: Path) -> list[str]:
    """What is said of a planted reader's turns, in a process of its own: what one used before counts for ever."""
    fuzz_child.MOST_SECONDS = 0.01 if name == "dawdles" else 5
    fuzz_child.MOST_KIB = fuzz_child.peak_kib() + (32 << 10)
    target = Target(spreadsheet, PLANTED[name])
    turns = (fuzz_child.taken(target, folder, random.Random(n)) for n in range(30))
    return [str(one["fault"]) for one in turns]


PLANTED = {"crashes": crashes, "dawdles": dawdles, "swells": swells}


@pytest.mark.parametrize("reader", PLANTED)
def test_a_careless_reader_is_found_out(reader, tmp_path):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert any(pool.submit(tried, reader, tmp_path).result())


def test_a_process_that_dies_costs_one_mutant(monkeypatch):
    """Planted: a reader that takes its process with it; the rest of the batch is tried all the same."""
    monkeypatch.setattr(fuzz, "WORDS", ("tests.faults.dying_child",))
    figure = fuzz.batch("any", SEED, 0, 6)
    assert figure.rounds == 6
    assert [one.split(",")[2].split(":")[0] for one in figure.failures] == [" mutant 3"]
