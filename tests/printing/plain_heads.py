"""What the samples of plain papers share: the shape of one, heads, days and awkward names."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desk.domain.numbering import Number, parse
from desk.domain.plain_papers import PlainHead
from tests.printing.samples import AT, HALL, LIU, SL, signed_code

Rows = tuple[Mapping[str, str], ...]
ADDRESS = "池阳街道东关路与南环路十字向东二百米路北翠湖花园小区三期十八号楼二单元二十三层二三零二室（原机械厂家属院北门旁边红色铁门进）"
LONG_NAME = "阿卜杜热西提·麦麦提吐尔逊·阿布都克里木"
HEAD = PlainHead(HALL, AT, clerk="王敏", window="2", issuer="池阳社区居民委员会")
CASE = replace(HEAD, number=SL.full, compact=SL.compact, issuer="", copy_label="第二联　申请人留存")
DAY, LATER = "2026 年 11 月 23 日", "2026 年 12 月 14 日"


@dataclass(frozen=True, slots=True)
class Plain:
    """One paper: its kind and what fills it."""

    kind: str
    head: PlainHead
    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)


def numbered(head: PlainHead, series: str, serial: int) -> PlainHead:
    """The head with a number of that series in both spellings."""
    number = Number(series, "610422001001", 2, AT.date(), serial)
    return replace(head, number=number.full, compact=number.compact, issuer="")


def signed(kind: str, head: PlainHead) -> PlainHead:
    """The head with the code a desk with this key would seal; as it is without a number."""
    if not head.compact:
        return head
    return replace(head, code=signed_code(kind, parse(head.compact), "", None, LIU.name))
