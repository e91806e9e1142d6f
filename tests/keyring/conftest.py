"""A key file with weak but legal settings, so that tests are quick."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from desk import keyring
from desk.clock import CHINA, FixedClock
from desk.keyring.attempts import Running

QUICK = keyring.Argon2Params(19 * 1024, 2)
PASSWORD = "correct battery 马蹄"


@dataclass
class Computer:
    """How long a made-up computer has been running; stands still until moved."""

    running: Running = field(default_factory=lambda: Running("boot-1", 5000.0))

    def __call__(self) -> Running:
        return self.running

    def wait(self, seconds: float) -> None:
        self.running = Running(self.running.boot, self.running.seconds + seconds)

    def restart(self, seconds: float = 40.0) -> None:
        self.running = Running(self.running.boot + "+", seconds)


@dataclass(frozen=True)
class Hall:
    folder: Path
    data_key: bytes
    paper: str
    clock: FixedClock
    computer: Computer

    def sign_in(self, operator_id: str = "aa", password: str = PASSWORD) -> bytes:
        return keyring.open_with_password(
            self.folder, operator_id, password, self.clock, self.computer
        )


@pytest.fixture
def make_hall(tmp_path: Path) -> Callable[[], Hall]:
    def make() -> Hall:
        data_key = keyring.new_data_key()
        paper = keyring.create_key_file(
            tmp_path,
            data_key,
            label="池阳社区便民服务大厅",
            operator_id="aa",
            operator_name="王敏",
            password=PASSWORD,
            params=QUICK,
        )
        clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=CHINA))
        return Hall(tmp_path, data_key, paper, clock, Computer())

    return make


@pytest.fixture
def hall(make_hall: Callable[[], Hall]) -> Hall:
    return make_hall()
