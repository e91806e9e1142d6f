"""New keys for this window, and a new beginning after a restore or a copy: asked first, said what follows."""

from desk.services import new_epoch, sync
from desk.services.second_person import Approval
from desk.services.sync_views import SyncView
from ui.notices import Verb
from ui.second_person import ask_consent
from ui.shell import Shell
from ui.widgets.page_frame import PageFrame

COPIED = "这台电脑的数据恢复过或被拷贝过"
HOW = (
    "接着写会和县里已有的冲突，所以暂时不能上报。先打电话给县里，再另起一套编号；新来的人照常受理。"
)
WAITING = "原来的办件要等县里的补发包"
HOW_LONG = "把登记文件和还没交的旧 U 盘一起送县里，收下补发包后就能接着办。新来的人照常受理。"
RENEWAL = "换本窗口的密钥"
WHY, TOLD = "数据恢复过或被拷贝过", "县里电话说本机数据旧了"
ANEW = "另起一套编号"
WHAT_FOLLOWS = "本机从现在起用新的编号，和别处的不会重。原来的办件先不能动，等县里的补发包。"


class NewBeginning:
    """What the exchange page offers besides its daily work."""

    def __init__(self, shell: Shell, page: PageFrame) -> None:
        self._shell, self._page = shell, page

    def show_view(self, view: SyncView) -> None:
        """Say what stands in the way, if anything does."""
        if view.copied:
            self._page.banner.say(COPIED, HOW, Verb(f"{ANEW}…", self._ask_begin))
        elif view.waits:
            self._page.banner.say(WAITING, HOW_LONG, tone="soon")

    def ask_renewal(self) -> None:
        """New keys, when the clerk agrees."""
        self._shell.notices.ask(
            RENEWAL,
            "换过以后要再写一次登记文件交给县里。旧密钥签过字，县里不用再核对词；以前的文书照样能查真假。",
            Verb("换密钥", self._renew, "primary"),
            Verb("不换"),
        )

    def ask_told(self) -> None:
        """A new beginning because the county says by telephone that this data is old; nothing here shows it yet."""
        self._shell.notices.ask(
            ANEW,
            "这台电脑自己没有发现数据旧了。县里在电话里说它收过本窗口更新的数据，才需要另起。"
            + WHAT_FOLLOWS,
            Verb("县里说了，另起", lambda: self._begin(TOLD), "primary"),
            Verb("不另起"),
        )

    def _ask_begin(self) -> None:
        self._shell.notices.ask(
            ANEW,
            f"{WHAT_FOLLOWS}先和县里通过电话了吗？",
            Verb("通过电话了，另起", lambda: self._begin(WHY), "primary"),
            Verb("还没有"),
        )

    def _renew(self) -> None:
        def agreed(approval: Approval) -> None:
            self._shell.write(
                sync.renew_keys,
                on_done=lambda _view: self._after("密钥换好了"),
                approved_by=approval,
            )

        ask_consent(self._shell, RENEWAL, agreed)

    def _begin(self, why: str) -> None:
        self._shell.write(new_epoch.begin, on_done=lambda _none: self._after(f"已{ANEW}"), why=why)

    def _after(self, said: str) -> None:
        self._page.banner.clear()
        self._shell.notices.toast(f"{said}，请写出登记文件交给县里")
        self._page.refresh()
