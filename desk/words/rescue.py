"""What to say of a backup that is about to take the place of a file that does not open."""

from datetime import datetime, timedelta

WHOLE = "备份之后的记录全部补回了，一条不少"
NOT_COUNTED = "备份之后还没有补回的数目说不准，最多是这{span}里办的；请对照回执存根和纸质材料补登"
LOST = "还有 {count} 条记录读不出来，请对照回执存根和纸质材料补登"
NOTHING_BACK = "备份之后没有找到还能读出的记录"
BACK = "备份之后的记录补回了 {events:,} 条，涉及办件 {cases:,} 件"
WAITING = "另有 {count:,} 条先留着，收到县里的补发包后自动接上"
REFUSED = "这些上报包读不出来，没有用：{names}"
NEW_EPOCH = "恢复后编号另起一段，免得重号；新来的人马上可以受理，原来的件等收了县里的补发包再接着办"
ALONE = "恢复后编号另起一段，免得重号；原来的件马上可以接着办"
OTHER_KEY = "这是换数据密钥以前的备份：恢复后用那时的密码登录，那时的恢复密钥也能打开，登录后请马上再换一次数据密钥"
OTHER_KEYS = "有 {count} 份是换数据密钥以前的备份，现在的密码打不开。还记得那时的密码的，请让那个人登录再找；都不记得，先不要动数据文件夹，请联系县里的技术人员。"
KEPT = "现在这个文件不会删除，会移到旁边的文件夹里留着"


def span_text(span: timedelta) -> str:
    """A length of time as people say it: 25 分钟, 2.5 小时, 3 天."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return f" {minutes} 分钟"
    if minutes < 48 * 60:
        return f" {minutes / 60:.1f} 小时".replace(".0 ", " ")
    return f" {minutes // (24 * 60)} 天"


def made_text(made: datetime, now: datetime, cases: int) -> str:
    """When the backup was made and how many cases are in it."""
    ago = f"，{span_text(now - made).strip()}前" if made <= now else ""
    at = f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}"
    return f"备份做于 {at}{ago}，里面有办件 {cases:,} 件"


def missing_text(lost: int | None, span: timedelta) -> str:
    """What will be missing."""
    if lost is None:
        return NOT_COUNTED.format(span=span_text(span))
    return LOST.format(count=lost) if lost else WHOLE
