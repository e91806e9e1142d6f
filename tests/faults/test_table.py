"""The table of figures keeps the newest run of each row, in the order of the plan."""

from tests.faults import table
from tests.faults.figure import Figure
from tests.faults.rows import ROWS, Row


def nothing(rounds: int, _seed: int) -> Figure:
    return Figure(rounds)


def test_the_newest_run_of_a_row_stands_in_its_place(tmp_path):
    file = tmp_path / "README.md"
    file.write_text("\n".join(("head", table.BEGIN, *table.HEAD, table.END, "tail")))
    killed, full = Row(12, "pages", nothing, 1, 9), Row(2, "files", nothing, 1, 9)
    table.keep(killed, Figure(9, ("seed 4",)), "2026-11-23", 1, 3.2, file)
    table.keep(full, Figure(9), "2026-11-23", 1, 3.2, file)
    table.keep(killed, Figure(8, (), "8 seen"), "2026-11-24", 5, 3.2, file)
    lines = file.read_text().splitlines()
    assert lines[:2] == ["head", table.BEGIN]
    assert lines[4:] == [
        "| 2 | files | 9 | 9 | 0 |  | 3 | 1 | 2026-11-23 |",
        "| 12 | pages | 9 | 8 | 0 | 8 seen | 3 | 5 | 2026-11-24 |",
        table.END,
        "tail",
    ]


def test_a_run_from_the_next_seed_on_goes_on_with_the_last_one(tmp_path):
    file = tmp_path / "README.md"
    file.write_text("\n".join((table.BEGIN, *table.HEAD, table.END)))
    lives = Row(25, "days", nothing, 0, 20)
    runs = ((1000, Figure(8, ("seed 1003",), "30 served")), (1008, Figure(5, (), "9 served")))
    for seed, figure in runs:
        table.keep(lives, figure, "2026-11-23", seed, 3.2, file)
    assert file.read_text().splitlines()[3:] == [
        "| 25 | days | 20 | 13 | 1 | 30 served; 9 served | 6 | 1000 | 2026-11-23 |",
        table.END,
    ]
    table.keep(lives, Figure(2), "2026-11-24", 1014, 1.0, file)
    assert "| 25 | days | 20 | 2 | 0 |  | 1 | 1014 | 2026-11-24 |" in file.read_text()


def test_rows_of_one_number_have_titles_of_their_own():
    names = [(row.number, row.title) for row in ROWS]
    assert len(names) == len(set(names))
    assert all("|" not in row.title and 0 <= row.quick <= row.full for row in ROWS)
