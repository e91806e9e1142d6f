"""The table of pages, and the way between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from desk.services.office import Office
from desk.services.operation import Operation
from desk.services.rights import Right, may
from ui.shell import Shell
from ui.widgets.page_frame import PageFrame
from ui.widgets.side_bar import Entry

Build = Callable[[Shell], PageFrame]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a kind of office: those in the side bar, and the one a case is opened on."""

    entries: tuple[Entry, ...]
    case: str


PAGES: Mapping[str, Pages] = MappingProxyType(
    {
        "desk": Pages(
            (
                Entry("today", "今日"),
                Entry("intake", "受理", "F2"),
                Entry("cases", "办件", "F3"),
                Entry("rolls", "名册", "F6"),
                Entry("ledgers", "台账", "F7"),
                Entry("sync", "同步", "U盘", foot=True),
                Entry("audit", "审计", foot=True),
                Entry("settings", "设置", foot=True),
            ),
            case="case",
        ),
        "county": Pages(
            (
                Entry("report", "区县汇总"),
                Entry("receive", "接收", "F2"),
                Entry("disputes", "待裁", "F3"),
                Entry("desks", "窗口", "F6"),
                Entry("publish", "目录", "F7"),
                Entry("ledgers", "台账", "F8"),
                Entry("audit", "审计", foot=True),
                Entry("settings", "设置", foot=True),
            ),
            case="order",
        ),
    }
)

# All others show residents.
NEEDS = MappingProxyType({"audit": Right.READ_LOG, "settings": ""})


def frame(office: Office) -> Pages:
    """The pages for whoever sits there: an entry is there when he may see what its page shows."""
    pages = PAGES[office.kind]
    needs = {entry: NEEDS.get(entry.key, Right.LOOK) for entry in pages.entries}
    shown = (entry for entry, right in needs.items() if not right or may(office, right))
    return replace(pages, entries=tuple(shown))


# A page without an entry stands under the entry it belongs to.
UNDER = {
    "case": "cases",
    "receipt": "cases",
    "catalog": "sync",
    "blank_forms": "settings",
    "importing": "settings",
    "requests": "today",
    "keeping": "settings",
    "about": "settings",
    "order": "disputes",
}
_REMEMBERED = 20


def _today(shell: Shell) -> PageFrame:
    from ui.pages.today.page import TodayPage

    return TodayPage(shell)


def _intake(shell: Shell) -> PageFrame:
    from ui.pages.intake.page import IntakePage

    return IntakePage(shell)


def _cases(shell: Shell) -> PageFrame:
    from ui.pages.cases.page import CasesPage

    return CasesPage(shell)


def _case(shell: Shell) -> PageFrame:
    from ui.pages.case.page import CasePage

    return CasePage(shell)


def _rolls(shell: Shell) -> PageFrame:
    from ui.pages.rolls.page import RollsPage

    return RollsPage(shell)


def _ledgers(shell: Shell) -> PageFrame:
    from ui.pages.ledgers.page import LedgersPage

    return LedgersPage(shell)


def _receipt(shell: Shell) -> PageFrame:
    from ui.pages.receipt import ReceiptPage

    return ReceiptPage(shell)


def _sync(shell: Shell) -> PageFrame:
    from ui.pages.sync.page import SyncPage

    return SyncPage(shell)


def _catalog(shell: Shell) -> PageFrame:
    from ui.pages.catalog.page import CatalogPage

    return CatalogPage(shell)


def _print_jobs(shell: Shell) -> PageFrame:
    from ui.pages.print_jobs import PrintJobsPage

    return PrintJobsPage(shell)


def _blank_forms(shell: Shell) -> PageFrame:
    from ui.pages.blank_forms.page import BlankFormsPage

    return BlankFormsPage(shell)


def _importing(shell: Shell) -> PageFrame:
    from ui.pages.importing.page import ImportingPage

    return ImportingPage(shell)


def _requests(shell: Shell) -> PageFrame:
    from ui.pages.requests.page import RequestsPage

    return RequestsPage(shell)


def _about(shell: Shell) -> PageFrame:
    from ui.pages.about.page import AboutPage

    return AboutPage(shell)


def _audit(shell: Shell) -> PageFrame:
    from ui.pages.audit.page import AuditRecordPage

    return AuditRecordPage(shell)


