"""A bug anywhere is told calmly, logged by its place and never by its text, and the office goes on; a hard crash leaves its stack."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk import keyring, logs
from tests.architecture.tree import ROOT
from tests.builders import make_office
from tests.faults.bugs_child import SECRET


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a session in which everything went wrong, and what it printed."""
    folder = tmp_path_factory.mktemp("bugs") / "office"
    made = make_office(folder)
    made.office.close()
    keyring.prove_recovery(folder, made.recovery_key)
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.bugs_child", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=90,
    )
    assert run.returncode not in (0, 4), run.stderr[-2000:]
    return folder, run.stdout


def test_every_bug_is_told_once_and_the_office_goes_on(ended: tuple[Path, str]) -> None:
    said = json.loads(ended[1].splitlines()[-1])
    places = ("slot", "thread", "worker", "service")
    assert said["told"] == dict.fromkeys(places, "程序出了差错")
    assert said["number"].startswith("SJ-610422001001-02-20261123-0001-")


def test_the_log_names_each_place_and_nothing_that_was_typed(ended: tuple[Path, str]) -> None:
    text = (ended[0] / "logs" / logs.NAME).read_text("utf-8")
    assert text.count("ValueError at faults/bugs_child.py") == 4
    assert [part for part in (SECRET, SECRET[:3], SECRET[3:21]) if part in text] == []


def test_the_stack_of_the_hard_crash_is_there(ended: tuple[Path, str]) -> None:
    told = "\n".join(logs.last_faults(ended[0] / "logs", 80))
    assert "reads_nothing" in told
    assert SECRET[:3] not in told
