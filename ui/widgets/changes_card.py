"""What a release changes, under headings, a line for each; long lists scroll."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.catalog_views import DifferenceView
from desk.words.catalog import day_text
from ui.emptying import empty
from ui.theme import px
from ui.widgets.cards import Card, label
from ui.widgets.scrolling import scrolling


class ChangesCard(Card):
    """The headline, then every section."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.headline = label("", "title", wrap=True)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, px(8), 0)
        self._rows.setSpacing(px(4))
        self.area = scrolling(self._list)
        self.body.addWidget(self.headline)
        self.body.addWidget(self.area, 1)

    def show_difference(self, told: DifferenceView) -> None:
        """Show this in place of what was shown."""
        through = f"，有效到 {day_text(told.valid_through)}" if told.valid_through else ""
        self.title.setText(f"第 {told.version} 版目录改了什么")
        self.aside.setText(f"{day_text(told.effective_from)}起用{through}")
        self.headline.setText(f"{told.headline}。")
        empty(self._rows)
        for title, lines in told.sections:
            self._section(title, lines)
        self._rows.addStretch(1)

    def lines(self) -> tuple[str, ...]:
        """What it says now, line by line."""
        widgets = (self._rows.itemAt(place).widget() for place in range(self._rows.count()))
        return tuple(str(widget.property("text")) for widget in widgets if widget)

    def _section(self, title: str, lines: Sequence[str]) -> None:
        if self._rows.count():
            self._rows.addSpacing(px(10))
        self._rows.addWidget(label(title, "strong"))
        for line in lines:
            self._rows.addWidget(label(line, wrap=True))
