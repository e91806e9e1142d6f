"""What came from the county on this page: its orders beside our packages, and the conflicts to decide above both."""

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.errors import DeskError
from desk.services import aside_views, conflicts, order_views
from desk.services.aside_views import AsideRow
from desk.services.order_rows import ConflictRow, OrderRow
from ui.pages.sync.aside_card import AsideCard
from ui.pages.sync.orders_card import OrdersCard
from ui.pages.sync.packages_card import PackagesCard
from ui.shell import Shell
from ui.theme import px
from ui.widgets.conflict_box import ConflictBox

PACKAGES, ORDERS, ASIDE = "上报的包", "县里的通知", "没有并入的"


class CountySide(QWidget):
    """The conflict that waits longest, then one of two lists; the choice between them shows once there are orders."""

    def __init__(self, shell: Shell, packages: PackagesCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.conflict = ConflictBox()
        self.orders = OrdersCard()
        self.stack = QStackedWidget()
        self.aside = AsideCard()
        self.chips = tuple(_chip(text) for text in (PACKAGES, ORDERS, ASIDE))
        self._shown = {ORDERS: False, ASIDE: False}
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        cards = (packages, self.orders, self.aside)
        for place, (chip, card) in enumerate(zip(self.chips, cards, strict=True)):
            self._group.addButton(chip, place)
            self.stack.addWidget(card)
            row.addWidget(chip)
            chip.hide()
        row.addStretch(1)
        self.chips[0].setChecked(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        box.addWidget(self.conflict)
        box.addLayout(row)
        box.addWidget(self.stack, 1)
        self._group.idClicked.connect(self.stack.setCurrentIndex)
        self.conflict.decided.connect(self._decide)
        for card in (self.orders, self.aside):
            card.opened.connect(lambda case_id: shell.go("case", case_id=case_id))

    def refresh(self) -> None:
        """Read orders, conflicts and what was not taken in."""
        self.shell.read(order_views.order_rows, on_done=self._show_orders, latest="orders")
        self.shell.read(order_views.conflict_rows, on_done=self._show_conflicts, latest="conflicts")
        self.shell.read(aside_views.rows, on_done=self._show_aside, latest="aside")

    def _show_orders(self, rows: tuple[OrderRow, ...]) -> None:
        self.orders.show_orders(rows)
        waiting = sum(one.code == "asked" for one in rows)
        self.chips[1].setText(f"{ORDERS} {waiting}" if waiting else ORDERS)
        self._show_chips(ORDERS, bool(rows))

    def _show_aside(self, rows: tuple[AsideRow, ...]) -> None:
        self.aside.show_rows(rows)
        self.chips[2].setText(f"{ASIDE} {len(rows)}")
        self._show_chips(ASIDE, bool(rows))

    def _show_chips(self, which: str, there: bool) -> None:
        """A list nobody needs has no chip, and alone the packages need none."""
        self._shown[which] = there
        seen = (any(self._shown.values()), self._shown[ORDERS], self._shown[ASIDE])
        for chip, visible in zip(self.chips, seen, strict=True):
            chip.setVisible(visible)
        if not seen[self.stack.currentIndex()]:
            self.chips[0].setChecked(True)
            self.stack.setCurrentIndex(0)

    def _show_conflicts(self, rows: tuple[ConflictRow, ...]) -> None:
        first = rows[-1] if rows else None
        self.conflict.show_conflict(first, named=True, more=len(rows) - 1)

    def _decide(self, conflict_id: object, choice: str) -> None:
        self.shell.write(
            conflicts.decide,
            on_done=lambda _: self._decided(),
            on_refused=self._refused,
            conflict_id=conflict_id,
            choice=choice,
        )

    def _decided(self) -> None:
        self.shell.notices.toast("已定下来，随下一包报给县里")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.shell.cannot(error)
        self.refresh()


def _chip(text: str) -> QPushButton:
    chip = QPushButton(text)
    chip.setProperty("role", "tab")
    chip.setCheckable(True)
    chip.setAutoDefault(True)
    return chip
