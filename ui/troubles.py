"""Starts that do not go as usual: no key file that reads, an older file that may not be changed, nothing to open at all."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk import keyring
from desk.errors import DeskError, OfficeDamaged, OfficeOlder, SignInPaused
from desk.services import diagnosis, key_rescue
from desk.services.office import Office
from desk.words.errors import words
from ui.diagnosis import screen_lines, show
from ui.notices import Verb
from ui.pages.safe.door import as_usual
from ui.pages.sign_in import SignInPage
from ui.starting import Starting

KEYS_GONE = "密钥文件读不出来，数据没有动。备份里还有一份，输入密码就能把它放回去。"
Enter = Callable[[str, str], None]


def keys_in_backup(
    start: Starting, put: Callable[[QWidget], None], enter: Enter, rescue: Enter
) -> bool:
    """Whether there is a key file in a backup: then whoever signs in by it has it put back, and goes on by `enter`."""
    spare = key_rescue.spare(start.paths)
    if spare is None:
        return False
    names = [(one.id, one.name) for one in keyring.operators(spare)]
    page = SignInPage(keyring.label(spare), names)
    page.tell(KEYS_GONE)

    def submitted(operator_id: str, password: str) -> None:
        def refused(error: DeskError) -> None:
            if isinstance(error, OfficeDamaged):
                rescue(operator_id, password)
            else:
                sign_in_refused(start, error)

        start.run(
            lambda: key_rescue.bring_back(
                start.paths, spare, operator_id=operator_id, password=password, clock=start.clock
            ),
            on_done=lambda _: enter(operator_id, password),
            on_refused=refused,
        )

    page.submitted.connect(submitted)
    put(page)
    return True


def sign_in_refused(
    start: Starting, error: DeskError, again: Callable[[], None] | None = None
) -> None:
    """Said on the sign-in page. A file that would have to be changed first is for a usual start, which goes on by `again`."""
    page, said = start.host.centralWidget(), words(error)
    if not isinstance(page, SignInPage):
        return
    if isinstance(error, SignInPaused):
        page.paused(error.seconds)
        return
    page.refused(said.title, said.text)
    if isinstance(error, OfficeOlder) and start.notices is not None and again is not None:
        usual = Verb("照常启动", lambda: as_usual(start, again))
        start.notices.ask(said.title, said.text, usual, Verb("先不动"))


def another_key(
    start: Starting,
    office: Office,
    again: Callable[[], None],
    people: tuple[keyring.OperatorName, ...],
) -> Callable[[], None]:
    """What shows, once the office is closed, how it is written anew under another data key with one of these people's consent."""
    own = keyring.OperatorName(office.hall.operator_id.hex, office.hall.operator)

    def show_page() -> None:
        from ui.pages.setup.new_key_page import Who, offer

        offer(start, Who(own, people), again)

    return show_page


def cannot_begin(start: Starting, error: DeskError) -> None:
    """Nothing can be opened: said in words, with what a technician needs to know."""
    if start.notices is None:
        return
    said, extra = words(error), screen_lines()

    def diagnose() -> None:
        if start.notices is None:
            return
        box = show(
            start.run,
            start.notices,
            lambda: diagnosis.gather(
                start.paths, clock=start.clock, why_closed=said.title, extra=extra
            ),
        )
        box.finished.connect(lambda _: cannot_begin(start, error))

    more = Verb("诊断信息…", diagnose)
    start.notices.ask(said.title, said.text, Verb("关闭程序", start.app.quit), more)
