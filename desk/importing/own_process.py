"""A process of its own for what strangers' files may do to whoever opens them: limited by itself, watched from here."""

import os
import subprocess
import sys
from pathlib import Path

from desk.errors import DeskError

ROOT = Path(__file__).parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from importlib import import_module;"
    " sys.exit(import_module(sys.argv[2]).main())"
)


class ProcessTooSlow(DeskError):
    """The process took longer than it may."""


class ProcessFailed(DeskError):
    """The process could not be started, or did not live to answer."""


def ask(module: str, word: str, data: bytes, seconds: int) -> bytes:
    """What the process says to these bytes on its standard input.

    `module` is the one whose `main` it runs, `word` the one by which the built program starts itself as this process.

    Raises:
        ProcessTooSlow, ProcessFailed: it has nothing to say.
    """
    try:
        run = subprocess.run(
            _command(module, word),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise ProcessTooSlow from error
    except OSError as error:
        raise ProcessFailed from error
    return run.stdout


def _command(module: str, word: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, word]
    return [sys.executable, "-I", "-c", START, str(ROOT), module]


def _environment() -> dict[str, str]:
    """Only what a process needs to start; no settings of ours, no paths of the user's."""
    kept = (
        "SYSTEMROOT",
        "PATH",
        "TEMP",
        "TMP",
        "LD_LIBRARY_PATH",
        "LANG",
        "_PYI_APPLICATION_HOME_DIR",
    )
    return {name: os.environ[name] for name in kept if name in os.environ}
