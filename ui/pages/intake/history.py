"""What the desk knows of a known person: earlier cases, and papers that still serve."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.domain.materials import HeldMaterial, NeededMaterial
from desk.services.views import CaseRow, PersonCard
from ui.emptying import empty
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label, line
from ui.widgets.revealed import Revealed

_SHOWN = 5


class PersonHistory(QWidget):
    """Hidden for somebody the desk meets for the first time."""

    case_chosen = Signal(object)
    """The clerk wants to see that case (its id)."""

    export_asked = Signal(object)
    """All that is on file of this person (his id) is to be written for him."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", "hint")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(2))
        self.held = label("", "soon", wrap=True)
        head = QHBoxLayout()
        head.addWidget(label("办理记录", "heading"), 1)
        head.addWidget(self._count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addWidget(line())
        box.addLayout(head)
        box.addLayout(self._rows)
        box.addWidget(self.held)
        self.revealed = Revealed()
        box.addWidget(self.revealed)
        self.export = button("导出本人全部信息…", self._export, role="quiet")
        box.addWidget(self.export)
        self._card: PersonCard | None = None
        self.show_card(None)

    def show_card(self, card: PersonCard | None) -> None:
        """Show what is known of this person; None hides all."""
        self._card = card
        self.revealed.be_about(card.id if card else None)
        empty(self._rows)
        self.setVisible(card is not None)
        if card is None:
            return
        more = "+" if len(card.cases) >= 20 else ""
        self._count.setText(f"共 {len(card.cases)}{more} 件" if card.cases else "还没有办过")
        for case in card.cases[:_SHOWN]:
            self._rows.addWidget(self._row(case))
        self.show_served(())

    def show_served(self, needed: Sequence[NeededMaterial]) -> None:
        """Name the kept papers that serve again: for the chosen item, or whatever is still valid."""
        serving = [row.material.name for row in needed if row.state == "held"]
        if serving:
            text = f"上次收过：{'、'.join(serving)}（有效），本次免交。"
        else:
            text = _still_valid(self._card.held if self._card and not needed else ())
        self.held.setText(text)
        self.held.setVisible(bool(text))

    def _export(self) -> None:
        if self._card is not None:
            self.export_asked.emit(self._card.id)

    def _row(self, case: CaseRow) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        words = button(
            f"{case.opened_on} {case.item_name}",
            lambda: self.case_chosen.emit(case.id),
            role="link",
        )
        words.setToolTip(f"{case.short_no} {case.item_name}")
        box.addWidget(words, 1)
        box.addWidget(label(case.state_label, tone=case.tone))
        return row


def _still_valid(held: Sequence[HeldMaterial]) -> str:
    names = "、".join(f"{paper.name}（到 {paper.valid_until:%Y-%m}）" for paper in held)
    return f"上次收过、还有效：{names}" if names else ""
