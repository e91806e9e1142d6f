"""What the window says of itself: that it only looks, and that the program's own files are not as they were built."""

from functools import partial

from desk.services import supply
from desk.services.supply import Tampered
from desk.words.supply import tampered_words
from ui.notices import Banner, Notices, Verb
from ui.operations import Operations
from ui.shell import Shell

ONLY_LOOKING = "安全模式：现在只能看，不能改"
THEN = "要办事，请照常启动，再登录一次。"


def only_looking(operations: Operations) -> Banner:
    """The line over the pages of an office that is open for looking only."""
    banner = Banner()
    usual = Verb("照常启动", operations.usual_start_asked.emit)
    banner.say(ONLY_LOOKING, THEN, usual, tone="soon")
    return banner


def look_at_program(shell: Shell) -> None:
    """Behind the first page: reading all of a built program takes about a second."""
    shell.files(supply.look_at_program, on_done=partial(tell_tampered, shell.notices))


def tell_tampered(notices: Notices, found: Tampered) -> None:
    """Nothing where nothing was found."""
    if found:
        notices.ask(*tampered_words(found), Verb("知道了"))
