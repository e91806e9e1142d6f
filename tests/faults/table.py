"""The table of figures in README.md, between two marks: a line for each row of the plan, the newest run of it."""

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
    """Put the row's figures into the table in place of what an earlier run left there."""
    before, rest = file.read_text(encoding="utf-8").split(BEGIN, 1)
    inside, after = rest.split(END, 1)
    start = f"| {row.number} | {row.title} |"
    lines = [one for one in inside.strip().splitlines()[len(HEAD) :] if not one.startswith(start)]
    cells = (
        "all" if row.full >= NO_END else row.full,
        figure.rounds,
        len(figure.failures),
        figure.said,
        f"{seconds:.0f}",
        seed,
        day,
    )
    lines.append(f"{start} {' | '.join(map(str, cells))} |")
    lines.sort(key=_order)
    told = "\n".join((BEGIN, *HEAD, *lines, END))
    file.write_text(before + told + after, encoding="utf-8")


def _order(line: str) -> tuple[int, str]:
    _, number, title, *_ = line.split("|")
    return int(number), title
