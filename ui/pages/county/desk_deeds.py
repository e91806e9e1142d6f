"""What is done about a window that is known: its acknowledgement shown, its key revoked, its records sent again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.services import hub, hub_ack_code, hub_desks, hub_resend
from desk.services.hub_ack_code import ToldAck
from desk.services.hub_desk_rows import DeskRow
from desk.services.second_person import Approval
from ui.pages.county.desk_panel import DeskPanel
from ui.second_person import ask_consent
from ui.shell import Shell


class DeskDeeds(QObject):
    """Done to the window that stands in the panel."""

    stale = Signal()
    """The windows are no longer as they are shown."""

    def __init__(self, shell: Shell, panel: DeskPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._panel = shell, panel
        panel.ack_asked.connect(partial(self._on_row, self._show_ack))
        panel.resend_asked.connect(partial(self._on_row, self._resend))
        panel.revoked.connect(lambda why: self._on_row(partial(self._revoke, why)))

    def write_key(self) -> None:
        """Write the county's public key file."""
        folder = self._shell.notices.choose_folder("公钥文件写到哪里")
        if folder is not None:
            self._shell.write(
                hub.write_public_key,
                on_done=lambda path: self._shell.notices.toast(f"公钥文件已写好：{path.name}"),
                folder=folder,
            )

    def _on_row(self, deed: Callable[[DeskRow], None]) -> None:
        if self._panel.row is not None:
            deed(self._panel.row)

    def _show_ack(self, row: DeskRow) -> None:
        def show(told: ToldAck) -> None:
            if self._panel.row == row:
                self._panel.show_ack(told)

        self._shell.read(
            hub_ack_code.ack_code, on_done=show, latest="ack", site=row.site, window=row.window
        )

    def _revoke(self, why: str, row: DeskRow) -> None:
        def agreed(approval: Approval) -> None:
            self._shell.write(
                hub_desks.revoke,
                on_done=lambda _: self._revoked(),
                site=row.site,
                window=row.window,
                from_day=self._shell.office.today,
                why=why,
                approved_by=approval,
            )

        ask_consent(self._shell, f"停用{row.name} {row.window} 号窗口的密钥", agreed)

    def _revoked(self) -> None:
        self._panel.close_question()
        self._shell.notices.toast("已停用。下次接收时，新的密钥表随回执写给各窗口")
        self.stale.emit()

    def _resend(self, row: DeskRow) -> None:
        folder = self._shell.notices.choose_folder("补发包写到哪里")
        if folder is not None:
            self._shell.write(
                hub_resend.resend,
                on_done=self._resent,
                site=row.site,
                window=row.window,
                folder=folder,
            )

    def _resent(self, written: tuple[tuple[str, ...], int]) -> None:
        names, events = written
        said = f"补发 {events:,} 条记录，写了 {len(names)} 个文件，请交给窗口"
        self._shell.notices.toast(said)
        self.stale.emit()
