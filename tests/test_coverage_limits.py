"""`start.py coverage` fails where the tests come to too little, and says where.

A small project stands in for the program, under the settings and limits of the real one.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import start
from tests.coverage_limits import judged

TWO_WAYS = """
def chosen(age):
    if age >= 80:
        return "50.00"
    return ""
"""
IN_A_CHILD = """
import subprocess, sys
from {module} import chosen

def test_one_way():
    assert chosen(80)
    for age in {ages}:
        assert not subprocess.check_output([sys.executable, "-c", "from {module} import chosen; print(end=chosen(" + age + "))"])
"""
ROOMS = ("desk/domain/rule.py", "desk/keyring/slot.py", "ui/page.py")


COVERAGE = """
import os, pathlib, sys, start
start.VENV = pathlib.Path(sys.prefix)
sys.exit(start.run_checks(start.coverage(), dict(os.environ)))
"""


@pytest.fixture
def project(tmp_path):
    """Three rooms, each with a file that may go two ways."""
    for name in (*ROOMS, "db/engine.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(TWO_WAYS if name in ROOMS else "")
        # Packages, or the program's own would be found before them where it is installed.
        for above in path.relative_to(tmp_path).parents[:-1]:
            (tmp_path / above / "__init__.py").touch()
    (tmp_path / "tests").mkdir()
    for name in ("start.py", "pyproject.toml", "tests/coverage_limits.py"):
        shutil.copy(start.ROOT / name, tmp_path / name)
    return tmp_path


def outcome(project: Path, *, ages: list[str]) -> tuple[int, str]:
    """The exit code and what was said when the tests take these ways, too, in processes of their own."""
    for name in ROOMS:
        module = name.removesuffix(".py").replace("/", ".")
        test = project / "tests" / f"test_{module.replace('.', '_')}.py"
        test.write_text(IN_A_CHILD.format(module=module, ages=ages))
    ours = ("COV", "PYTEST")
    answer = subprocess.run(
        [sys.executable, "-c", COVERAGE],
        cwd=project,
        env={name: word for name, word in os.environ.items() if not name.startswith(ours)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return answer.returncode, answer.stdout


def test_a_way_nobody_takes_is_named_and_fails(project):
    code, said = outcome(project, ages=[])
    assert code == 1
    assert dict(re.findall(r"^desk/domain/rule\.py .* (\d+\.\d)% +(\S+)$", said, re.M)) == {
        "66.7": "5"
    }
    for name in ROOMS[1:]:
        assert re.search(rf"^{re.escape(name)} .* 66\.7% +5$", said, re.M)
    assert "desk/keyring/slot.py guards data: 66.7 % is less than 90 %" in said
    assert ended(said) == {"tests": "PASS", "rules": "FAIL", "rest": "FAIL", "limits": "FAIL"}


def test_ways_taken_in_other_processes_count(project):
    code, said = outcome(project, ages=["70"])
    assert (code, set(ended(said).values())) == (0, {"PASS"})
    assert "the rules: 4 of 4 statements, 2 of 2 branches; together 100.00 %" in said


def ended(said: str) -> dict[str, str]:
    return {name: word for word, name in re.findall(r"^(PASS|FAIL)  (\w+)", said, re.M)}


def counted(lines: int, branches: int) -> dict[str, int]:
    """A file of a hundred statements and fifty branches of which so many were met."""
    return {
        "num_statements": 100,
        "covered_lines": lines,
        "num_branches": 50,
        "covered_branches": branches,
    }


WELL = {"desk/domain/rule.py": counted(100, 50), "ui/page.py": counted(96, 46)}


@pytest.mark.parametrize(
    ("files", "holds"),
    [
        (WELL, True),
        (WELL | {"desk/domain/rule.py": counted(100, 49)}, False),
        (WELL | {"ui/page.py": counted(88, 46)}, False),
        (WELL | {"ui/page.py": counted(100, 44)}, False),
        (WELL | {"desk/services/today.py": counted(90, 44)}, True),
        (WELL | {"desk/services/restore.py": counted(90, 44)}, False),
        (WELL | {"db/engine.py": counted(90, 45)}, True),
    ],
    ids=[
        "well",
        "a rule",
        "the rest",
        "branches alone",
        "some file",
        "what guards data",
        "just enough",
    ],
)
def test_branches_and_what_guards_data_count_by_themselves(files, holds, capsys):
    assert judged(files) is holds
    assert ("guards data" in capsys.readouterr().out) is ("desk/services/restore.py" in files)
