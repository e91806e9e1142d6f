"""What a scanner typed into the search box that is neither a case nor a paper: the county's acknowledgement, a key."""

from desk.services import ack_scanning, sync_keys
from desk.services.sync_views import ReadBack
from ui.shell import Shell


def is_for_us(text: str) -> bool:
    """Whether `text` is such a code, genuine or not."""
    return ack_scanning.is_ack_code(text) or sync_keys.is_key_code(text)


def take(shell: Shell, text: str) -> None:
    """Take it and say what became of it."""

    def told(back: ReadBack) -> None:
        shell.notices.toast("".join((*back.taken, *back.passed_over)))

    if not is_for_us(text):
        shell.notices.toast("扫到的不是县里的回执码，也不是密钥码")
    elif ack_scanning.is_ack_code(text):
        shell.write(ack_scanning.take_scanned, on_done=told, text=text)
    else:
        shell.read(sync_keys.compared, on_done=shell.notices.toast, latest="key", text=text)
