"""The stretches of days a list can be narrowed to."""

from datetime import date, timedelta

STRETCHES = (
    ("", "全部时间"),
    ("day", "今天"),
    ("week", "本周"),
    ("month", "本月"),
    ("year", "今年"),
    ("own", "自选"),
)


def first_and_last(stretch: str, today: date) -> tuple[str, str]:
    """First and last day (ISO) of a stretch around `today`; both '' for all and for 自选."""
    match stretch:
        case "day":
            return today.isoformat(), today.isoformat()
        case "week":
            monday = today - timedelta(days=today.weekday())
            return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
        case "month":
            next_month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
            last = next_month - timedelta(days=1)
            return today.replace(day=1).isoformat(), last.isoformat()
        case "year":
            return f"{today.year}-01-01", f"{today.year}-12-31"
        case _:
            return "", ""
