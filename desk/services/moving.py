"""换电脑: the steps of a planned move to another computer, each with what the program can know of it."""

from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import func, select

from db.models import PackageOut
from desk.services import backup, backup_care, settings, sync
from desk.services.office import Office
from desk.services.operation import reading

Standing = Literal["done", "open", "unknown"]
ANSWERED: Final = ("acked", "replaced")


@dataclass(frozen=True, slots=True)
class MoveStep:
    """One step, how it stands (`unknown`: only people can tell), and why the program says so."""

    text: str
    standing: Standing
    why: str


def steps(office: Office) -> tuple[MoveStep, ...]:
    """All steps in their order; what is done on the old computer counts as done on the one that was restored from it.

    Raises:
        NotGranted: he may not see cases.
    """
    moved = office.epoch > 1
    return (
        _told(office, moved),
        _copied(office, moved),
        MoveStep(
            "新电脑装同一版本，第一次打开时选“从备份恢复”",
            "done" if moved else "unknown",
            "这台就是恢复过来的" if moved else "到新电脑上做",
        ),
        MoveStep(
            "在新电脑上登录，核对件数和最后几件",
            "unknown",
            "请和旧电脑的日结单对一对" if moved else "到新电脑上做",
        ),
        _confirmed(office, moved),
        MoveStep(
            "旧电脑的数据文件夹整个拷出来，封好保管，不再打开",
            "unknown",
            "程序看不到，放好了请记在交接本上",
        ),
    )


def _told(office: Office, moved: bool) -> MoveStep:
    text = "旧电脑上报，并读回县里的回执"
    with reading(office) as connection:
        waiting = connection.execute(
            select(func.count())
            .select_from(PackageOut)
            .where(PackageOut.state.not_in(ANSWERED), PackageOut.epoch == office.epoch)
        ).scalar_one()
    unsent = sync.unsent(office).cases
    if moved:
        return MoveStep(text, "done", "已在旧电脑上做过")
    if unsent:
        return MoveStep(text, "open", f"还有 {unsent} 件没有上报")
    if waiting:
        return MoveStep(text, "open", f"还有 {waiting} 个包没有读回回执")
    return MoveStep(text, "done", "没有等着的")


def _copied(office: Office, moved: bool) -> MoveStep:
    text = "现在备份，并复制到 U 盘"
    if moved:
        return MoveStep(text, "done", "已在旧电脑上做过")
    told = settings.get(office, backup_care.COPIED)
    if told is None:
        return MoveStep(text, "open", "还没有复制过")
    if backup.due(office, closing_time=True):
        return MoveStep(text, "open", "复制以后又办了，请再复制一次")
    return MoveStep(text, "done", f"{told['at'][5:16].replace('T', ' ')} 复制到 {told['where']}")


def _confirmed(office: Office, moved: bool) -> MoveStep:
    text = "县里确认停用旧电脑，补发记录读回来"
    if not moved:
        return MoveStep(text, "unknown", "新电脑第一次上报时县里会看到")
    if office.waits:
        return MoveStep(text, "open", "县里的补发记录还没有读回来，请到“同步”页")
    return MoveStep(text, "done", "补发的记录已经读回来")
