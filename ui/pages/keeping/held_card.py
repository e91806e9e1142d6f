"""依法保留: cases kept beyond their time, with the reason; put on and lifted here."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.services import erasing, keeping
from desk.services.keeping import HoldRow
from ui.emptying import empty
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label


class HeldCard(Card):
    """A number and a reason put a case on the list; the same reason line serves for lifting."""

    changed = Signal()
    """A hold was put or lifted."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("依法保留", "打官司、信访、审计要用的")
        self._shell = shell
        self._offered: tuple[str, UUID | None] = ("", None)
        self.number, self.why = QLineEdit(), QLineEdit()
        self.number.setAccessibleName("受理编号")
        self.number.setPlaceholderText("受理编号，如 1123-0007")
        self.why.setAccessibleName("保留或解除的原因")
        self.why.setPlaceholderText("原因，如 法院调卷")
        self.put = button("保留这一件", self._put)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(4))
        self.body.addWidget(self.number)
        self.body.addWidget(self.why)
        self.body.addWidget(self.put, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._rows)

    def offer(self, number: str, record_id: UUID) -> None:
        """Put the chosen record's number in, unless somebody is typing another."""
        if not self.number.hasFocus():
            self.number.setText(number)
            self._offered = (number, record_id)

    def show_rows(self, rows: tuple[HoldRow, ...]) -> None:
        """Show what is held."""
        empty(self._rows)
        for row in rows:
            self._rows.addWidget(self._row(row))
        if not rows:
            self._rows.addWidget(label("现在没有依法保留的。", "second"))

    def _row(self, row: HoldRow) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        told = f"{row.number}　{row.title}\n{row.why}（{row.by}，{row.since}）"
        line.addWidget(label(told, wrap=True), 1)
        lift = button("解除", partial(self._lift, row.id), role="quiet")
        lift.setAccessibleName(f"解除{row.number}的保留")
        line.addWidget(lift)
        return made

    def _put(self) -> None:
        number, chosen = self._offered
        typed = self.number.text()
        if self._reason() and chosen is not None and typed == number:
            self._put_on(chosen)
        elif self._reason():
            self._shell.read(keeping.find, on_done=self._put_on, latest="find", number=typed)

    def _put_on(self, record_id: UUID) -> None:
        self._shell.write(
            erasing.hold,
            on_done=lambda _: self._done("已保留，到期也不会删。"),
            record_id=record_id,
            why=self._reason(),
        )

    def _lift(self, record_id: UUID) -> None:
        if self._reason():
            self._shell.write(
                erasing.lift,
                on_done=lambda _: self._done("已解除保留。"),
                record_id=record_id,
                why=self._reason(),
            )

    def _reason(self) -> str:
        why = self.why.text().strip()
        if not why:
            self.why.setFocus()
            self._shell.notices.toast("请先写原因，它会留在这件的“经过”里。")
        return why

    def _done(self, told: str) -> None:
        self._shell.notices.toast(told)
        self.why.clear()
        self.changed.emit()
