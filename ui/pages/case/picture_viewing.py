"""Looking at the pictures of a case: for a purpose asked once, one after the other, and what is done with each."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.errors import DeskError
from desk.importing.pictures import JPEG, PDF, PNG
from desk.services import attachments, printers
from desk.services.attachments import AttachmentRow, Gallery, Opened
from desk.words.errors import words
from ui.papers import PaperDesk
from ui.pictures.viewer import BOX, PictureViewer
from ui.shell import Shell
from ui.widgets.picture import decoded

ENDINGS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}


class Viewing(QObject):
    """What is opened belongs to the gallery that is shown; what comes for another is dropped."""

    purpose_needed = Signal()
    """The first picture of a case: ask what they are looked at for, and tell `take_purpose`."""

    def __init__(self, shell: Shell, desk: PaperDesk, page: QWidget) -> None:
        super().__init__(page)
        self._shell, self._desk = shell, desk
        self.viewer = PictureViewer(page)
        self._gallery: Gallery | None = None
        self._purposes: dict[UUID | None, str] = {}
        self._wanted = 0
        self._at = (0, 0)
        self._open: Opened | None = None
        self.viewer.moved.connect(self._move)
        self.viewer.save_asked.connect(self._save)
        self.viewer.print_asked.connect(self._print)
        self.viewer.remove_asked.connect(self._remove)
        desk.said.connect(self.viewer.say)

    def be_about(self, gallery: Gallery | None) -> None:
        """These are the pictures from now on; None between two cases."""
        if gallery is None:
            self.viewer.shut()
        self._gallery = gallery

    def take_purpose(self, purpose: str) -> None:
        """What the pictures of this case are looked at for."""
        if self._gallery is not None:
            self._purposes[self._gallery.case_id] = purpose
            self.open(self._wanted)

    def open(self, place: int) -> None:
        """Look at a picture; the first time for a case it is asked what for."""
        if self._gallery is None or self._gallery.covered:
            return
        self._wanted = place
        if (purpose := self._purposes.get(self._gallery.case_id)) is None:
            self.purpose_needed.emit()
            return
        self._open, self._at = None, (place, 0)
        self._wait()
        self._shell.write(
            attachments.opened,
            on_done=self._opened,
            on_refused=self._cannot_open,
            latest="picture",
            attachment_id=self._gallery.rows[place].id,
            purpose=purpose,
        )

    def _row(self) -> AttachmentRow | None:
        rows = self._gallery.rows if self._gallery else ()
        return rows[self._at[0]] if self._at[0] < len(rows) else None

    def _wait(self) -> None:
        place, page = self._at
        row = self._row()
        if row is None or self._gallery is None:
            return
        count = len(self._gallery.rows)
        pages = f"　第 {page + 1} / {row.pages} 页" if row.pages > 1 else ""
        self.viewer.wait_for(
            f"{row.name}　{place + 1} / {count}{pages}　{row.about} 收",
            first=place == 0 and page == 0,
            last=place == count - 1 and page == row.pages - 1,
            may_remove=self._gallery.may_add,
        )

    def _opened(self, picture: Opened) -> None:
        row = self._row()
        if row is None or row.id != picture.id or not self.viewer.isVisible():
            return
        self._open = picture
        self._draw(picture)

    def _draw(self, picture: Opened) -> None:
        page, office = self._at[1], self._shell.office
        self._shell.files(
            lambda: decoded(attachments.shown(office, picture=picture, page=page, box=BOX)),
            on_done=self.viewer.show_image,
            on_refused=self._cannot_open,
            latest="picture_page",
        )

    def _move(self, step: int) -> None:
        """Through the pages of a PDF, then to the next picture."""
        place, page = self._at
        row = self._row()
        if row is not None and 0 <= page + step < row.pages and self._open is not None:
            self._at = (place, page + step)
            self._wait()
            self._draw(self._open)
        elif self._gallery is not None and 0 <= place + step < len(self._gallery.rows):
            self.open(place + step)

    def _cannot_open(self, error: DeskError) -> None:
        self.viewer.say(words(error).text)

    def _save(self) -> None:
        row, purpose = self._row(), self._purpose()
        if row is None or not purpose:
            return
        name = f"{row.name}{ENDINGS.get(row.kind, '')}"
        path = self._shell.notices.choose_save("另存影像", name, "影像 (*.*)")
        if path is not None:
            self._shell.write(
                attachments.save_copy,
                on_done=lambda _: self.viewer.say(f"已存为“{path.name}”，没有加密，用完请删掉。"),
                on_refused=self._cannot_open,
                attachment_id=row.id,
                purpose=purpose,
                path=path,
            )

    def _print(self) -> None:
        row, purpose = self._row(), self._purpose()
        if row is None or not purpose:
            return

        def with_printer(profile: printers.PrinterProfile) -> None:
            self._shell.operations.run(
                "files",
                self._shell.operations.call(
                    attachments.paper,
                    {"attachment_id": row.id, "purpose": purpose},
                    watched=False,
                ),
                on_done=lambda pdf: self._desk.print_pdf("材料影像", pdf, profile),
                cannot=self._cannot_open,
            )

        self._shell.read(printers.profile, on_done=with_printer, kind="attachment", medium="A4")

    def _remove(self, why: str) -> None:
        row = self._row()
        if row is not None:
            self._shell.write(
                attachments.remove,
                on_done=lambda _: self._removed(),
                on_refused=self._cannot_open,
                attachment_id=row.id,
                why=why,
            )

    def _removed(self) -> None:
        self.viewer.shut()
        self._shell.notices.toast("已删去，记在“经过”里")

    def _purpose(self) -> str:
        return self._purposes.get(self._gallery.case_id, "") if self._gallery else ""
