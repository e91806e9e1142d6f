"""Running a command in this process, with what somebody would type."""

import io
import sys
from collections.abc import Callable

import pytest

from desk.console import main
from tests.builders import PASSWORD


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
