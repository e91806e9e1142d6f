"""空白表格: choose a form, look at it, print it or save it as PDF."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from desk.changes import Changes
from desk.files import write_atomic
from desk.services import blank_forms
from desk.services.blank_forms import BlankForm, BlankPaper
from desk.words.printing import MEDIA
from ui.pages.blank_forms.form_list import FormList
from ui.papers import SCREEN_DPI, PaperDesk
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.pdf_preview import PdfPreview

NOT_KEPT = "空白表格不编号，打印多少份都行；填好交回来再按事项受理。"


class BlankFormsPage(PageFrame):
    """The list at the left, the sheet at the right; F9 and Ctrl P print it."""

    help_text = (
        "找到表格，右边就是它的样子；↑ ↓ 换一张。\n"
        "F9 打印，在清单上按 Enter 也行；“另存 PDF…”存成文件，可以拷走。\n"
        "空白表格不编号、不留记录。Esc 清掉查找的字，再按回到上一页。"
    )

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.forms = FormList()
        self.preview = PdfPreview()
        self.paper: BlankPaper | None = None
        self._form: BlankForm | None = None
        self._wanted = ""
        self.desk = PaperDesk(shell, printers or SystemPrinters(), self)
        self.desk.said.connect(shell.notices.toast)
        self.title = label("", "strong", wrap=True)
        self.medium = label("", "second")
        self.print = button("打印", self.main_action, role="primary", key="F9")
        self.save = button("另存 PDF…", self._save)
        self._lay_out()
        self._draw(None)
        self.forms.filtered.connect(lambda _text: self.refresh())
        self.forms.chosen.connect(self._draw)
        self.forms.taken.connect(self.main_action)
        self.setFocusProxy(self.forms.filter)

    def opened(self, **facts: object) -> None:
        """With `item_code` the application form of that item is chosen."""
        self._wanted = str(facts.get("item_code") or "")
        if self._wanted:
            self.forms.filter.clear()
            self.make_stale()

    def refresh(self) -> None:
        self.shell.read(
            blank_forms.find, on_done=self._list, latest="forms", text=self.forms.text()
        )

    def wants(self, changes: Changes) -> bool:
        """How papers are printed may have changed."""
        return changes.settings

    def main_action(self) -> None:
        if self.paper is not None and self._form is not None:
            self.desk.print_pdf(self._form.title, self.paper.pdf, self.paper.profile)

    def print_action(self) -> None:
        self.main_action()

    def go_back(self) -> bool:
        return self.forms.clear() or super().go_back()

    def _list(self, found: tuple[BlankForm, ...]) -> None:
        wanted = next((form for form in found if self._wanted and form.item == self._wanted), None)
        self._wanted = ""
        self.forms.show_forms(found, wanted or self._form)

    def _draw(self, form: BlankForm | None) -> None:
        """Show the form; until it is drawn nothing can be printed."""
        self._form, self.paper = form, None
        self.title.setText(form.title if form else "")
        self.medium.setText("")
        self._enable()
        if form is None:
            self.preview.show_pictures(())
            return
        self.shell.read(
            blank_forms.draw,
            on_done=partial(self._drawn, form),
            latest="blank",
            kind=form.kind,
            item=form.item,
        )

    def _drawn(self, form: BlankForm, paper: BlankPaper) -> None:
        if form != self._form:
            return
        self.paper = paper
        self.medium.setText(MEDIA[paper.profile.medium])
        self._enable()
        self.desk.draw(paper.pdf, SCREEN_DPI, self.preview.show_pictures)

    def _enable(self) -> None:
        for deed in (self.print, self.save):
            deed.setEnabled(self.paper is not None)

    def _save(self) -> None:
        if self.paper is None or self._form is None:
            return
        name, pdf = f"{self._form.title}（空白）.pdf", self.paper.pdf
        path = self.shell.notices.choose_save("另存 PDF", name, "PDF 文件 (*.pdf)")
        if path is not None:
            self.shell.files(
                lambda: write_atomic(path, pdf),
                on_done=lambda _done: self.shell.notices.toast(f"已存为“{path.name}”。"),
            )

    def _lay_out(self) -> None:
        sheet = Card("样子", NOT_KEPT)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.title, 1)
        head.addWidget(self.medium)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.print)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.preview, 1)
        sheet.body.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.forms, 45)
        row.addWidget(sheet, 55)
        self.body.addLayout(row, 1)
