"""The shim of faults: compiled once by the system's gcc, and the faults a process can be given."""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
NO_COMPILER = "the fault tests need a C compiler: apt-get install gcc libc6-dev (`start.py test` as root does)"


class What(IntEnum):
    """What becomes of an operation."""

    PASS, FAIL, KILL, TEAR, SLOW = range(5)


class On(IntFlag):
    """The kinds of operations."""

    OPEN, WRITE, TRUNCATE, SYNC = 1, 2, 4, 8
    RENAME, UNLINK, MKDIR, READ = 16, 32, 64, 128
    CHANGE = 127


@dataclass(frozen=True, slots=True)
class Fault:
    """Of the operations of these kinds on paths with `named` in them: the `at`th (from 1) and `times - 1` more (0: all later); `code` is the error, or
    of what is slow the milliseconds.
    """

    what: What = What.PASS
    on: On = On.CHANGE
    at: int = 1
    times: int = 1
    code: int = 0
    named: str = ""


def is_here() -> bool:
    """Whether this platform can preload a library."""
    return sys.platform == "linux"


def built() -> Path:
    """The compiled shim, in the user's temporary folder, made anew when its source changed."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError(NO_COMPILER)
    told = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    library = Path(tempfile.gettempdir()) / f"bianmin-shim-{os.getuid()}-{told}.so"
    if not library.exists():
        part = library.with_suffix(f".{os.getpid()}")
        options = ["-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(part)]
        subprocess.run([compiler, *options, str(SOURCE), "-ldl"], check=True)
        part.replace(library)
    return library


def start(below: Path, fault: Fault, record: int = -1) -> None:
    """From now on, in this process, which was started with the shim; `record` is a descriptor the operations are told to."""
    told = [str(below).encode(), fault.named.encode()]
    numbers = [fault.what, fault.on, ctypes.c_long(fault.at), ctypes.c_long(fault.times)]
    ctypes.CDLL(None).fault_start(*told, *numbers, fault.code, record)


def counted() -> tuple[int, int]:
    """How many operations were seen, and to how many something was done."""
    own = ctypes.CDLL(None)
    own.fault_seen.restype = own.fault_done.restype = ctypes.c_long
    return own.fault_seen(), own.fault_done()


def counted_waits() -> tuple[int, int]:
    """Of the operations something was done to: how many on the thread the process began with, how many with the interpreter held."""
    own = ctypes.CDLL(None)
    own.fault_by_first.restype = own.fault_held.restype = ctypes.c_long
    return own.fault_by_first(), own.fault_held()
