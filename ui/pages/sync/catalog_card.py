"""目录 on the exchange page: which is in force, and whether a new one waits to be looked through."""

from PySide6.QtWidgets import QWidget

from desk.services import catalog_views
from desk.services.catalog_views import CatalogView
from desk.words.catalog import EXPIRED, UNREADABLE, day_text
from ui.shell import Shell
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label

LOOK, OPEN = "看改了什么", "打开目录"


class CatalogCard(Card):
    """Leads to the catalogue's own page."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("目录", parent=parent)
        self._shell = shell
        self.now = label("", wrap=True)
        self.news = label("", "second", wrap=True)
        self.open = button(OPEN, lambda: shell.go("catalog"))
        for part in (self.now, self.news, self.open):
            self.body.addWidget(part)

    def refresh(self) -> None:
        """Ask how things stand."""
        self._shell.read(catalog_views.view, on_done=self._show, latest="catalog")

    def _show(self, view: CatalogView) -> None:
        self.now.setText(view.standing_text)
        news = _news(view)
        self.news.setText(news)
        self.news.setVisible(bool(news))
        self.open.setText(LOOK if view.found else OPEN)


def _news(view: CatalogView) -> str:
    if view.found:
        day = day_text(view.found.effective_from)
        return f"县里的第 {view.found.version} 版来了，{day}起用，看过变化再采用。"
    if view.unreadable:
        return f"{UNREADABLE[0]}。"
    if view.expired:
        return f"{EXPIRED[0]}。{EXPIRED[1]}"
    return view.coming_text
