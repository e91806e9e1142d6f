"""`python -m tests.faults [--full] [--only NO ...] [--seed N] [--rounds N] [--jobs N]`: the fault plan, row by row."""

import argparse
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from functools import reduce
from itertools import pairwise
from operator import add

from tests.faults import table
from tests.faults.figure import Figure
from tests.faults.parts import Part, Ran, prepared, ran
from tests.faults.rows import ROWS, Row


def main(argv: list[str]) -> int:
    """0 when every row that was run held."""
    options = parsed(argv)
    chosen = [
        place
        for place, row in enumerate(ROWS)
        if (options.only is None or row.number in options.only)
        and (options.full or options.rounds or row.quick)
    ]
    # Processes of their own, begun anew: a fork would take the threads of this one along.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, mp_context=fresh, initializer=prepared) as pool:
        waiting = [
            (place, [pool.submit(ran, part) for part in parts(place, options)]) for place in chosen
        ]
        held = [told(ROWS[place], futures, options) for place, futures in waiting]
    return 0 if held and all(held) else 1


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--full", action="store_true", help="all rounds; figures go to README.md")
    parser.add_argument("--only", type=int, nargs="+", metavar="NO", help="these rows of the plan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, help="as many instead of those of the plan")
    parser.add_argument("--jobs", type=int, default=1, help="as many processes at once")
    return parser.parse_args(argv)


def parts(place: int, options: argparse.Namespace) -> Iterator[Part]:
    """The row in as many parts as there are processes; rounds of a part begin at its own seed, and no two parts share one."""
    row, jobs = ROWS[place], options.jobs
    rounds = options.rounds or (row.full if options.full else row.quick)
    if row.split == "share":
        yield from (Part(place, rounds, options.seed, (one, jobs)) for one in range(jobs))
        return
    count = min(jobs, rounds) if row.split == "seeds" else 1
    bounds = [rounds * one // count for one in range(count + 1)]
    for first, end in pairwise(bounds):
        yield Part(place, end - first, options.seed + first)


def told(row: Row, futures: list[Future[Ran]], options: argparse.Namespace) -> bool:
    """Wait for the row's parts and tell it in a line; whether it held."""
    figures, spent = zip(*(future.result() for future in futures), strict=True)
    figure, seconds = reduce(add, figures), sum(spent)
    print(f"{row.number:2} {row.title}:", flush=True)
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
