"""Pictures of keeping and undoing: `python -m tests.ui.look_keeping FOLDER [PAGE …]`, at three sizes like tests.ui.look."""

import sys
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk.services import erasing, keeping
from tests.builders import id_number, person, take_in
from tests.services.erasing_desk import erase, refused, years_pass
from tests.ui.look import Studio, photograph
from ui.pages.keeping.page import KeepingPage
from ui.undoing import ask_undo

NAMES = ("王秀英", "张建国", "李淑芬")


def _years_later(studio: Studio) -> None:
    """Ten years on: some are due, one is held, one is gone."""
    office = studio.office
    if keeping.view(office).erased:
        return
    gone = refused(office)
    for order, name in enumerate(NAMES):
        who = person(name, id_no=id_number(order=60 + order))
        take_in(office, "ZH-ZM-01", "conclude_now", who=who)
    held = refused(office)
    refused(office)
    years_pass(office, 10)
    erasing.hold(office, record_id=held.case_id, why="区法院（2036）民初 118 号调卷")
    erase(office, gone.case_id)


def due(studio: Studio) -> QWidget:
    _years_later(studio)
    return studio.window("keeping")


def asking(studio: Studio) -> QWidget:
    """About to erase."""
    _years_later(studio)
    window = studio.window("keeping")
    studio.settle()
    page = window.navigation.current
    assert isinstance(page, KeepingPage)
    page.basis.setText("保管期限已满，经分管领导同意")
    page.main_action()
    return window


def undo(studio: Studio) -> QWidget:
    """Ctrl+Z right after an intake."""
    take_in(studio.office, "MZ-GL-01")
    window = studio.window("today")
    studio.settle()
    ask_undo(window._shell(""))
    return window


def settings(studio: Studio) -> QWidget:
    return studio.window("settings")


def known_person(studio: Studio) -> QWidget:
    """The person's card with what can be handed to him."""
    return studio.window("intake", id_no=id_number())


PAGES: dict[str, Callable[[Studio], QWidget]] = {
    "undo": undo,
    "settings": settings,
    "person": known_person,
    "due": due,
    "asking": asking,
}


def main(argv: list[str]) -> int:
    return photograph(argv, PAGES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
