"""Papers that did not come out of their printer: look at the printer, print them again, or let them be."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.changes import Changes
from desk.services import print_jobs
from desk.services.print_jobs import JobRow
from desk.words.printing import MEDIA, trouble
from ui.emptying import empty
from ui.papers import PaperDesk
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label, line
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.scrolling import scrolling


class PrintJobsPage(PageFrame):
    """Newest first; F9 prints the first again."""

    help_text = (
        "这里是送到打印机却没打出来的文书。先看看打印机的电源、纸和连线，再点“重打”。\n"
        "“删除”只是不打了，文书还在办件里，随时可以补打。F9 重打最上面一份。"
    )

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.jobs: tuple[JobRow, ...] = ()
        self.desk = PaperDesk(shell, printers or SystemPrinters(), self)
        self.desk.said.connect(shell.notices.toast)
        self.card = Card("没打出来的文书", "弄好打印机再重打")
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(10))
        self._area = scrolling(self._list)
        self.empty = EmptyState("文书都打出来了", "送到打印机却没打出来的会列在这里。")
        self.card.body.addWidget(self._area, 1)
        self.card.body.addWidget(self.empty, 1)
        self.body.addWidget(self.card, 1)
        self._show(())

    def refresh(self) -> None:
        self.shell.read(print_jobs.jobs, on_done=self._show, latest="jobs")

    def wants(self, changes: Changes) -> bool:
        return changes.prints

    def main_action(self) -> None:
        first = next((job for job in self.jobs if job.state == "failed"), None)
        if first is not None:
            self.desk.retry(first.id, first.printer)

    def _show(self, jobs: tuple[JobRow, ...]) -> None:
        self.jobs = jobs
        empty(self._rows)
        for place, job in enumerate(jobs):
            if place:
                self._rows.addWidget(line())
            self._rows.addWidget(self._row(job, first=place == 0))
        self._area.setVisible(bool(jobs))
        self.empty.setVisible(not jobs)

    def _row(self, job: JobRow, *, first: bool) -> QWidget:
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(job.title, "strong", wrap=True))
        words.addWidget(label(_where(job), "second", wrap=True))
        if job.state == "failed":
            words.addWidget(label(f"{trouble(job.why)}。", "problem", wrap=True))
        else:
            words.addWidget(label("正在打印……", "hint"))
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addLayout(words, 1)
        for deed in self._deeds(job, first=first) if job.state == "failed" else ():
            row.addWidget(deed, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _deeds(self, job: JobRow, *, first: bool) -> tuple[QWidget, ...]:
        again = partial(self.desk.retry, job.id, job.printer)
        made = (
            button("重打", again, role="primary" if first else "", key="F9" if first else ""),
            button("换一台打印机…", partial(again, ask=True)),
            button("删除", partial(self._drop, job), role="quiet"),
        )
        for deed in made:
            deed.setAccessibleName(f"{deed.text()}：{job.title}")
        return made

    def _drop(self, job: JobRow) -> None:
        kept = "，文书还在办件里" if job.is_document else ""
        self.shell.write(
            print_jobs.drop,
            job_id=job.id,
            on_done=lambda _: self.shell.notices.toast(f"不打了{kept}"),
        )


def _where(job: JobRow) -> str:
    """Printer, paper, copies and when: HP 1020　A5 纸　2 份　11:42."""
    copies = f"{job.copies} 份" if job.copies > 1 else ""
    when = f"{job.asked_at[5:7].lstrip('0')} 月 {job.asked_at[8:10].lstrip('0')} 日 {job.asked_at[11:16]}"
    return "　".join(filter(None, (job.printer, MEDIA.get(job.medium, ""), copies, when)))
