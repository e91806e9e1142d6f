"""The frame round the pages: side bar, search, keys. It knows pages by their keys only."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.changes import Changes
from desk.domain.identity import clean_id
from desk.services import (
    cases,
    hub_disputes,
    hub_numbers,
    print_jobs,
    receipts,
    search,
    sync,
    sync_keys,
    today,
)
from desk.services.check import Finding, quick_check
from desk.services.office import Office
from desk.services.operation import Operation
from desk.services.receipts import ReceiptLook
from desk.services.rights import Right, may
from desk.services.sync_views import Unsent
from desk.services.views import SearchHits
from ui import care, scanned
from ui.actions import COMMANDS, USUAL_PLACES, key_list, usual_keys
from ui.chain_watch import watch_chain
from ui.feed import Feed
from ui.navigation import Navigation, frame
from ui.notices import Notices, Verb
from ui.operations import Operations
from ui.shell import Preferences, Shell, read_preferences
from ui.tasks import Tasks
from ui.undoing import ask_undo
from ui.upkeep import Upkeep
from ui.widgets.search_results import NOTHING, Hit
from ui.widgets.side_bar import SideBar
from ui.widgets.top_bar import TopBar

ID_LENGTHS = (15, 18)
TICK_MS = 30 * 60 * 1000
SETTLED_MS = 300
AT_COUNTY = "输入姓名、拼音首字母、证件号或受理编号，找到一件；也可以扫窗口的密钥码"
CALL_COUNTY = "先不要办新的，也不要删除文件夹，请联系县里的技术人员。"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the frame itself shows."""

    late: int = 0
    unsent: Unsent = field(default_factory=lambda: Unsent(0))
    unprinted: int = 0
    undecided: int = 0


def read_counts(office: Office) -> Counts:
    """The counts of side bar and top bar."""
    if office.kind == "county":
        # Both tables of 待裁 on which somebody here has to decide.
        waiting = hub_disputes.undecided(office) + hub_numbers.undecided(office)
        return Counts(undecided=waiting)
    return Counts(
        late=today.late(office), unsent=sync.unsent(office), unprinted=print_jobs.failed(office)
    )


def no_wait(_office: Office) -> None:
    """Answered when all that was asked of the reader's lane before is."""


