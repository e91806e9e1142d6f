"""撤销 the last operation: asked once, done, and where it cannot be, why and which way is open instead."""

from desk.services import undoing
from desk.services.undoing import Undoable
from desk.words.undoing import cannot_text
from ui.notices import Verb
from ui.shell import Shell

CANNOT = "这一步不能撤销"
ABOUT = "办件和名册会回到这一步以前的样子，刚受理的记为作废；给出去的编号不再用。“经过”里会留下撤销的记录。"


def ask_undo(shell: Shell) -> None:
    """Say what was done last and ask whether to undo it; a county does nothing to cases."""
    if shell.office.kind != "desk":
        return

    def ask(told: Undoable) -> None:
        if told.why:
            shell.notices.ask(CANNOT, cannot_text(told.why), Verb("知道了"))
            return
        what = " ".join(filter(None, (told.who, told.what)))
        shell.notices.ask(
            f"撤销“{what}”？", ABOUT, Verb("撤销", lambda: _undo(shell)), Verb("不撤销")
        )

    shell.read(undoing.look, on_done=ask, latest="undo")


def _undo(shell: Shell) -> None:
    shell.write(
        undoing.undo, on_done=lambda what: shell.notices.toast(f"已撤销：{what}"), latest="undo"
    )


def say_done(shell: Shell, said: str, *verbs: Verb) -> None:
    """The toast after an operation: it offers 撤销 where that is open, after what is offered besides."""

    def say(told: Undoable) -> None:
        undo = () if told.why else (Verb("撤销", lambda: ask_undo(shell)),)
        shell.notices.toast(said, *verbs, *undo)

    shell.read(undoing.look, on_done=say)
