"""Running a command in this process, with what somebody would type."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.console import main
from desk.services.office import Office
from tests.builders import PASSWORD
from tests.kept import keep, opened
from tests.services import trips


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A county's folder; nobody has it open."""
    folder: Path = tmp_path / "hub"
    trips.make_hub(folder).close()
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder: Path = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def enrolled(office: Office, hub: Path, stick: Path) -> Office:
    """A desk that county knows."""
    there = opened(keep(hub))
    trips.enrolled(office, there, stick)
    there.close()
    return office


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command with these lines typed; gives exit status, output and complaints."""

    def run(*words: object, typed: str = f"{PASSWORD}\n") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
