"""Why an operation stays as it is, and which way is open instead."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

INSTEAD: Final = "没有改动任何内容。可以在这件的页面上用“更正”写明原因再改，前后都会留在“经过”里。"
WHY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nothing": "登录以后还没有做过可以撤销的事，或者上一步撤销不了。",
        "printed": "文书已经打印或者另存，可能已经在群众手里。",
        "sent": "这一步已经写进上报的交换包。",
        "later": "在这以后，这件又办过别的。",
        "day": "不是今天办的。",
        "order": "这一步连着县里的要求，县里要看到它。",
    }
)
"""By the code of `CannotUndo`."""


def cannot_text(why: str) -> str:
    """Why, and what to do instead.

    Raises:
        KeyError: there is no such reason.
    """
    return f"{WHY[why]}{INSTEAD}"
