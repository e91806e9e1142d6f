"""The way to another data key: said what follows, then the office is closed for it."""

from desk.errors import NeedsSecondPerson
from desk.keyring import OperatorName
from desk.services import second_person
from ui.notices import Verb
from ui.shell import Shell

TITLE = "换数据密钥"
HINT = "停用的人可能带走了密钥（拷过数据文件夹、知道恢复密钥）？换一把新的数据密钥，他手里的就打不开以后的数据。"
HOW = (
    "程序先关上这份数据，你和同意的人各输一次密码，用新的密钥另写一份，核对以后换上。其他同事要重新给一次性密码，"
    "恢复密钥换新的；换以前的备份仍要用那时的密码打开。办事的人少的时候再换。"
)


def ask(shell: Shell) -> None:
    """Ask whether it is meant; then the window closes the office and goes on with whoever may consent."""

    def told(people: tuple[OperatorName, ...]) -> None:
        if not people:
            shell.cannot(NeedsSecondPerson())
            return
        go = Verb("去换", lambda: shell.operations.new_key_asked.emit(people), "danger")
        shell.notices.ask(TITLE, HOW, go, Verb("先不换"))

    shell.read(second_person.approvers, on_done=told, latest="new_key")
