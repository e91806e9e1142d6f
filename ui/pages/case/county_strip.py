"""What stands between this case and the county: records given back, a conflict to decide, requests to answer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.order_rows import OrderRow
from desk.services.views import CaseDetail
from ui.notices import Banner, Verb
from ui.theme import px
from ui.widgets.conflict_box import ConflictBox


class CountyStrip(QWidget):
    """Hidden while there is nothing; what waits longest is shown first."""

    correct_asked = Signal(str)
    """The clerk wants to correct the field of that key."""
    decline_asked = Signal(object)
    """The clerk looked at what this `OrderRow` asks and it is right as it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.given_back = Banner()
        self.conflict = ConflictBox()
        self.request = Banner()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for one in (self.given_back, self.conflict, self.request):
            box.addWidget(one)
        self.hide()

    def show_detail(self, detail: CaseDetail) -> None:
        """Show what this case has of it."""
        self.given_back.clear()
        if detail.refused:
            told = "\n".join(detail.refused)
            self.given_back.say("县已退回", f"{told}\n改好后随下一包再报。", tone="soon")
        first = detail.conflicts[-1] if detail.conflicts else None
        self.conflict.show_conflict(first, more=len(detail.conflicts) - 1)
        self._show_request(detail.requests)
        self.setVisible(bool(detail.refused or detail.conflicts or detail.requests))

    def _show_request(self, requests: Sequence[OrderRow]) -> None:
        self.request.clear()
        if not requests:
            return
        row = requests[-1]
        more = f"（后面还有 {len(requests) - 1} 条）" if len(requests) > 1 else ""
        self.request.say(
            f"县里 {row.given_by} {row.what}{more}",
            row.reason,
            Verb("更正", partial(self.correct_asked.emit, row.field), "primary"),
            Verb("核对过，不改", partial(self.decline_asked.emit, row)),
            tone="soon",
        )
