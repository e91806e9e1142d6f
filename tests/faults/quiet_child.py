"""A real window at work, to be watched from outside: `python -m tests.faults.quiet_child FOLDER [PLANTED]`.

Signs in, takes a hostile name in, makes its papers between two marks, looks at every page, and closes. PLANTED is a fault to be
found: `calls` talks to this machine over the network, `reads` opens a file of the system's beside the receipt, `writes` one outside.
"""

import os
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QTimer

from desk import keyring
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.printing import raster
from desk.printing.media import Medium
from desk.services import documents, ledger_book
from desk.services.ledger_rows import ALL
from tests.builders import MONDAY, PASSWORD, person, take_in
from ui.environment import prepare_environment
from ui.pages.sign_in import SignInPage
from ui.startup import Start, make_app

HOSTILE = '<img src="/etc/hostname"><img src="http://127.0.0.1:9/x">'
MEDIA: tuple[Medium, ...] = ("A5", "A4", "80mm")
STILL_MS = 120_000
BEGIN, END = "mark-begin", "mark-end"
PAGES = ("today", "intake", "cases", "rolls", "ledgers", "sync", "settings", "about")


def main(folder: Path, planted: str) -> None:
    """Work through it, then leave."""
    prepare_environment(os.environ, sys.platform)
    app = make_app()
    start = Start(app, OfficePaths(folder / "office"), FixedClock(MONDAY), last_resort=True)
    start.loaded.connect(lambda: sign_in(start))
    start.opened.connect(lambda: QTimer.singleShot(0, lambda: do(start, folder, planted)))
    start.show()
    # Whoever watches is to be told of a session that stands still, not to wait for it.
    QTimer.singleShot(STILL_MS, lambda: os._exit(4))
    sys.exit(app.exec())


def sign_in(start: Start) -> None:
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    page.password.setText(PASSWORD)
    page.submit()


def do(start: Start, folder: Path, planted: str) -> None:
    """The work; a window left open behind a failure would never end."""
    try:
        work(start, folder, planted)
    except BaseException:
        traceback.print_exc()
        os._exit(3)


def work(start: Start, folder: Path, planted: str) -> None:
    """A case, its papers, every page; then the window closes."""
    assert start.window is not None
    office = start.window.operations.office
    taken = take_in(office, who=person(HOSTILE[:40], house=HOSTILE[:60]))
    assert taken.document is not None
    (folder / BEGIN).touch()
    for medium in MEDIA:
        pdf = documents.pdf(office, document_id=taken.document, medium=medium)
        raster.pages(pdf, 96)
    ledger_book.write(
        office,
        key=ledger_book.DAY_BOOK,
        span=ALL,
        path=folder / "ledger.xlsx",
        kind="xlsx",
        progress=lambda *_: None,
        cancelled=lambda: False,
    )
    plant(folder, planted)
    (folder / END).touch()
    for page in PAGES:
        start.window.go(page)
    start.window.go("case", case_id=taken.case_id)
    QTimer.singleShot(400, start.host.close)


def plant(folder: Path, planted: str) -> None:
    """One of the faults that must be seen."""
    if planted == "calls":
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", 9), timeout=1).close()
    elif planted == "reads":
        Path("/etc/hostname").read_bytes()
    elif planted == "writes":
        (folder.parent.parent / "elsewhere").write_bytes(b"x")


def make(folder: Path) -> None:
    """The office to work in."""
    from tests.builders import make_office

    made = make_office(folder / "office")
    made.office.close()
    keyring.prove_recovery(folder / "office", made.recovery_key)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
