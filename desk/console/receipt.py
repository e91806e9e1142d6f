"""`bianmin verify-receipt TEXT|FILE`: is this paper genuine? Answered offline, in one sentence."""

import argparse
from pathlib import Path

from desk.console.opening import NotDone, open_folder
from desk.exporting.table import one_line
from desk.services import receipts
from desk.services.receipts import ReceiptLook
from desk.words.receipts import NAME_DIFFERS, NAME_FITS

MOST_BYTES = 4096


def run(options: argparse.Namespace) -> int:
    """0 for a genuine paper, 1 for every other answer."""
    text = _text(options.text)
    office = open_folder(options, options.data)
    try:
        look = receipts.look(office, text=text)
    finally:
        office.close()
    name = options.name.strip()
    fits = look.verdict != "genuine" or not name or receipts.name_fits(text=text, name=name)
    print(one_line(_sentence(look, name, fits=fits)))
    return 0 if look.verdict == "genuine" and fits else 1


def _sentence(look: ReceiptLook, name: str, *, fits: bool) -> str:
    if look.verdict != "genuine":
        return look.sentence
    asked = f"{NAME_FITS if fits else NAME_DIFFERS}。" if name else ""
    return f"{look.sentence}{asked}{look.warning}"


def _text(typed: str) -> str:
    """What was typed, or what the file of that name holds.

    Raises:
        NotDone: the file cannot be read as text.
    """
    if receipts.is_receipt(typed):
        return typed
    path = Path(typed)
    try:
        if not path.is_file():
            return typed
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8-sig").strip()
    except (OSError, ValueError) as error:
        raise NotDone(
            f"文件 {typed} 读不出文字。请用扫码枪把二维码扫进一个文本文件，再运行一次。"
        ) from error
