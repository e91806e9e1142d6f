"""What the start has by the time one of its doors stands open: a rescue, a safe start, another key, a trouble."""

from typing import Protocol

from PySide6.QtWidgets import QApplication

from desk.clock import Clock
from desk.crashes import CrashWatch
from desk.paths import OfficePaths
from ui.host import Host
from ui.notices import Notices
from ui.tasks import RunTold


class Starting(Protocol):
    """The start, as its doors see it."""

    app: QApplication
    host: Host
    paths: OfficePaths
    clock: Clock
    notices: Notices | None
    watch: CrashWatch | None
    careful: bool

    @property
    def run(self) -> RunTold: ...
