"""Takes pictures of the intake page in the whole window: `python -m tests.ui.look_intake FOLDER [STATE …]`."""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from desk.services import drafts
from desk.services.office import Office
from desk.services.views import DraftRow, IntakeValues
from tests.builders import id_number, intake_values, make_office, person, take_in
from tests.importing.photos import pdf, photo
from ui import theme
from ui.dressing import translate
from ui.feed import Feed
from ui.main_window import MainWindow
from ui.notices import Notices
from ui.operations import Operations
from ui.pages.intake.page import IntakePage
from ui.recovery_box import NOW, RecoveryBox
from ui.shell import Preferences
from ui.startup import Host, load_fonts, make_app
from ui.tasks import Tasks

ITEM = "MZ-GL-01"
WRONG_KEY = "YNB22-7DEPD-PGD7C-JF77E-EZTJT-X0CYA-DKSBS-WM23B"
SIZES = (
    ("1366x768", QSize(1366, 768), False),
    ("1280x720", QSize(1280, 720), False),
    ("large", QSize(1366, 768), True),
)


def take_up(page: IntakePage, office: Office, **changes: object) -> None:
    """Have an intake typed."""
    values = intake_values(office, ITEM, **changes)  # type: ignore[arg-type]
    page.take_up(DraftRow(0, "", "2026-11-23T11:42:00", values))


def empty(page: IntakePage, office: Office) -> None:
    drafts.save(office, draft_id=None, values=IntakeValues(item_code=ITEM, person=person("冯玉珍")))
    page.offer.ask()


def known(page: IntakePage, office: Office) -> None:
    take_in(office, ITEM)
    page.opened(id_no=id_number())
    settle()
    page.choose("WJ-LN-01")


def eligible(page: IntakePage, office: Office) -> None:
    take_up(page, office)


def missing(page: IntakePage, office: Office) -> None:
    papers = intake_values(office, ITEM).handed_in
    take_up(page, office, handed_in=papers[:2])


def papers(page: IntakePage, office: Office) -> None:
    missing(page, office)
    settle()
    page.parts.item.hand_in.checklist.open_details()


def too_young(page: IntakePage, office: Office) -> None:
    take_up(page, office, who=person("冯玉珍", id_no=id_number(birth="19570101")))
    settle()
    page.main_action()


def refused(page: IntakePage, office: Office) -> None:
    who = replace(person(), name="", live_addr="")
    take_up(page, office, who=who, form={})
    settle()
    page.main_action()


def done(page: IntakePage, office: Office) -> None:
    take_up(page, office)
    settle()
    page.main_action()


def pictures(page: IntakePage, office: Office) -> None:
    take_up(page, office)
    settle()
    card = page.parts.item.pictures
    card.material.setCurrentIndex(2)
    page.pictures.taking.take((photo((1500, 1000)), photo((1240, 1754), "#a8bccb"), pdf(2)))
    for _ in range(4):
        settle()
    card.add.setFocus()


def picture(page: IntakePage, office: Office) -> None:
    pictures(page, office)
    page.parts.item.pictures.chosen.emit(1)
    settle()


def waiting(page: IntakePage, office: Office) -> None:
    """The first case waits for the recovery key."""
    take_up(page, office)
    settle()
    page.main_action()


def asked(page: IntakePage, office: Office) -> None:
    """It is typed back, one group of it wrong."""
    waiting(page, office)
    settle()
    [now] = [one for one in page.banner.findChildren(QPushButton) if one.text() == NOW]
    now.click()
    settle()
    [box] = page.window().findChildren(RecoveryBox)
    for place, group in zip(box.key.boxes, WRONG_KEY.split("-"), strict=True):
        place.setText(group)
    box.submit()


UNPROVED = ("waiting", "asked")
STATES: dict[str, Callable[[IntakePage, Office], None]] = {
    "empty": empty,
    "known": known,
    "eligible": eligible,
    "missing": missing,
    "papers": papers,
    "too_young": too_young,
    "refused": refused,
    "done": done,
    "pictures": pictures,
    "picture": picture,
    "waiting": waiting,
    "asked": asked,
}


def settle() -> None:
    """Let the rules answer and the papers be drawn."""
    deadline = QDeadlineTimer(1500)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def seen(host: QWidget) -> QPixmap:
    """The window with the box that lies over it, if one does."""
    picture = host.grab()
    painter = QPainter(picture)
    for box in host.findChildren(QDialog):
        painter.drawPixmap(host.rect().center() - box.rect().center(), box.grab())
    painter.end()
    return picture


def take(state: str, target: Path, size: QSize) -> None:
    """One picture of one state at an office of its own."""
    proved = state not in UNPROVED
    made = make_office(Path(tempfile.mkdtemp()) / "office", proved=proved)
    host = Host()
    host.resize(size)
    tasks, feed, notices = Tasks(), Feed(), Notices(host)
    operations = Operations(made.office, tasks, feed, on_bug=print)
    window = MainWindow(operations, feed, notices, tasks, Preferences())
    host.setCentralWidget(window)
    host.show()
    host.activateWindow()
    window.go("intake")
    settle()
    page = window.navigation.current
    assert isinstance(page, IntakePage)
    STATES[state](page, made.office)
    settle()
    seen(host).save(str(target))
    tasks.close()
    made.office.close()
    host.close()
    host.deleteLater()


def main(argv: list[str]) -> int:
    """Take the states named (default: all) into the folder named first."""
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    translate(app)
    families = load_fonts("sans", "bold", "rare")
    for suffix, size, large in SIZES:
        theme.apply(app, families, large=large)
        for state in argv[1:] or list(STATES):
            take(state, folder / f"intake-{state}-{suffix}.png", size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
