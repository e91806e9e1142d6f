"""The table of figures in README.md, between two marks: a line for each row of the plan, the newest run of it.

A run whose seeds begin where those of the last one ended goes on with it: a row of hours can be run in pieces.
"""

from pathlib import Path

from tests.faults.figure import Figure
from tests.faults.rows import Row

README = Path(__file__).with_name("README.md")
NO_END = 1_000_000
"""A row that wants so many rounds wants all there are."""
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
HEAD = (
    "| no. | what must hold | wanted | run | failed | counted | seconds | seed | day (UTC) |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


def keep(
    row: Row, figure: Figure, day: str, seed: int, seconds: float, file: Path = README
) -> None:
    """Put the row's figures into the table, in place of what an earlier run left there or, where this one goes on with it, added."""
    before, rest = file.read_text(encoding="utf-8").split(BEGIN, 1)
    inside, after = rest.split(END, 1)
    start = f"| {row.number} | {row.title} |"
    lines = inside.strip().splitlines()[len(HEAD) :]
    kept = next((one for one in lines if one.startswith(start)), "")
    wanted = "all" if row.full >= NO_END else row.full
    cells = (wanted, *_with_earlier(row, kept, figure, seed, seconds), day)
    lines = [one for one in lines if one != kept]
    lines.append(f"{start} {' | '.join(map(str, cells))} |")
    lines.sort(key=_order)
    told = "\n".join((BEGIN, *HEAD, *lines, END))
    file.write_text(before + told + after, encoding="utf-8")


def _with_earlier(
    row: Row, kept: str, figure: Figure, seed: int, seconds: float
) -> tuple[int, int, str, str, int]:
    """Rounds, failures, what was counted, seconds and first seed, those of the run this one goes on with among them."""
    alone = (figure.rounds, len(figure.failures), figure.said, f"{seconds:.0f}", seed)
    if row.split != "seeds" or not kept:
        return alone
    *_, run, failed, said, spent, first, _day = (one.strip() for one in kept.strip("|").split("|"))
    if int(first) + int(run) != seed:
        return alone
    both = Figure(int(run), (), said) + figure
    # A person may have written behind it what became of them.
    failures = int(failed.split()[0]) + len(figure.failures)
    return (both.rounds, failures, both.said, f"{int(spent) + seconds:.0f}", int(first))


def _order(line: str) -> tuple[int, str]:
    _, number, title, *_ = line.split("|")
    return int(number), title
