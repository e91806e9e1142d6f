"""The chain of events looked at behind the first page: its end at every start, all of it once a week."""

from collections.abc import Callable

from desk.services import chain
from desk.services.chain import ChainReport
from desk.services.check import Finding
from ui.shell import Shell

Tell = Callable[[tuple[Finding, ...]], None]


def watch_chain(shell: Shell, tell: Tell) -> None:
    """Look at the end of the chain, then, where a week went by, at all of it; `tell` hears of faults alone.

    On the file pool, a slice at a time: no page waits for it, and closing the window stops it.
    """
    office = shell.office

    def kept(report: ChainReport) -> None:
        shell.write(chain.keep, report=report)
        if report.faults:
            tell(tuple(map(Finding, report.faults)))

    def whole() -> None:
        shell.operations.run(
            "files",
            shell.operations.call(chain.check_whole, {}, watched=True),
            cannot=shell.cannot,
            on_done=kept,
            latest="chain",
        )

    def begun(found: tuple[ChainReport, bool]) -> None:
        report, due = found
        if report.faults:
            tell(tuple(map(Finding, report.faults)))
        elif due:
            whole()

    shell.files(lambda: (chain.check_start(office), chain.is_due(office)), on_done=begun)
