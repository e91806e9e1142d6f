"""The paper of an intake on its way to the printer that is set, or to the list when that is off."""

from collections.abc import Iterator

import pytest

from desk.services import case_views, print_jobs
from desk.services.office import Office
from tests.builders import intake_values
from tests.ui.intake_desk import Desk, quiet, sitting_at
from tests.ui.test_intake import ITEM, finish, take_up


@pytest.fixture
def printing_desk(qtbot, office: Office) -> Iterator[Desk]:
    """A window with a printer."""
    with sitting_at(office, printer="前台打印机") as seated:
        qtbot.waitUntil(quiet(seated))
        yield seated


def test_the_paper_goes_to_the_printer_that_is_set(qtbot, printing_desk):
    take_up(qtbot, printing_desk, intake_values(printing_desk.office, ITEM))
    finish(qtbot, printing_desk)
    said = printing_desk.page.parts.done.printed
    qtbot.waitUntil(lambda: said.text() == "已送到打印机。")
    assert len(printing_desk.tray.prints()) == 1


def test_a_printer_that_is_gone_is_said_and_ctrl_p_tries_again(qtbot, printing_desk):
    printing_desk.tray.there = False
    take_up(qtbot, printing_desk, intake_values(printing_desk.office, ITEM))
    finish(qtbot, printing_desk)
    said = printing_desk.page.parts.done.printed
    qtbot.waitUntil(lambda: "没打出来：找不到这台打印机" in said.text())
    qtbot.waitUntil(lambda: print_jobs.failed(printing_desk.office) == 1)
    printing_desk.tray.there = True
    printing_desk.page.print_action()
    qtbot.waitUntil(lambda: said.text() == "已送到打印机。")
    qtbot.waitUntil(lambda: print_jobs.jobs(printing_desk.office) == ())
    # It never came out before, so this is the original and no reprint.
    done = printing_desk.page.ending.finished
    assert case_views.detail(printing_desk.office, case_id=done.case_id).documents[0].prints == 0
