"""The log: what looks like a person's data is blotted out, no exception's text is written, and it stays within its room."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import logs
from tests.architecture.tree import ROOT

SECRET = "610422195603120420"
HARD_CRASH = """
import ctypes, sys
from pathlib import Path
from desk.logs import watch_faults
kept = watch_faults(Path(sys.argv[1]))
def reads_nothing(id_no):
    ctypes.string_at(0)
reads_nothing("610422195603120420")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A log of its own, closed afterwards."""
    handler = logs.start_log(tmp_path / "logs")
    assert handler is not None
    yield tmp_path / "logs"
    logging.getLogger().removeHandler(handler)
    handler.close()


def written(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in folder.iterdir())


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"id {SECRET}.", "id [证件号]."),
        ("身份证61042219560312042X号", "身份证[证件号]号"),
        ("６１０４２２１９５６０３１２０４２０", "[证件号]"),
        ("old 610422560312042", "old [证件号]"),
        ("card 6217000000001234567", "card [账号]"),
        ("card 6217 0000 0000 1234 567", "card [账号]"),
        ("电话13800002734", "电话[电话]"),
        ("138 0000 2734, 138-0000-2734", "[电话], [电话]"),
        ("029-32280000", "[电话]"),
        ("姓名：刘桂兰，女", "姓名：[姓名]，女"),
        ("{'name': '马依努尔 艾力', 'n': 3}", "{'name': [姓名], 'n': 3}"),
        ('"applicant": "刘桂兰"', '"applicant": [姓名]'),
    ],
)
def test_personal_values_are_blotted_out(said: str, left: str) -> None:
    assert logs.redacted(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-23 09:00:00,123 INFO bianmin.sync case 019ab1f2-7c3a-7000-8000-1234567890ab",
        "SL-610422001001-02-20261123-0007-K",
        "file_name=desk.db page 4096 of 81920",
        "backup 20261123-090000-0000042",
    ],
)
def test_ids_codes_and_counts_stay(said: str) -> None:
    assert logs.redacted(said) == said


def test_an_exceptions_text_is_not_written(folder: Path, expected_logs: list[object]) -> None:
    """Neither by `exception`, which writes the whole chain by custom, nor its locals."""
    try:
        private = "刘桂兰住在池阳花园"
        raise ValueError(private)
    except ValueError:
        logging.getLogger("bianmin.test").exception("a step failed")
    text = written(folder)
    assert "a step failed" in text
    assert "ValueError at tests/test_logs.py" in text
    assert "刘桂兰" not in text
    assert len(expected_logs) == 1


def test_a_line_that_cannot_be_made_prints_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = logs.start_log(folder)
    assert handler is not None
    handler.handle(logging.LogRecord("x", logging.INFO, "x.py", 1, "%d", ("刘桂兰",), None))
    assert capsys.readouterr() == ("", "")
    assert "刘桂兰" not in written(folder)


def test_it_stays_within_five_files_of_two_megabytes(folder: Path) -> None:
    said = "x" * 20_000
    for _ in range(600):
        logging.getLogger("bianmin.test").info(said)
    files = [path.stat().st_size for path in folder.iterdir()]
    assert len(files) == logs.FILES
    assert max(files) <= logs.BYTES_EACH


def test_the_same_folder_is_logged_into_once(folder: Path, tmp_path: Path) -> None:
    again = logs.start_log(folder)
    logging.getLogger("bianmin.test").info("once")
    assert written(folder).count("once") == 1
    other = logs.start_log(tmp_path / "other")
    logging.getLogger("bianmin.test").info("elsewhere")
    assert "elsewhere" not in written(folder)
    assert again is not other
    assert other is not None
    logging.getLogger().removeHandler(other)
    other.close()


def test_a_folder_that_is_none_costs_the_log_only(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    assert logs.start_log(tmp_path / "logs") is None
    assert logs.watch_faults(tmp_path / "logs") is None


def test_the_tail_goes_over_into_older_files_and_is_redacted_again(tmp_path: Path) -> None:
    (tmp_path / f"{logs.NAME}.1").write_text(f"first {SECRET}\nsecond\n", "utf-8")
    (tmp_path / logs.NAME).write_text("third\n", "utf-8")
    assert logs.tail(tmp_path, 10) == ("first [证件号]", "second", "third")
    assert logs.tail(tmp_path, 2) == ("second", "third")
    assert logs.tail(tmp_path / "none", 2) == ()


def test_a_hard_crash_leaves_places_without_values(tmp_path: Path) -> None:
    """A fault of the machine's own kind ends the program; the file says where every thread was."""
    ended = subprocess.run(
        [sys.executable, "-c", HARD_CRASH, str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert ended.returncode != 0
    told = "\n".join(logs.last_faults(tmp_path, 40))
    assert "reads_nothing" in told
    assert SECRET not in told


def test_the_file_of_hard_crashes_begins_anew_when_long(tmp_path: Path) -> None:
    (tmp_path / logs.FAULTS).write_bytes(b"x" * (logs.MOST_FAULTS + 1))
    program = "import sys; from pathlib import Path; from desk.logs import watch_faults; watch_faults(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=True)
    assert (tmp_path / logs.FAULTS).stat().st_size == 0
