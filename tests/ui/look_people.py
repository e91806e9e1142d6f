"""Pictures of who may do what: the cards in 设置, the second person's box, the locked window.

`python -m tests.ui.look_people FOLDER [PAGE …]` as with `tests.ui.look`.
"""

import sys
from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea, QWidget

from desk.services import operators, second_person
from tests.builders import consent
from tests.services import staff
from tests.ui.look import Studio, photograph
from ui.locking import Locking
from ui.second_person import SecondPersonBox


def people(studio: Studio) -> QWidget:
    """设置, scrolled to the operators."""
    if len(operators.everybody(studio.office)) == 1:
        staff.add(studio.office)
        staff.add(studio.office, "张强", "lead")
        left = staff.add(studio.office, "赵文")
        [himself] = [one for one in operators.everybody(studio.office) if one.himself]
        operators.hand_on(studio.office, leaver=himself.id, to=left)
        operators.switch_off(studio.office, operator_id=left, approved_by=consent(studio.office))
    window = studio.window("settings")
    page = window.navigation.current
    for area in window.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most, bar=bar: bar.setValue(most * 3 // 4))
    assert page is not None
    return window


def second(studio: Studio) -> QWidget:
    """The second person is asked."""
    window = studio.window("cases")
    shell = window._shell("")
    box = SecondPersonBox(
        shell, "作废：要第二个人同意", second_person.approvers(studio.office), lambda _done: None
    )
    box.open()
    return box


def locked(studio: Studio) -> QWidget:
    """The window is locked."""
    window = studio.window("today")
    studio.host.show()
    studio.app.processEvents()
    lock = Locking(studio.host, window, window.operations, lambda: None, idle_ms=3_600_000)
    lock.lock()
    return window


PAGES: dict[str, Callable[[Studio], QWidget]] = {
    "people": people,
    "second": second,
    "locked": locked,
}


if __name__ == "__main__":
    sys.exit(photograph(sys.argv[1:], PAGES))
