"""Text as it is kept: composed, without control characters; and numerals in half width."""

import re
import unicodedata
from typing import Final

# Composing a long run of combining marks takes quadratic time, so only what a field could hold is composed.
COMPOSED_UP_TO: Final = 4000

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def clean_text(typed: str) -> tuple[str, bool]:
    r"""`typed` in NFC without C0, C1 and DEL characters, and whether any was taken out.

    Line ends stay, as `\n`; a tab between words becomes a space without a word about it. What no writing system can
    hold (a lone surrogate) counts as a control character. Direction marks stay: they are text.
    """
    if typed.isascii() and typed.isprintable():
        # Numbers, days and codes, which most fields hold, have none of all this.
        return typed, False
    lines = _LINE_ENDS.sub("\n", typed).replace("\t", " ")
    kept = _CONTROLS.sub("", lines)
    if not kept.isascii():
        kept = kept.encode("utf-8", "ignore").decode()
        if len(kept) <= COMPOSED_UP_TO:
            kept = unicodedata.normalize("NFC", kept)
    return kept, bool(_CONTROLS.search(lines)) or _has_surrogate(lines)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def half_width(typed: str) -> str:
    """`typed` with full-width digits, letters, signs and blanks in half width."""
    return typed if typed.isascii() else typed.translate(_HALF_WIDTH)