def _keeping(shell: Shell) -> PageFrame:
    from ui.pages.keeping.page import KeepingPage

    return KeepingPage(shell)


def _settings(shell: Shell) -> PageFrame:
    if not may(shell.office, Right.LOOK):
        from ui.pages.settings.own_page import OwnSettingsPage

        return OwnSettingsPage(shell)
    if shell.office.kind == "county":
        return _county_settings(shell)
    from ui.pages.settings.page import SettingsPage

    return SettingsPage(shell)


def _county_settings(shell: Shell) -> PageFrame:
    from ui.pages.county.settings import CountySettingsPage
    from ui.pages.settings.operators_card import OperatorsCard, OwnCard

    own, people = OwnCard(shell), None
    if may(shell.office, Operation.MANAGE_OPERATORS):
        people = OperatorsCard(shell)
    cards: dict[QWidget, Callable[[], None]] = {
        one: one.refresh for one in (own, people) if one is not None
    }
    return CountySettingsPage(shell, cards)


def _report(shell: Shell) -> PageFrame:
    from ui.pages.county.report import ReportPage

    return ReportPage(shell)


def _receive(shell: Shell) -> PageFrame:
    from ui.pages.county.receive import ReceivePage

    return ReceivePage(shell)


def _disputes(shell: Shell) -> PageFrame:
    from ui.pages.county.disputes import DisputesPage

    return DisputesPage(shell)


def _order(shell: Shell) -> PageFrame:
    from ui.pages.county.order import OrderPage

    return OrderPage(shell)


def _desks(shell: Shell) -> PageFrame:
    from ui.pages.county.desks import DesksPage

    return DesksPage(shell)


def _publish(shell: Shell) -> PageFrame:
    from ui.pages.county.publish import PublishPage

    return PublishPage(shell)


# Pages are imported when they are first opened: the window is there sooner.
BUILDERS: dict[str, Build] = {
    "today": _today,
    "intake": _intake,
    "cases": _cases,
    "case": _case,
    "rolls": _rolls,
    "ledgers": _ledgers,
    "receipt": _receipt,
    "sync": _sync,
    "catalog": _catalog,
    "print_jobs": _print_jobs,
    "blank_forms": _blank_forms,
    "importing": _importing,
    "requests": _requests,
    "settings": _settings,
    "about": _about,
    "audit": _audit,
    "keeping": _keeping,
    "report": _report,
    "receive": _receive,
    "disputes": _disputes,
    "order": _order,
    "desks": _desks,
    "publish": _publish,
}


class Navigation(QObject):
    """Builds pages when they are first asked for and keeps them; remembers the way back."""

    shown = Signal(str)
    """The key of the page now on the screen."""

    def __init__(self, stack: QStackedWidget, make_shell: Callable[[str], Shell]) -> None:
        super().__init__(stack)
        self._stack = stack
        self._make_shell = make_shell
        self._pages: dict[str, PageFrame] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._way: list[str] = []

    @property
    def current(self) -> PageFrame | None:
        """The page on the screen."""
        return self._pages[self._way[-1]] if self._way else None

    @property
    def pages(self) -> dict[str, PageFrame]:
        """The pages built so far."""
        return dict(self._pages)

    def go(self, page: str, **facts: object) -> None:
        """Show a page; `facts` reach its `opened` first."""
        frame = self._pages.get(page) or self._build(page)
        if not self._way or self._way[-1] != page:
            self._way = [*self._way[-_REMEMBERED:], page]
        frame.opened(**facts)
        self._show(page)

    def adopt(self, key: str, frame: PageFrame) -> None:
        """Take `frame` as the page of that key; on a screen too small for it, it scrolls."""
        self._pages[key] = frame
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(frame)
        self._areas[key] = area
        self._stack.addWidget(area)

    def back(self) -> None:
        """Let the page close what it has open, else show the one before."""
        page = self.current
        if page is not None and page.go_back():
            return
        if len(self._way) > 1:
            self._way.pop()
            self._show(self._way[-1])

    def _build(self, key: str) -> PageFrame:
        shell = self._make_shell(key)
        frame = BUILDERS[key](shell)
        shell.banner = frame.banner
        self.adopt(key, frame)
        return frame

    def _show(self, key: str) -> None:
        frame = self._pages[key]
        self._stack.setCurrentWidget(self._areas[key])
        frame.setFocus()
        self.shown.emit(UNDER.get(key, key))
