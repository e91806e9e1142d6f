"""Marks typed everywhere, one run; and that a log that quotes, and a temporary file left behind, are found out."""

import tempfile
from pathlib import Path

import pytest

from tests.faults import leaks
from tests.faults.leaks import Marks

SEED = 1


def quotes(folder: Path, marks: Marks) -> None:
    """Planted: a log line with what somebody typed."""
    with (folder / "desk" / "logs" / "bianmin.log").open("a", encoding="utf-8") as log:
        log.write(f"saved {marks.given[3]}\n")


def leaves(_folder: Path, marks: Marks) -> None:
    """Planted: a temporary file that nobody removes, as a word processor keeps it."""
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(marks.given[7].encode("utf-16"))


def names(folder: Path, marks: Marks) -> None:
    """Planted: a file that is called after a resident."""
    (folder / "desk" / f"{marks.given[0]}.part").write_bytes(b"")


def test_no_mark_stands_anywhere(expected_logs) -> None:
    assert leaks.run(1, SEED).failures == ()
    assert expected_logs


@pytest.mark.parametrize("careless", [quotes, leaves, names])
def test_carelessness_is_found_out(careless, tmp_path, monkeypatch) -> None:
    """The scan alone, on a folder with nothing but the fault in it."""
    marks = Marks(SEED)
    for _ in range(8):
        marks.text()
    (tmp_path / "desk" / "logs").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert leaks.scanned(tmp_path, marks) == []
    careless(tmp_path, marks)
    assert len(leaks.scanned(tmp_path, marks)) == 1
