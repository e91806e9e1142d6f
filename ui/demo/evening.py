"""The window is closed, and the data folder is looked through."""

from desk.services import sign_in
from desk.services.check import check
from ui.demo.morning import Morning


class NotWhole(Exception):
    """The check found something."""


def everything_is_checked(morning: Morning) -> None:
    """As `bianmin check` does.

    Raises:
        NotWhole: naming what was found.
    """
    morning.close_program()
    (who,) = sign_in.operators(morning.paths)
    office = sign_in.sign_in(
        morning.paths, operator_id=who.id, password=morning.password, clock=morning.clock
    )
    try:
        report = check(office)
    finally:
        office.close()
    if report.findings:
        raise NotWhole("；".join(one.text for one in report.findings))
    print(f"　经过记录 {report.events} 条，按记录重算出 {report.rows} 行并逐行比对：完好。")