class MainWindow(QWidget):
    """What the clerk works in after signing in."""

    text_size_changed = Signal(object)
    """The `Preferences` after the clerk switched the text size: the window is to be built again."""

    def __init__(
        self,
        operations: Operations,
        feed: Feed,
        notices: Notices,
        tasks: Tasks,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self.operations, self.feed, self.notices = operations, feed, notices
        self.preferences = preferences
        office = operations.office
        self.pages = frame(office)
        self._looks = may(office, Right.LOOK)
        self.side = SideBar(self.pages.entries)
        self.bar = TopBar(office.clock.now)
        self._at_desk = office.kind == "desk"
        hall = office.hall
        if self._at_desk:
            self.side.show_desk(hall.hall, hall.community, hall.window, hall.operator)
        else:
            self.side.show_county(hall.community, hall.operator)
            self.bar.search.setPlaceholderText(AT_COUNTY)
        self.bar.show_search(on=self._looks)
        self.stack = QStackedWidget()
        self.navigation = Navigation(self.stack, self._shell)
        self._own = self._shell("")
        self._upkeep = Upkeep(self._own, self.bar.show_backup, self._tell_findings)
        self._lay_out()
        self._connect(tasks)
        self._bind_keys()

        def shown(_done: object) -> None:
            # The first page has its rows; it is painted before anything else wants the processor.
            QTimer.singleShot(SETTLED_MS, self, self._begin_day)

        # On the reader's lane behind what the first page reads.
        QTimer.singleShot(0, self, self._refresh_counts)
        QTimer.singleShot(0, self, lambda: self._own.read(no_wait, on_done=shown))

    def go(self, page: str, **facts: object) -> None:
        """Show a page."""
        self.navigation.go(page, **facts)

    def go_home(self) -> None:
        """Show the first page of the side bar."""
        self.go(next(iter(self.side.buttons)))

    def _shell(self, page: str) -> Shell:
        return Shell(
            page=page,
            operations=self.operations,
            notices=self.notices,
            feed=self.feed,
            go=self.go,
            back=lambda: self.navigation.back(),
            preferences=self.preferences,
        )

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        if self.operations.office.read_only:
            right.addWidget(care.only_looking(self.operations))
        right.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)

    def _connect(self, tasks: Tasks) -> None:
        self.side.chosen.connect(self.go)
        self.navigation.shown.connect(self.side.mark_current)
        self.bar.unsent_pressed.connect(lambda: self.go("sync"))
        self.bar.backup_pressed.connect(lambda: self.go("settings"))
        self.bar.unprinted_pressed.connect(lambda: self.go("print_jobs"))
        self.bar.search.asked.connect(self._search)
        self.bar.search.chosen.connect(self._open_hit)
        self.bar.search.unknown.connect(self._not_found)
        tasks.busy.connect(self.bar.busy.setVisible)
        self.feed.changed.connect(self._take_changes)

    def _bind_keys(self) -> None:
        deeds = {
            "search": self._focus_search,
            "main": lambda: self._on_page("main_action"),
            "print": lambda: self._on_page("print_action"),
            "undo": lambda: ask_undo(self._own),
            "back": self.navigation.back,
            "help": self._help,
        }
        for command in COMMANDS:
            if self._looks or command.name != "search":
                QShortcut(QKeySequence(command.keys), self, deeds[command.name])
        for entry in self.pages.entries:
            if entry.opens_by:
                QShortcut(QKeySequence(entry.opens_by), self, partial(self.go, entry.key))
        if not self._at_desk or not self._looks:
            return
        for place in USUAL_PLACES:
            QShortcut(QKeySequence(usual_keys(place)), self, lambda place=place: self._usual(place))

    def _focus_search(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def _on_page(self, deed: str) -> None:
        page = self.navigation.current
        if page is not None:
            getattr(page, deed)()

    def _usual(self, place: int) -> None:
        page = self.navigation.current
        usual = self.operations.office.catalog.usual
        if (page is None or not page.usual(place)) and place <= len(usual):
            self.go("intake", item_code=usual[place - 1])

    def _help(self) -> None:
        page = self.navigation.current
        about = page.help_text if page else ""
        own = [(one.opens_by, one.label) for one in self.pages.entries if one.opens_by]
        keys = key_list(own, usual=self._at_desk and self._looks)
        self.notices.ask("本页怎么用", f"{about}\n\n{keys}".strip(), Verb("知道了"))

    def _search(self, text: str) -> None:
        def show(hits: SearchHits) -> None:
            # At a county only cases can be opened.
            fit = hits if self._at_desk else SearchHits((), hits.cases, ())
            self.bar.search.show_hits(text, fit)

        def tell(look: ReceiptLook) -> None:
            self.bar.search.finish()
            tell_receipt(self._own, self.navigation, look, text, self.pages.case)

        if receipts.is_receipt(text):
            self._own.read(receipts.look, on_done=tell, latest="search", text=text)
        elif not self._at_desk and sync_keys.is_key_code(text):
            self.bar.search.finish()
            self.go("desks", code=text)
        elif self._at_desk and scanned.is_for_us(text):
            self.bar.search.finish()
            scanned.take(self._own, text)
        else:
            self._own.read(search.search, on_done=show, latest="search", text=text)

    def _open_hit(self, hit: Hit) -> None:
        ways = {
            "case": (self.pages.case, "case_id"),
            "person": ("intake", "person_id"),
            "item": ("intake", "item_code"),
        }
        page, fact = ways[hit.kind]
        self.go(page, **{fact: hit.key})

    def _not_found(self, text: str) -> None:
        """An unknown ID number is a new visitor; anything else is said."""
        number = clean_id(text)
        if self._at_desk and len(number) in ID_LENGTHS and number[:-1].isdigit():
            self.bar.search.finish()
            self.go("intake", id_no=number)
        else:
            self.notices.toast(f"{NOTHING}。")

    def _take_changes(self, changes: Changes, _initiator: str) -> None:
        for page in self.navigation.pages.values():
            page.take_changes(changes)
        if changes.settings:
            self._own.read(read_preferences, on_done=self._prefer, latest="preferences")
        self._refresh_counts()

    def _prefer(self, preferences: Preferences) -> None:
        if preferences.large_text != self.preferences.large_text:
            self.text_size_changed.emit(preferences)

    def _begin_day(self) -> None:
        """Behind the first page: the short check of the file, and the timers, which also run on through the day.

        Beside it they would cost the page half a second: threads that count rows take turns by slices of 5 ms.
        """
        # Not on the reader's lane: over a large file it takes seconds, and the first page waits behind it.
        self._own.files(lambda: quick_check(self.operations.office), on_done=self._tell_findings)
        care.look_at_program(self._own)
        if self.operations.office.read_only:
            return
        watch_chain(self._own, self._tell_findings)
        if not self._at_desk:
            return
        self._upkeep.keep_up()
        timer = QTimer(self)
        if may(self.operations.office, Operation.TICK):
            self._own.write(cases.tick)
            self._own.write(print_jobs.list_interrupted)
            timer.timeout.connect(lambda: self._own.write(cases.tick))
        timer.timeout.connect(self._upkeep.keep_up)
        timer.start(TICK_MS)

    def _tell_findings(self, findings: tuple[Finding, ...]) -> None:
        if findings:
            told = "；".join(finding.text for finding in findings)
            self.notices.ask(
                "数据文件要检查",
                f"{told}。{CALL_COUNTY}",
                Verb("知道了"),
                Verb("看能恢复到哪", self.operations.rescue_asked.emit),
            )

    def _refresh_counts(self) -> None:
        # An auditor sees no residents, nor how many.
        if not self._looks:
            return
        self._own.read(read_counts, on_done=self._show_counts, latest="counts")

    def _show_counts(self, counts: Counts) -> None:
        if "today" in self.side.buttons:
            self.side.buttons["today"].show_count(counts.late)
        if "disputes" in self.side.buttons:
            self.side.buttons["disputes"].show_count(counts.undecided, "处待裁")
        self.bar.show_unsent(counts.unsent)
        self.bar.show_unprinted(counts.unprinted)


def tell_receipt(
    shell: Shell, navigation: Navigation, look: ReceiptLook, text: str, case: str
) -> None:
    """Open the case of a genuine paper and say how the two agree; anything else is shown on a page of its own."""

    def compare() -> None:
        navigation.go("receipt", look=look, text=text)

    if look.case_id is None:
        compare()
        return
    navigation.go(case, case_id=look.case_id)
    page = navigation.current
    if look.warning and page is not None:
        title = "回执的签名是真的，但要留意"
        shell.notices.banner(page.banner, title, look.warning, Verb("看核对", compare), tone="soon")
    else:
        shell.notices.toast(look.brief, Verb("看核对", compare))
