"""What keeps the window small: freed memory goes back, and what a day may do without is not loaded."""

import gc
import subprocess
import sys

import pytest

from desk import memory

HEAVY = (
    "alembic",
    "xlsxwriter",
    "reportlab.platypus",
    "reportlab.graphics",
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
)


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_pages_do_not_load_what_a_day_may_do_without() -> None:
    loaded = run(
        "import sys, ui.main_window, ui.pages.today.page, ui.pages.intake.page, ui.pages.cases.page\n"
        "print(*sys.modules)"
    ).split()
    assert "ui.pages.intake.page" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_the_first_page_draws_no_paper() -> None:
    loaded = run("import sys, ui.main_window, ui.pages.today.page; print(*sys.modules)").split()
    assert not {"reportlab", "pypdfium2", "segno"} & set(loaded)


def test_no_page_loads_what_draws_papers() -> None:
    """A page is loaded on the window's thread as it is opened; what draws takes longer than all of it."""
    loaded = run(
        "import pkgutil, sys, ui.main_window, ui.pages\n"
        "for one in pkgutil.walk_packages(ui.pages.__path__, 'ui.pages.'): __import__(one.name)\n"
        "print(*sys.modules)"
    ).split()
    assert "ui.pages.settings.page" in loaded
    assert not {"reportlab", "pypdfium2", "segno", "PIL"} & set(loaded)


def test_the_collector_is_as_it_was_when_the_work_is_over() -> None:
    def fails() -> None:
        with memory.uncollected():
            with memory.uncollected():
                pass
            assert not gc.isenabled()
            raise KeyError

    assert gc.isenabled()
    with pytest.raises(KeyError):
        fails()
    assert gc.isenabled()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc only")
def test_what_a_thread_freed_goes_back_to_the_system() -> None:
    """Pieces the size of a drawn page, and many small ones with some in use between them."""
    kept = run(
        """
import ctypes, threading
from desk import memory
def resident_kb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
memory.settle()
def work():
    for _ in range(3):
        page = bytearray(4_000_000)
    small = [libc.malloc(4000) for _ in range(10_000)]
    for piece in small:
        ctypes.memset(piece, 1, 4000)
    for place, piece in enumerate(small):
        if place % 50:
            libc.free(piece)
before = resident_kb()
thread = threading.Thread(target=work)
thread.start()
thread.join()
memory.give_back()
print(resident_kb() - before)
"""
    )
    assert int(kept) < 8_000
