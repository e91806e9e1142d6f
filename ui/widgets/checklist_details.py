"""The details of one paper: original kept, copies, a promised day, a note."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.domain.field_values import clean
from desk.domain.fields import FieldDef
from desk.domain.materials import HandedIn, NeededMaterial
from ui.theme import px
from ui.widgets.checklist_model import as_asked, asked_form, tip
from ui.widgets.form_view import FormView

_KEPT = FieldDef("original_kept", "原件留下", "bool", required=True)
_COPIES = FieldDef("copies", "复印件份数", "int", required=True)
_PROMISED = FieldDef("promised_by", "承诺哪天补来", "date", help="容缺受理时填")
_NOTE = FieldDef("note", "备注", "text", max_length=60)


class PaperDetails(QFrame):
    """A small form under the table, for the row it was opened on."""

    changed = Signal(object)
    """The paper as it now is: a `HandedIn`."""
    closed = Signal()
    """The clerk is done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._paper = HandedIn("", "", False, False, 0, False)
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._title.setWordWrap(True)
        self._tip = QLabel()
        self._tip.setProperty("role", "hint")
        self._tip.setWordWrap(True)
        done = QPushButton("收起 Esc")
        done.setProperty("role", "quiet")
        done.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(done)
        self.form = FormView(self, columns=3)
        self.form.changed.connect(self._edited)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(8), px(12), px(10))
        box.setSpacing(px(6))
        box.addLayout(head)
        box.addWidget(self._tip)
        box.addWidget(self.form)

    def open(self, row: NeededMaterial, paper: HandedIn | None) -> None:
        """Show the details of this row and put the keyboard into the first field."""
        material = row.material
        self._paper = paper or replace(
            as_asked(material), original_seen=False, original_kept=False, copies=0
        )
        self._title.setText(material.name)
        self._tip.setText(f"{asked_form(material)}。{tip(material)}")
        ticked = paper is not None and not paper.promised_by
        promised = (_PROMISED,) if material.tolerable and not ticked else ()
        got = (_KEPT, _COPIES) if ticked else ()
        self.form.show_fields((*got, *promised, _NOTE))
        self.form.show_values(
            {
                "original_kept": self._paper.original_kept,
                "copies": self._paper.copies or "",
                "promised_by": self._paper.promised_by,
                "note": self._paper.note,
            }
        )
        self.show()
        self.form.focus(self.form.keys()[0])

    def _edited(self) -> None:
        values = self.form.values()
        copies, _ = clean(_COPIES, values.get("copies"))
        promised, wrong = clean(_PROMISED, values.get("promised_by"))
        self._paper = replace(
            self._paper,
            original_kept=bool(values.get("original_kept", self._paper.original_kept)),
            copies=copies if isinstance(copies, int) else 0,
            promised_by=str(promised or "") if not wrong else "",
            note=str(values.get("note") or ""),
        )
        self.changed.emit(self._paper)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
