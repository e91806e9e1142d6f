"""Words about printing: how papers are called, why one did not come out, what no font has."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from desk.words.errors import Words

MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "A5": "A5 纸",
        "A4": "A4 纸",
        "80mm": "80 毫米小票",
        "58mm": "58 毫米小票",
        "241": "241 连续纸",
        "241/2": "241 二等分",
        "241/3": "241 三等分",
    }
)
"""The media in the order they are offered."""
_TROUBLES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "找不到这台打印机，看看电源和连线",
        "stopped": "打印机停着，看看是不是缺纸、卡纸或脱机",
        "refused": "打印机没有接这份，看看它能不能打别的",
        "broken": "打到一半停了，看看是不是缺纸或卡纸",
        "closed": "程序关掉时还在打，先看看纸出来没有",
    }
)
_SHOWN = 8


def trouble(why: str) -> str:
    """Why a paper did not come out and what to look at, without a full stop."""
    return _TROUBLES.get(why, "打印机没有打出来")


def boxes(title: str, characters: Sequence[str]) -> Words:
    """The question before a paper is printed that has characters no font has."""
    told = "、".join(f"“{char}”（编码 {ord(char):04X}）" for char in characters[:_SHOWN])
    more = f"等 {len(characters)} 个字" if len(characters) > _SHOWN else ""
    return Words(
        f"有 {len(characters)} 个字打不出来",
        f"《{title}》里的{told}{more}，字库里没有，纸上会印成方框 □。"
        "可以照样打印，再用笔把字写上；也可以先不打印，回去核对这个字。",
    )
