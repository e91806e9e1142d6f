"""Private values on the clipboard."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.clipboard import copy_private, forget


def test_a_private_value_leaves_the_clipboard_by_itself(qapp: QApplication, qtbot: QtBot) -> None:
    copy_private("61042219560312042X", qapp, kept_ms=0)
    assert qapp.clipboard().text() == "61042219560312042X"
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "")


def test_what_was_copied_since_stays(qapp: QApplication) -> None:
    qapp.clipboard().setText("别的")
    forget("61042219560312042X")
    assert qapp.clipboard().text() == "别的"
