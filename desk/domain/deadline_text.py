"""The words of the panel that explains a due date."""

from dataclasses import dataclass
from datetime import date

from desk.domain.deadlines import ESTIMATED, DayRange, DueDate, Limit, explain

_WEEKDAYS = "一二三四五六日"
_UNITS = {"working_day": "个工作日", "calendar_day": "个自然日", "month": "个月"}


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """One row of the panel; `counts` is False for rest and paused days (shown paler), `is_due` only for the last day."""

    days: str
    note: str
    counts: bool
    is_due: bool


def limit_text(limit: Limit) -> str:
    """`15 个工作日`, `30 个自然日`, `3 个月`, or 即办 for none."""
    return f"{limit.n} {_UNITS[limit.unit]}" if limit.n else "即办"


def day_text(day: date, year: int) -> str:
    """`12 月 14 日（周一）`, with its year when that is not `year`."""
    other_year = f"{day.year} 年 " if day.year != year else ""
    return f"{other_year}{day.month} 月 {day.day} 日（周{_WEEKDAYS[day.weekday()]}）"


def sentence(due: DueDate, kind: str, event: str) -> str:
    """How the date came about: `kind` is 承诺 or 法定, `event` what started the count, such as 街道受理."""
    year = due.start.year
    gap = " " if due.limit.n else ""
    begun = f"{kind}{gap}{limit_text(due.limit)}，{day_text(due.start, year)}{event}"
    if due.on is None:
        return f"{begun}，当日不计，正在{due.days[-1].note}。恢复后再定到期日。"
    if due.limit.n == 0:
        return f"{begun}，当日到期。"
    expected = "预计 " if due.provisional else ""
    return f"{begun}，当日不计，{expected}{day_text(due.on, year)}到期。"


def basis(due: DueDate) -> str:
    """What the count rests on: the holiday notices, make-up workdays, shift of the last day, pauses."""
    rule = _working_basis(due) if due.limit.unit == "working_day" else _calendar_basis(due)
    return f"依据：{rule}。{_missing_years(due)}{_pauses(due)}"


def _estimated_years(due: DueDate) -> list[int]:
    return sorted({d.day.year for d in due.days if d.note == ESTIMATED})


def _working_basis(due: DueDate) -> str:
    known = sorted({d.day.year for d in due.days} - set(_estimated_years(due)))
    if not known:
        return "双休日"
    notices = f"{'、'.join(map(str, known))} 年放假安排（国务院办公厅）"
    made_up = [f"{d.day:%m-%d}" for d in due.days if d.kind == "makeup"]
    return f"{notices}，{'、'.join(made_up)} 调休上班" if made_up else f"{notices}，无调休日"


def _calendar_basis(due: DueDate) -> str:
    rule = "自然日连续计算"
    if due.on is None or due.limit.n == 0:
        return rule
    if due.days[-1].kind != "shifted":
        return f"{rule}，最后一天是工作日，不顺延"
    last = max(due.days, key=lambda d: d.number)
    return f"{rule}，最后一天 {last.day:%m-%d} 是{last.note}，顺延到休息日后的第一个工作日"


def _missing_years(due: DueDate) -> str:
    years = "、".join(map(str, _estimated_years(due)))
    return f"{years} 年放假安排还没有导入，按双休日估算，到期日可能变动。" if years else ""


def _pauses(due: DueDate) -> str:
    paused = [d for d in due.days if d.kind == "paused"]
    if not paused:
        return "没有暂停。"
    reasons = "、".join(dict.fromkeys(d.note.partition("：")[2] for d in paused))
    if due.on is None:
        return f"正在暂停（{reasons}）。"
    return f"暂停 {len(paused)} 天（{reasons}）。"


def rows(due: DueDate) -> tuple[ExplainedRow, ...]:
    """The panel's rows, the due day last (none is marked while paused)."""
    ranges = explain(due)
    return tuple(
        ExplainedRow(
            _days(r, due) + (" 起" if r.last == due.days[-1].day and due.on is None else ""),
            _note(r),
            r.first_number > 0 or r.last == due.on,
            r.last == due.on,
        )
        for r in ranges
    )


def _days(r: DayRange, due: DueDate) -> str:
    first, last = (
        f"{d:%m-%d}" if d.year == due.start.year else f"{d.year}-{d:%m-%d}"
        for d in (r.first, r.last)
    )
    length = (r.last - r.first).days + 1
    if length == 1:
        return first
    return f"{first}、{last}" if length == 2 else f"{first} 至 {last}"


def _note(r: DayRange) -> str:
    note = "估算" if r.note == ESTIMATED else r.note
    if r.kind == "shifted":
        return note if note == "顺延到此日" else f"顺延（{note}）"
    if not r.first_number:
        return note
    same = r.first_number == r.last_number
    numbers = f"{r.first_number}" if same else f"{r.first_number}–{r.last_number}"
    return f"第 {numbers} 天（{note}）" if note else f"第 {numbers} 天"
