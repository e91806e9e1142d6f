"""`python -m tests.faults [--full] [--only NO] [--seed N] [--rounds N]`: the fault plan, row by row."""

import argparse
import sys
import time
from datetime import UTC, datetime

from tests.faults import table
from tests.faults.figure import Figure
from tests.faults.rows import ROWS, Row


def main(argv: list[str]) -> int:
    """0 when every row that was run held."""
    options = parsed(argv)
    wanted = [row for row in ROWS if options.only in (None, row.number)]
    chosen = [row for row in wanted if options.full or options.rounds or row.quick]
    held = [tried(row, options) for row in sorted(chosen, key=lambda row: row.number)]
    return 0 if held and all(held) else 1


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--full", action="store_true", help="all rounds; figures go to README.md")
    parser.add_argument("--only", type=int, metavar="NO", help="one row of the plan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, help="as many instead of those of the plan")
    return parser.parse_args(argv)


def tried(row: Row, options: argparse.Namespace) -> bool:
    """Run one row and tell it in a line; whether it held."""
    rounds = options.rounds or (row.full if options.full else row.quick)
    print(f"{row.number:2} {row.title}: {rounds} …", flush=True)
    began = time.monotonic()
    figure = row.run(rounds, options.seed)
    seconds = time.monotonic() - began
    for failure in figure.failures[:20]:
        print(f"     {failure}")
    print(f"   {line_of(figure, seconds)}", flush=True)
    if options.full:
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        table.keep(row, figure, day, options.seed, seconds)
    return not figure.failures


def line_of(figure: Figure, seconds: float) -> str:
    verdict = f"FAIL {len(figure.failures)} of" if figure.failures else "PASS"
    return f"{verdict} {figure.rounds}, {seconds:.0f} s. {figure.said}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
