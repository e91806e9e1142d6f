"""`bianmin check DIR`: look at everything and say what was found."""

import argparse

from desk.console.opening import open_folder
from desk.services.check import check


def run(options: argparse.Namespace) -> int:
    """0 when all is well, 1 when something was found."""
    office = open_folder(options, options.folder)
    try:
        report = check(office)
    finally:
        office.close()
    for finding in report.findings:
        print(f"不对：{finding.text}")
    verdict = "完好" if not report.findings else f"有 {len(report.findings)} 处不对"
    print(f"经过记录 {report.events} 条，按记录重算出 {report.rows} 行并逐行比对：{verdict}。")
    return 1 if report.findings else 0
