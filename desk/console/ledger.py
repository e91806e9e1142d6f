"""`bianmin export-ledger FILE`: the ledger of cases without a window."""

import argparse
import sys

from desk.console.opening import NotDone, open_folder
from desk.services import ledger
from desk.services.views import CaseFilter


def run(options: argparse.Namespace) -> int:
    """Write the ledger and say how many rows it has."""
    if options.file.is_dir() or not options.file.absolute().parent.is_dir():
        raise NotDone(f"台账写不到 {options.file}：要写一个文件名，它的文件夹要先建好。")
    office = open_folder(options, options.data)
    try:
        rows = ledger.export(
            office,
            wanted=CaseFilter(group=options.group),
            path=options.file,
            kind=options.kind,
            progress=_tell,
            cancelled=lambda: False,
        )
    finally:
        office.close()
    print(f"已导出 {rows} 件：{options.file}")
    return 0


def _tell(done: int, total: int, what: str) -> None:
    print(f"{what} {done}/{total}", file=sys.stderr)
