"""A clerk's morning, one line a deed."""

from datetime import date

from desk.clock import FixedClock
from desk.services import case_views, cases, documents, intake, people, search, today
from desk.services.office import Office
from desk.services.views import AgentValues, CaseFilter
from tests.builders import all_papers, id_number, intake_values, person, take_in


def act(office: Office, case_id: object, action: str, **asks: object) -> str:
    """Press a button of the case's page; gives the state it then shows."""
    detail = case_views.detail(office, case_id=case_id)  # type: ignore[arg-type]
    done = cases.act(
        office, case_id=detail.row.id, version=detail.version, action=action, asks=asks
    )
    return case_views.detail(office, case_id=done.value.case_id).row.state_label


def test_an_old_woman_applies_for_her_allowance(office: Office) -> None:
    """Papers complete, the street accepts: a receipt of papers today, the acceptance when the street says so."""
    view = intake.prepare(office, values=intake_values(office, "MZ-GL-01"))
    assert view.assessment.verdict == "yes"
    assert view.assessment.amount == "50"
    assert view.ends[0].key == "receive"
    taken = take_in(office, "MZ-GL-01", "receive")
    assert taken.number.startswith("SJ-610422001001-02-20261123-0001-")
    assert taken.document is not None
    assert documents.pdf(office, document_id=taken.document).startswith(b"%PDF")
    detail = case_views.detail(office, case_id=taken.case_id)
    assert detail.row.state_label == "已收件"
    assert detail.row.id_masked == "6104**********" + id_number()[-4:]
    assert act(office, taken.case_id, "confirm_accepted", accepted_on="2026-11-23") == "已受理"
    detail = case_views.detail(office, case_id=taken.case_id)
    assert detail.row.due_on == "2026-12-14"
    assert [number[:2] for number in detail.numbers] == ["SJ", "SL"]


def test_a_paper_is_missing_and_is_brought_later(office: Office) -> None:
    """The one-time notice names what is missing; the case goes on when it comes."""
    item = office.catalog.item("YB-MT-01")
    papers = tuple(p for p in all_papers(item) if "diagnosis" not in p.key)
    values = intake_values(office, "YB-MT-01", handed_in=papers)
    view = intake.prepare(office, values=values)
    assert view.missing
    assert view.ends[0].key == "notify"
    told = intake.finish(office, values=values, end="notify", asks={}).value
    assert case_views.detail(office, case_id=told.case_id).row.state_label == "待补正"
    detail = case_views.detail(office, case_id=told.case_id)
    missing = tuple(p for p in all_papers(item) if p.name in view.missing)
    cases.bring_materials(office, case_id=told.case_id, version=detail.version, handed_in=missing)
    assert act(office, told.case_id, "supplement_in") == "已收件"


def test_an_instant_matter_is_concluded_on_the_spot(office: Office) -> None:
    """即办: number, conclusion and paper in one go."""
    code = next(
        i.code for i in office.catalog.items.values() if i.instant and i.person_block == "full"
    )
    done = take_in(
        office, code, "conclude_now", who=person("陈刚", id_no=id_number(birth="19600101"))
    )
    detail = case_views.detail(office, case_id=done.case_id)
    assert done.number.startswith("SL-")
    assert detail.row.state_label == "已办结"


def test_a_woman_too_young_is_told_from_which_day(office: Office, clock: FixedClock) -> None:
    """Sixty-nine: not yet, and the day is named."""
    young = person("冯玉珍", id_no=id_number(birth="19570101"), birth="1957-01-01")
    view = intake.prepare(office, values=intake_values(office, "MZ-GL-01", who=young))
    assert view.assessment.verdict == "later"
    assert view.assessment.from_day == date(2027, 1, 1)


def test_the_son_comes_for_his_father(office: Office) -> None:
    """A helper is on record, and his papers are asked for."""
    agent = AgentValues("刘建国", id_number(birth="19800101", order=41), "13900001234", "20")
    values = intake_values(office, "MZ-GL-01", agent=agent)
    done = intake.finish(office, values=values, end="receive", asks={}).value
    parties = {
        line.label: line.value for line in case_views.detail(office, case_id=done.case_id).parties
    }
    assert parties["代办人"].startswith("刘建国")


def test_what_was_given_last_time_need_not_be_brought_again(
    office: Office, clock: FixedClock
) -> None:
    """The copy of the identity card serves the second matter too."""
    take_in(office, "MZ-GL-01", "receive")
    clock.advance(days=7)
    values = intake_values(office, "MZ-GL-03", handed_in=())
    view = intake.prepare(office, values=values)
    held = {need.material.key for need in view.needed if need.state == "held"}
    assert "id_card" in held


def test_everybody_is_found_by_whatever_the_clerk_types(office: Office) -> None:
    """Name, pinyin, initials, tails of numbers, the number of the case and its short form."""
    done = take_in(office, "MZ-GL-01", "receive", who=person("单桂兰"))
    tail = id_number()[-4:].lower()
    for typed in (
        "单桂兰",
        "桂兰",
        "shanguilan",
        "danguilan",
        "sgl",
        tail,
        "2734",
        done.number,
        "1123-0001",
        "glbt",
        "高龄",
    ):
        found = search.search(office, text=typed)
        assert [row.id for row in found.cases] == [done.case_id], typed
    assert people.known(office, id_no=id_number()) is not None


def test_the_first_page_counts_what_is_there(office: Office) -> None:
    """Nothing is invented: an empty office shows noughts."""
    empty = today.today(office)
    assert (empty.cases, empty.due, empty.accepted, empty.people_known) == ((), (), 0, 0)
    take_in(
        office,
        "MZ-GL-01",
        "receive",
        who=person("王德福", id_no=id_number(birth="19461125"), birth="1946-11-25"),
    )
    view = today.today(office)
    assert len(view.cases) == 1
    assert [(row.name, row.text) for row in view.proactive] == [("王德福", "11-25 满 80 周岁")]


def test_the_list_is_narrowed(office: Office) -> None:
    """Group, line and search words together."""
    take_in(office, "MZ-GL-01", "receive")
    take_in(
        office,
        "MZ-GL-01",
        "receive",
        who=person("李伟", id_no=id_number(birth="19500101", order=11), phone="13911112222"),
    )
    assert len(case_views.page(office, wanted=CaseFilter(group="all")).rows) == 2
    assert len(case_views.page(office, wanted=CaseFilter(group="closed")).rows) == 0
    assert len(case_views.page(office, wanted=CaseFilter(group="all", text="liwei")).rows) == 1
    assert len(case_views.page(office, wanted=CaseFilter(group="all", line="party")).rows) == 0
