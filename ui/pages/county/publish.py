"""目录: the catalogue out as files to edit, and the edited files in as the next release, looked through before it is published."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.changes import Changes
from desk.domain.fields import FieldDef
from desk.errors import CatalogRejected, DeskError
from desk.services import catalog_views, hub_publishing
from desk.services.catalog_views import CatalogPageView
from desk.services.hub_publishing import Ready
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.changes_card import ChangesCard
from ui.widgets.form_view import FormView
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.scrolling import scrolling
from ui.widgets.widths import side_width

RIGHT = 340
DAYS = (
    FieldDef("begins", "从哪天起用", "date", required=True),
    FieldDef("through", "有效到哪天", "date", help="不写就一直有效"),
)
HOW = (
    "1. 写成文件，用记事本改。\n2. 把 catalog/catalog.toml 里的 version 加 1。\n"
    "3. 选改好的文件夹，看看改了什么。\n4. 发布；接收上报包时会自动写进各窗口的 U 盘。"
)


class PublishPage(PageFrame):
    """F9 reads the edited files, then publishes what was read."""

    help_text = (
        f"事项、材料、期限、文书的文字、放假安排都在目录里。\n{HOW}\n按 F9 先看变化，再按 F9 发布。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.ready: Ready | None = None
        self.folder: Path | None = None
        self.now = label("", wrap=True)
        self.to_come = label("", "second", wrap=True)
        self.days = FormView(columns=1)
        self.days.show_fields(DAYS)
        self.changes = ChangesCard()
        self.faults = Card("要改的地方")
        self.list = label("", wrap=True)
        self.faults.body.addWidget(scrolling(self.list), 1)
        self.how = Card("怎样发布目录")
        self.how.body.addWidget(label(HOW, wrap=True))
        self.how.body.addStretch(1)
        self.next = button("看看改了什么", self.main_action, role="primary", key="F9")
        self.drop = button("先不发布", self._drop, key="Esc")
        self._lay_out()
        self._turn(self.how)

    def refresh(self) -> None:
        self.shell.read(catalog_views.page, on_done=self._show, latest="catalog")
        if not self.days.values()["begins"]:
            tomorrow = self.shell.office.today + timedelta(days=1)
            self.days.show_values({"begins": tomorrow.isoformat()})

    def wants(self, changes: Changes) -> bool:
        return changes.packages or changes.rules

    def main_action(self) -> None:
        if self.ready is not None:
            self.shell.write(
                hub_publishing.publish,
                on_done=self._published,
                on_refused=self._refused,
                ready=self.ready,
            )
            return
        self._read()

    def go_back(self) -> bool:
        if self.ready is not None:
            self._drop()
            return True
        return super().go_back()

    def _read(self) -> None:
        begins, through = (_day(self.days.values()[key]) for key in ("begins", "through"))
        if begins is None:
            self.days.show_problems({"begins": "请写从哪天起用。"})
            self.days.focus("begins")
            return
        self.days.show_problems({})
        folder = self.shell.notices.choose_folder("改好的文件在哪个文件夹")
        if folder is not None:
            self.banner.clear()
            self.shell.read(
                hub_publishing.plan,
                on_done=self._have_read,
                on_refused=self._refused,
                latest="plan",
                folder=folder,
                begins=begins,
                through=through,
            )

    def _have_read(self, ready: Ready) -> None:
        self.ready = ready
        self.changes.show_difference(ready.told)
        self._turn(self.changes)

    def _published(self, version: int) -> None:
        self._drop()
        self.shell.notices.toast(f"第 {version} 版目录已发布，接收上报包时会自动写进各窗口的 U 盘")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.ready = None
        if isinstance(error, CatalogRejected):
            self.list.setText("\n".join(error.faults))
            self.faults.aside.setText(f"{len(error.faults)} 处，没有发布")
            self._turn(self.faults)
            return
        self._turn(self.how)
        self.shell.cannot(error)

    def _drop(self) -> None:
        self.ready = None
        self._turn(self.how)

    def _turn(self, shown: Card) -> None:
        for card in (self.how, self.changes, self.faults):
            card.setVisible(card is shown)
        self.next.setText("看看改了什么" if self.ready is None else "发布")
        self.drop.setVisible(self.ready is not None)

    def _show(self, view: CatalogPageView) -> None:
        state = view.state
        self.now.setText(state.standing_text)
        self.to_come.setText(state.coming_text)
        self.to_come.setVisible(bool(state.coming_text))

    def _write_files(self) -> None:
        folder = self.shell.notices.choose_folder("文件写到哪个空文件夹")
        if folder is not None:
            self.shell.read(hub_publishing.write_folder, on_done=self._files_written, folder=folder)

    def _files_written(self, count: int) -> None:
        if count:
            self.shell.notices.toast(f"写好 {count} 个文件")
        else:
            self.shell.notices.banner(
                self.banner, "没有写", "这个文件夹里已经有目录文件。请换一个空文件夹。"
            )

    def _write_packages(self) -> None:
        folder = self.shell.notices.choose_folder("目录包写到哪里")
        if folder is not None:
            self.shell.write(
                hub_publishing.write_packages,
                on_done=lambda count: self.shell.notices.toast(f"写好 {count} 个窗口的目录包"),
                folder=folder,
            )

    def _lay_out(self) -> None:
        state = Card("现用的目录")
        state.body.addWidget(self.now)
        state.body.addWidget(self.to_come)
        verbs: tuple[tuple[str, Callable[[], None]], ...] = (
            ("写成可以改的文件…", self._write_files),
            ("写出各窗口的目录包…", self._write_packages),
        )
        for text, verb in verbs:
            state.body.addWidget(button(text, verb))
        dates = Card("下一版")
        dates.body.addWidget(self.days)
        right = scrolling(state, dates, spacing=GAP)
        right.setFixedWidth(side_width(RIGHT))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(self.drop)
        foot.addWidget(self.next)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        for card in (self.how, self.changes, self.faults):
            left.addWidget(card, 1)
        left.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(right)
        self.body.addLayout(row)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
