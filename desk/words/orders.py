"""What to say of the county's orders: what was asked, and what the desk made of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Tone = Literal["plain", "action", "good", "soon", "late"]

KIND_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "move": "办理",
        "edit": "改字段",
        "request": "请更正",
        "decide": "定冲突",
        "erase": "到期删除",
        "number": "定编号",
    }
)
_STATES: Mapping[str, tuple[str, Tone]] = MappingProxyType(
    {
        "given": ("未下发", "plain"),
        "sent": ("已下发", "action"),
        "taken": ("已照办", "good"),
        "merged": ("已照办，软冲突", "soon"),
        "conflict": ("有冲突", "late"),
        "late": ("晚到，没有办", "soon"),
        "impossible": ("办不了", "late"),
        "asked": ("等社区答复", "action"),
        "done": ("社区已更正", "good"),
        "declined": ("社区核对过，不改", "soon"),
        "told": ("已告知社区", "good"),
        "erased": ("社区已删除", "good"),
        "kept_on": ("社区说明了，先不删", "soon"),
    }
)
_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "taken": "县里（{by}）{what}，已照办。",
        "merged": "县里（{by}）{what}，已照办；本机同时改过别的字段，两边的都留着（软冲突），请核对。",
        "conflict": "县里（{by}）{what}，和本机改的不一样，请在“同步”里选一个。",
        "late": "县里（{by}）{what}，到得晚，这件已经往前办了，没有改动。",
        "impossible": "县里（{by}）{what}，现在办不了：{why}",
        "told": "县里（{by}）：{what}。",
        "asked": "县里（{by}）{what}，请看过后更正或答复。",
    }
)
CHOICES: Mapping[str, str] = MappingProxyType(
    {"": "还没有定", "desk": "留本机的", "county": "采用县里的", "newer": "后来又改过，不用再定"}
)
RULINGS: Mapping[str, str] = MappingProxyType({"desk": "留社区的", "county": "采用县里的"})
"""What the county decided, said at the county."""
UNKNOWN_CASE = "县里有一条通知，要办的件本机没有，先没有收。请联系县里，把本机的数据补发回来。"
WAITS_FOR_NUMBERS = (
    "县里有一条通知要取编号，本窗口今天的编号用完了，先没有收。明天再接收一次，U 盘上的通知不要删。"
)
TAKEN_BEFORE = "这份县里的通知以前收过，不用再处理。"
SITE_OWNED = "“{label}”归社区填写，县里只能请社区更正"
ERASE_ASKED = "要求按保管期限删除这件"
NOT_CLOSED = "还没有办结的不能删除"
HELD = "这件依法保留着，请先看“到期删除”里的说明。"
ERASED_BEFORE = "这件已经按保管期限删除了，没有别的内容可改。"
DECIDED_BEFORE = "这处冲突已经定过了。"


def state_words(state: str) -> tuple[str, Tone]:
    """What stands for an order's state in a list, and its tone: given and sent, or an outcome of the desk.

    Raises:
        KeyError: there is no such state.
    """
    return _STATES[state]


def order_sentence(outcome: str, *, by: str, what: str, why: str = "") -> str:
    """What became of an order, said where it was taken.

    Raises:
        KeyError: nothing is said of this outcome.
    """
    return _SENTENCES[outcome].format(by=by, what=what, why=why)


def number_words(number: str, *, keeps: bool) -> str:
    """Whose a number is that two cases bear, and what is to be done about the other."""
    if keeps:
        return f"编号 {number} 两件都用了，定给这一件，不用改"
    return f"编号 {number} 两件都用了，定给另一件；请收回这一件的回执，作废后重新收件取号"


def moved_words(label: str) -> str:
    """An order to move a case."""
    return f"要求“{label}”"


def edited_words(values: Mapping[str, str]) -> str:
    """An order to write fields: by label what is to stand there ('' empties it)."""
    return "要求把" + "、".join(
        f"{label}改成“{value}”" if value else f"{label}清空" for label, value in values.items()
    )


def asked_words(label: str) -> str:
    """A request to correct a field that is the desk's own."""
    return f"请社区更正“{label}”"


def decided_words(label: str, choice: str) -> str:
    """An order that decides a conflict."""
    return f"定“{label}”的冲突：{'采用县里的' if choice == 'county' else '留社区的'}"
