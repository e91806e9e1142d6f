"""The big office, made once for all benches, and children that run with byte code."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk import memory
from desk.paths import OfficePaths
from desk.services.office import Office
from tests.bench.big_office import make_big_office, open_big_office
from tests.builders import rules

ROOT = Path(__file__).resolve().parents[2]
KEPT = "BIANMIN_BENCH_FOLDER"
"""A folder to keep the big office in between runs, for whoever works on a bench."""

Child = Callable[..., list[float]]


@pytest.fixture(scope="session", autouse=True)
def settled() -> None:
    """As the program itself does once its rules are read."""
    rules()
    memory.settle_rules()


@pytest.fixture(scope="session")
def big_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the office with 100,000 cases; open it in one process at a time."""
    kept = os.environ.get(KEPT)
    folder = Path(kept) if kept else tmp_path_factory.mktemp("bench") / "big"
    if not OfficePaths(folder).database.exists():
        make_big_office(folder)
    return folder


@pytest.fixture
def big(big_folder: Path) -> Iterator[Office]:
    """The big office, open."""
    office = open_big_office(big_folder)
    yield office
    office.close()


@pytest.fixture(scope="session")
def child(tmp_path_factory: pytest.TempPathFactory) -> Child:
    """Runs a module in a new interpreter as the program itself starts, and gives back the figures it prints."""
    rooms = [str(ROOT / room) for room in ("desk", "db", "ui", "tests")]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *rooms], check=True)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("children"))

    def run(module: str, *words: object) -> list[float]:
        started = {"START": str(time.time_ns())}
        done = subprocess.run(
            [sys.executable, "-P", "-m", f"tests.bench.{module}", *map(str, words)],
            env={**environment, "PYTHONPATH": str(ROOT), **started},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [float(figure) for figure in done.stdout.split()]

    return run
