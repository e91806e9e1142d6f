"""A whole office life through the actions its life-cycle allows, undoing and erasing among them: numbers, states, due dates and
replay always hold.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast
from uuid import UUID

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from db.models import CaseFile, IssuedNumber
from desk.clock import FixedClock
from desk.domain.numbering import parse
from desk.services import (
    case_views,
    cases,
    clock_doubts,
    erasing,
    intake,
    keeping,
    people,
    undoing,
)
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import consent, id_number, intake_values, make_office, person
from tests.services.deeds import answer

ITEMS = (
    "MZ-GL-01",
    "YB-MT-01",
    "DJ-ZZ-01",
    "DJ-ZZ-02",
    "DJ-LD-01",
    "ZH-ZM-01",
    "MZ-DB-01",
    "RS-JY-01",
    "BB-DB-01",
    "WJ-LN-01",
)
FINAL = ("void", "archived")
"""States nothing leads out of."""

BIRTHS = ("19400229", "19461125", "19560312", "19561123", "20000101")


class OfficeLife(RuleBasedStateMachine):
    """Cases come in, are moved by their own buttons, papers follow, days pass."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = make_office(Path(self.folder.name) / "office").office
        self.cases: list[UUID] = []
        self.numbers: list[str] = []
        self.ended: dict[UUID, str] = {}

    def teardown(self) -> None:
        report = check(self.office)
        self.office.close()
        self.folder.cleanup()
        assert report.findings == ()

    @property
    def clock(self) -> FixedClock:
        return cast("FixedClock", self.office.clock)

    @initialize()
    def an_empty_office_is_whole(self) -> None:
        assert check(self.office).findings == ()

    @rule(
        code=st.sampled_from(ITEMS),
        birth=st.sampled_from(BIRTHS),
        order=st.integers(1, 40),
        papers=st.integers(0, 12),
        choice=st.integers(0, 9),
    )
    def somebody_comes(self, code: str, birth: str, order: int, papers: int, choice: int) -> None:
        born = f"{birth[:4]}-{birth[4:6]}-{birth[6:]}"
        who = person(id_no=id_number(birth=birth, order=order), birth=born)
        values = intake_values(self.office, code, who=who)
        values = intake_values(self.office, code, who=who, handed_in=values.handed_in[:papers])
        view = intake.prepare(self.office, values=values)
        assert not view.problems, view.problems
        assert view.ends
        end = view.ends[choice % len(view.ends)]
        asks = {field.key: answer(field, self.office.today) for field in end.asks}
        done = intake.finish(self.office, values=values, end=end.key, asks=asks).value
        self.cases.append(done.case_id)
        self.numbers.append(done.number)

    @precondition(lambda self: self.cases)
    @rule(which=st.integers(0, 99), choice=st.integers(0, 9))
    def a_button_is_pressed(self, which: int, choice: int) -> None:
        case_id = self.cases[which % len(self.cases)]
        before = case_views.detail(self.office, case_id=case_id)
        if not before.actions:
            return
        action = before.actions[choice % len(before.actions)]
        asks: Mapping[str, object] = {f.key: answer(f, self.office.today) for f in action.asks}
        done = cases.act(
            self.office,
            case_id=case_id,
            version=before.version,
            action=action.key,
            asks=asks,
            approved_by=consent(self.office, action),
        ).value
        after = case_views.detail(self.office, case_id=case_id)
        assert after.version > before.version
        assert after.history[0].at == self.clock.moment.isoformat(timespec="seconds")
        if done.number:
            self.numbers.append(done.number)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.clock.advance(days=days)
        cases.tick(self.office)
        assert cases.tick(self.office).value == 0

    @precondition(lambda self: undoing.look(self.office).why == "")
    @rule()
    def the_last_step_is_undone(self) -> None:
        undoing.undo(self.office)
        self.ended.clear()
        assert undoing.look(self.office).why == "nothing"

    @rule()
    def years_pass_and_what_is_due_is_erased(self) -> None:
        self.clock.advance(days=800)
        clock_doubts.believe(self.office)
        cases.tick(self.office)
        due = tuple(one.id for one in keeping.view(self.office).due)
        if due:
            agreed = consent(self.office)
            erasing.erase(self.office, ids=due, basis="期限已满", approved_by=agreed)
        assert keeping.view(self.office).due == ()
        self.cases = [one for one in self.cases if one not in due]
        assert check(self.office).findings == ()

    @invariant()
    def numbers_are_gapless_and_never_used_twice(self) -> None:
        with reading(self.office) as connection:
            rows = connection.execute(select(IssuedNumber)).mappings().all()
        assert len({row["number"] for row in rows}) == len(rows)
        by_counter: dict[tuple[str, str], list[int]] = {}
        for row in rows:
            assert parse(row["number"]).serial == row["serial"]
            by_counter.setdefault((row["series"], row["day"]), []).append(row["serial"])
        for serials in by_counter.values():
            assert sorted(serials) == list(range(1, len(serials) + 1))
        assert {number for number in self.numbers if number} <= {row["number"] for row in rows}

    @invariant()
    def states_and_due_dates_are_lawful(self) -> None:
        with reading(self.office) as connection:
            rows = connection.execute(select(CaseFile)).mappings().all()
        for row in rows:
            workflow = self.office.catalog.workflows[row["workflow"]]
            state = workflow.states[row["state"]]
            assert state.phase == row["phase"]
            assert row["sj_number"] or row["sl_number"]
            if row["due_on"]:
                assert row["due_on"] > row["accepted_on"] >= row["opened_on"]
            if self.ended.get(row["id"]) in FINAL:
                assert self.ended[row["id"]] == row["state"]
            self.ended[row["id"]] = row["state"]

    @invariant()
    def people_are_kept_once(self) -> None:
        known = people.known(self.office, id_no=id_number(birth=BIRTHS[0], order=1))
        assert known is None or known.person.birth == "1940-02-29"


# Shrinking a failing life takes minutes; the steps printed are short enough to read as they are.
OfficeLife.TestCase.settings = settings(
    max_examples=10, stateful_step_count=20, deadline=None, phases=[Phase.generate]
)
TestOfficeLife = OfficeLife.TestCase
