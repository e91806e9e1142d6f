"""Drafts: what was typed is there again, even when the program died the moment after."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import drafts, sign_in
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import AgentValues, IntakeValues
from tests.architecture.tree import ROOT
from tests.builders import (
    MONDAY,
    PASSWORD,
    id_number,
    intake_values,
    make_office,
    person,
    rules,
    take_in,
)
from tests.services import deeds

DIES = """
import os, signal, sys
from pathlib import Path
from desk.services import drafts
from tests.builders import intake_values, make_office, take_in

made = make_office(Path(sys.argv[1]))
done = take_in(made.office)
saved = drafts.save(made.office, draft_id=None, values=intake_values(made.office, "YB-MT-01")).value
print(made.operator_id.hex, done.number, saved, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_draft_gives_back_what_was_typed(office: Office) -> None:
    """Every field, half-typed ones too."""
    agent = AgentValues("刘建国", id_number(birth="19800101", order=41), "139", "20")
    values = intake_values(office, "MZ-GL-01", agent=agent, remark="等\n女儿", privacy_told=False)
    values = replace(values, person=replace(values.person, birth="1956-0"))
    saved = drafts.save(office, draft_id=None, values=values)
    assert saved.changes.drafts
    (left,) = drafts.left_behind(office)
    assert (left.id, left.label) == (saved.value, "刘桂兰 · 高龄补贴申请")
    assert left.values == values


def test_saving_again_keeps_one_draft(office: Office, clock: FixedClock) -> None:
    """Under the same id, newer."""
    first = drafts.save(office, draft_id=None, values=intake_values(office, "MZ-GL-01")).value
    clock.advance(seconds=2)
    newer = intake_values(office, "MZ-GL-03", who=person("李伟"))
    assert drafts.save(office, draft_id=first, values=newer).value == first
    (left,) = drafts.left_behind(office)
    assert (left.label, left.saved_at[11:19]) == ("李伟 · 高龄补贴停发", "09:00:02")


def test_a_draft_that_was_dropped_meanwhile_is_made_anew(office: Office) -> None:
    """What is typed is never lost for want of a row."""
    gone = drafts.save(office, draft_id=None, values=IntakeValues()).value
    drafts.drop(office, draft_id=gone)
    assert drafts.left_behind(office) == ()
    drafts.save(office, draft_id=gone, values=intake_values(office, "MZ-GL-01"))
    assert len(drafts.left_behind(office)) == 1


def test_an_empty_draft_is_a_draft(office: Office) -> None:
    """No item yet, no name yet."""
    drafts.save(office, draft_id=None, values=IntakeValues())
    (left,) = drafts.left_behind(office)
    assert (left.label, left.values) == ("", IntakeValues())


def test_drafts_are_no_part_of_the_record(office: Office) -> None:
    """No event, no person, no number; the newest first."""
    before = deeds.everything(office)
    for name in ("甲", "乙"):
        drafts.save(office, draft_id=None, values=intake_values(office, "MZ-GL-01", person(name)))
    assert deeds.everything(office) == before
    assert check(office).findings == ()


def test_a_draft_outlives_a_killed_program(tmp_path: Path) -> None:
    """Power gone right after saving: draft, case and number are there, and the next number follows."""
    folder = tmp_path / "office"
    died = subprocess.run(
        [sys.executable, "-c", DIES, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    operator, number, saved = died.stdout.split()
    office = sign_in.sign_in(
        OfficePaths(folder),
        operator_id=operator,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
    )
    (left,) = drafts.left_behind(office)
    assert left.id == int(saved)
    assert left.values == intake_values(office, "YB-MT-01")
    assert take_in(office).number[:-2] == number[:-2].replace("-0001", "-0002")
    assert check(office).findings == ()
    office.close()


def test_another_seat_does_not_see_them(tmp_path: Path) -> None:
    """Drafts belong to the window they were typed at."""
    office = make_office(tmp_path / "office").office
    drafts.save(office, draft_id=None, values=IntakeValues())
    office.seat = 3
    assert drafts.left_behind(office) == ()
    office.close()
