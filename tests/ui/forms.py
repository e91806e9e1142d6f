"""Fields, papers and small helpers for the tests of forms."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk.domain.catalog import MaterialDef
from desk.domain.fields import Choice, FieldDef
from desk.domain.materials import HeldMaterial, NeededMaterial

ID_NO = "610422195603120420"


def choices(*labels: str) -> tuple[Choice, ...]:
    """Choices whose codes are their labels."""
    return tuple(Choice(text, text) for text in labels)


def field(kind, key="f", **more) -> FieldDef:
    """A required field."""
    return FieldDef(key, more.pop("label", "格子"), kind, required=True, **more)


def in_window(qtbot, *widgets: QWidget) -> QWidget:
    """A shown, active window with these widgets and a line edit to leave them for."""
    window = QWidget()
    box = QVBoxLayout(window)
    for widget in widgets:
        box.addWidget(widget)
    elsewhere = QLineEdit(window)
    elsewhere.setObjectName("elsewhere")
    box.addWidget(elsewhere)
    qtbot.addWidget(window)
    # qtbot holds widgets weakly; the test may keep only what stands in the window.
    qtbot.__dict__.setdefault("windows", []).append(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def leave(window: QWidget) -> None:
    """Put the keyboard somewhere else."""
    elsewhere = window.findChild(QLineEdit, "elsewhere")
    assert elsewhere is not None
    elsewhere.setFocus()


def press(widget: QWidget, *keys: Qt.Key) -> None:
    """Press keys on a widget."""
    for key in keys:
        QTest.keyClick(widget, key)


def material(key: str, form="inspect_copy", **more) -> MaterialDef:
    """A paper called after its key."""
    return MaterialDef(key, more.pop("name", key), form, **more)


def needed(*materials: MaterialDef, state="needed") -> tuple[NeededMaterial, ...]:
    """All of these are asked for."""
    return tuple(NeededMaterial(paper, state, None) for paper in materials)


def held(paper: MaterialDef) -> NeededMaterial:
    """A paper that is still valid from last time."""
    kept = HeldMaterial(paper.key, paper.name, date(2036, 5, 1), "1118-0003", date(2026, 5, 1))
    return NeededMaterial(paper, "held", kept)


def texts(labels: Iterable[object]) -> list[str]:
    """The texts of labels or buttons."""
    return [label.text() for label in labels]  # type: ignore[attr-defined]
