"""Taking a case in: all or nothing, the right paper, what is known of the person, what he left here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from desk.clock import FixedClock
from desk.errors import ActionNotAllowed, FieldsRefused, ItemGone, MaterialsMissing, NotEligible
from desk.services import case_views, documents, drafts, intake, people
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import AgentValues, IntakeValues
from tests.builders import (
    PROFILE,
    all_papers,
    handed_in,
    id_number,
    intake_values,
    make_office,
    person,
    take_in,
)
from tests.printing.reading import text_of
from tests.services import deeds

AGENT = AgentValues("刘建国", id_number(birth="19800101", order=41), "13900001234", "20")


def wrong_number(values: IntakeValues) -> IntakeValues:
    return replace(values, person=replace(values.person, id_no="610422195603120421"))


def no_form(values: IntakeValues) -> IntakeValues:
    return replace(values, form={})


def no_papers(values: IntakeValues) -> IntakeValues:
    return replace(values, handed_in=())


def dead(values: IntakeValues) -> IntakeValues:
    return replace(values, answers={**values.answers, "alive": False})


def as_it_is(values: IntakeValues) -> IntakeValues:
    return values


@pytest.mark.parametrize(
    ("spoil", "end", "error"),
    [
        (wrong_number, "receive", FieldsRefused),
        (no_form, "receive", FieldsRefused),
        (no_papers, "accept", MaterialsMissing),
        (dead, "accept", NotEligible),
        (dead, "receive", FieldsRefused),
        (as_it_is, "accept", ActionNotAllowed),
        (as_it_is, "conclude_now", ActionNotAllowed),
        (as_it_is, "refuse", FieldsRefused),
        (as_it_is, "archive", ActionNotAllowed),
        (as_it_is, "", ActionNotAllowed),
    ],
)
def test_an_intake_that_fails_leaves_nothing(
    shared_office: Office,
    spoil: Callable[[IntakeValues], IntakeValues],
    end: str,
    error: type[Exception],
) -> None:
    """No person, no case, no event, no number; and the next intake goes on as if nothing had been."""
    values = spoil(intake_values(shared_office, "MZ-GL-01"))
    before = deeds.everything(shared_office)
    with pytest.raises(error):
        intake.finish(shared_office, values=values, end=end, asks={})
    assert deeds.everything(shared_office) == before
    taken = len(deeds.serials(shared_office, "SJ"))
    assert f"-{taken + 1:04d}-" in take_in(shared_office).number
    assert check(shared_office).findings == ()


def test_a_file_that_refuses_the_last_row_keeps_nothing(office: Office) -> None:
    """The paper is written after person, case, parties and number: when it cannot be, none of them stays."""
    refuse = "CREATE TRIGGER full BEFORE INSERT ON document BEGIN SELECT RAISE(ABORT, 'no'); END"
    with office.writer.begin() as connection:
        connection.exec_driver_sql(refuse)
    before = deeds.everything(office)
    with pytest.raises(IntegrityError):
        take_in(office)
    assert deeds.everything(office) == before
    with office.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    assert "-0001-" in take_in(office).number


def test_a_paper_named_twice_is_one_paper(office: Office) -> None:
    """As it was told last."""
    values = intake_values(office, "MZ-GL-01")
    again = replace(values.handed_in[0], copies=2)
    values = replace(values, handed_in=(*values.handed_in, again))
    done = intake.finish(office, values=values, end="receive", asks={}).value
    rows = case_views.detail(office, case_id=done.case_id).materials
    assert len(rows) == len({row.key for row in rows})
    assert "2 份" in next(row.state for row in rows if row.key == again.key)


def test_an_unknown_item_is_an_error(shared_office: Office) -> None:
    """The page offers only what is in the catalogue."""
    with pytest.raises(ItemGone):
        intake.prepare(shared_office, values=IntakeValues(item_code="XX-XX-99"))


def test_one_who_may_not_have_it_can_still_apply(shared_office: Office) -> None:
    """Refused with clause, or taken in at his own wish, which is on record."""
    values = dead(intake_values(shared_office, "MZ-GL-01"))
    view = intake.prepare(shared_office, values=values)
    assert (view.assessment.verdict, [end.key for end in view.ends]) == (
        "no",
        ["refuse", "receive"],
    )
    refused = intake.finish(shared_office, values=values, end="refuse", asks={}).value
    text = deeds.paper(shared_office, refused.document)
    assert "不予受理" in text
    assert "老人健在" in text
    asks = {"reason": "本人坚持申请"}
    kept = intake.finish(shared_office, values=values, end="receive", asks=asks).value
    assert deeds.detail(shared_office, kept).history[0].reason == "本人坚持申请"


def test_one_who_is_refused_need_not_fill_in_the_form(shared_office: Office) -> None:
    """Name and number are enough."""
    young = person("冯玉珍", id_no=id_number(birth="19900101"), live_addr="", phone="")
    values = intake_values(shared_office, "MZ-GL-01", who=young, form={}, answers={}, handed_in=())
    done = intake.finish(shared_office, values=values, end="refuse", asks={}).value
    assert deeds.detail(shared_office, done).row.state == "refused"


def test_papers_received_for_another_body_are_not_accepted(office: Office) -> None:
    """材料接收凭证 first; 受理通知书 only when the street's acceptance is registered."""
    done = take_in(office, "MZ-GL-01", "receive")
    slip = deeds.paper(office, done.document)
    assert "材料接收凭证" in slip
    assert "不是受理决定" in slip
    assert "（（" not in slip
    assert "另发受理通知书" in slip
    assert [p.kind for p in deeds.detail(office, done).documents] == ["receipt_slip"]
    told = deeds.act(office, done, "confirm_accepted")
    notice = deeds.paper(office, told.document)
    assert "受理通知书" in notice
    assert told.number in notice
    assert "城关街道办事处" in notice


def test_a_preview_takes_no_number(shared_office: Office) -> None:
    """待取号 stands where the number will; nothing is written, whatever was typed so far."""
    before = deeds.everything(shared_office)
    values = intake_values(shared_office, "MZ-GL-01")
    for who in (values.person, replace(values.person, id_type="414", id_no="E1", birth="1956")):
        pdf = intake.preview(shared_office, values=replace(values, person=who), end="receive")
        assert "待取号" in text_of(pdf)
    assert deeds.everything(shared_office) == before


def test_a_known_person_is_filled_in_by_his_number(office: Office) -> None:
    """In any way of typing it."""
    assert people.known(office, id_no=id_number()) is None
    take_in(office)
    number = id_number()
    for typed in (number, number.lower(), f" {number[:6]} {number[6:14]} {number[14:]} "):
        card = people.known(office, id_no=typed)
        assert card is not None
        assert (card.person.name, card.person.phone) == ("刘桂兰", "13800002734")
        assert card.person.live_addr == "三原县城关街道池阳花园"
        assert len(card.cases) == 1


def test_the_agent_is_on_record(office: Office) -> None:
    """With his relation in words, on the page and on the paper."""
    values = intake_values(office, "MZ-GL-01", agent=AGENT)
    done = intake.finish(office, values=values, end="receive", asks={}).value
    shown = {line.label: line.value for line in deeds.detail(office, done).parties}
    assert shown["代办人"] == "刘建国 子"
    assert "刘建国（子）" in deeds.paper(office, done.document)
    agent = deeds.events(office, "case.opened")[0]["parties"][1]
    assert (agent["role"], agent["snapshot"]["id_no"]) == ("agent", AGENT.id_no)


def test_an_agent_is_named_whole_or_not_at_all(shared_office: Office) -> None:
    """A name alone does not do."""
    values = intake_values(shared_office, "MZ-GL-01", agent=AgentValues(name="刘建国"))
    with pytest.raises(FieldsRefused) as refused:
        intake.finish(shared_office, values=values, end="receive", asks={})
    named = {problem.field for problem in refused.value.problems}
    assert {"agent_id_no", "agent_phone", "agent_relation"} <= named


def test_the_applicant_is_not_his_own_agent(shared_office: Office) -> None:
    """By the number it is certain, however it was typed; of the same name somebody else may have come."""
    typed = " ".join((id_number()[:6], id_number()[6:]))
    himself = replace(AGENT, name="刘桂兰", id_no=typed)
    values = intake_values(shared_office, "MZ-GL-01", agent=himself)
    with pytest.raises(FieldsRefused) as refused:
        intake.finish(shared_office, values=values, end="receive", asks={})
    found = [(problem.field, problem.code) for problem in refused.value.problems]
    assert found == [("agent_id_no", "agent_is_applicant")]
    namesake = replace(values, agent=replace(AGENT, name="刘桂兰"))
    view = intake.prepare(shared_office, values=namesake)
    assert view.problems == ()
    assert [(one.field, one.code) for one in view.advice] == [("agent_name", "agent_namesake")]


def test_a_number_of_fifteen_digits_is_taken(shared_office: Office) -> None:
    """Made eighteen, with a word about it that blocks nothing."""
    who = person("老刘", id_no="610422400312045", sex="", birth="")
    values = intake_values(shared_office, "MZ-GL-01", who=who)
    view = intake.prepare(shared_office, values=values)
    assert view.problems == ()
    assert [advice.code for advice in view.advice] == ["id_converted"]
    done = intake.finish(shared_office, values=values, end="receive", asks={}).value
    shown = {line.label: line.value for line in deeds.detail(shared_office, done).parties}
    assert (shown["出生日期"], shown["性别"]) == ("1940-03-12", "男")


def test_a_resident_first_registered_in_an_abolished_county_is_taken(
    shared_office: Office,
) -> None:
    """The region is advice at most."""
    who = person("外省人", id_no=id_number(region="519999"))
    view = intake.prepare(shared_office, values=intake_values(shared_office, "MZ-GL-01", who=who))
    assert view.problems == ()


def held_keys(office: Office, values: IntakeValues) -> set[str]:
    view = intake.prepare(office, values=values)
    return {need.material.key for need in view.needed if need.state == "held"}


def test_papers_kept_from_last_time_expire(office: Office, clock: FixedClock) -> None:
    """Household book one year, social card three, identity card five; the last day still counts."""
    take_in(office, "MZ-GL-01")
    values = intake_values(office, "MZ-GL-01", handed_in=())
    for day, kept in (
        (date(2027, 11, 23), {"household_book", "social_card", "id_card"}),
        (date(2027, 11, 24), {"social_card", "id_card"}),
        (date(2029, 11, 24), {"id_card"}),
        (date(2031, 11, 23), {"id_card"}),
        (date(2031, 11, 24), set()),
    ):
        clock.advance(days=(day - office.today).days)
        assert held_keys(office, values) & {"household_book", "social_card", "id_card"} == kept


def test_a_kept_paper_is_no_fresh_one(office: Office, clock: FixedClock) -> None:
    """Carried over it serves, and its time is not made longer by that."""
    take_in(office, "MZ-GL-01")
    clock.advance(days=300)
    again = take_in(office, "MZ-GL-03", handed_in=papers_not_held(office))
    shown = {m.key: m.state for m in deeds.detail(office, again).materials}
    assert shown["id_card"] == "上次已收"
    clock.advance(days=80)
    assert "household_book" not in held_keys(
        office, intake_values(office, "MZ-GL-01", handed_in=())
    )


def papers_not_held(office: Office) -> tuple[object, ...]:
    item = office.catalog.item("MZ-GL-03")
    return tuple(p for p in all_papers(item) if p.key not in ("id_card", "household_book"))


def test_what_was_only_shown_is_asked_for_again(office: Office) -> None:
    """Seen and given back, no copy kept: not here."""
    item = office.catalog.item("MZ-GL-01")
    shown = tuple(replace(paper, copies=0) for paper in all_papers(item))
    values = intake_values(office, "MZ-GL-01", handed_in=shown)
    assert intake.prepare(office, values=values).missing
    intake.finish(office, values=values, end="notify", asks={})
    assert held_keys(office, intake_values(office, "MZ-GL-01", handed_in=())) == set()


def test_the_papers_of_another_do_not_serve(office: Office) -> None:
    """The page showed one person, the number typed since is another's."""
    take_in(office, "MZ-GL-01")
    first = people.known(office, id_no=id_number())
    assert first is not None
    other = person("李伟", id_no=id_number(order=11))
    values = intake_values(office, "MZ-GL-01", who=other, handed_in=(), person_id=first.id)
    assert held_keys(office, values) == set()
    brought = intake_values(office, "MZ-GL-01", who=other, person_id=first.id)
    done = intake.finish(office, values=brought, end="receive", asks={}).value
    assert deeds.detail(office, done).person_id != first.id


def test_a_promised_paper_lets_the_case_begin(office: Office) -> None:
    """容缺受理 only where every missing paper may be promised."""
    code = "TY-GR-01"
    values = intake_values(office, code)
    without = replace(
        values, handed_in=tuple(p for p in values.handed_in if p.key != "veteran_proof")
    )
    assert "tolerate" in [end.key for end in intake.prepare(office, values=without).ends]
    done = intake.finish(office, values=without, end="tolerate", asks={}).value
    assert deeds.detail(office, done).row.state == "accepted"
    neither = replace(values, handed_in=())
    assert "tolerate" not in [end.key for end in intake.prepare(office, values=neither).ends]


def test_what_stood_at_the_time_is_kept(office: Office) -> None:
    """A case freezes the person; a later change of address does not reach back."""
    first = take_in(office, "MZ-GL-01")
    take_in(office, "MZ-GL-03", who=person(live_addr="三原县陂西镇"))
    shown = {line.label: line.value for line in deeds.detail(office, first).parties}
    assert shown["现住址"].startswith("三原县城关街道池阳花园")


def test_a_paper_of_no_item_is_kept_as_said(office: Office) -> None:
    """Somebody hands in more than is asked for."""
    values = intake_values(office, "MZ-GL-01")
    more = replace(values, handed_in=(*values.handed_in, handed_in("letter", "社区来信")))
    done = intake.finish(office, values=more, end="receive", asks={}).value
    assert "社区来信" in deeds.paper(office, done.document)
    assert "社区来信" in [m.name for m in case_views.detail(office, case_id=done.case_id).materials]


def test_the_handed_out_paper_is_kept_as_it_was(office: Office) -> None:
    """The original, byte for byte, however often it is looked at."""
    done = take_in(office)
    assert done.document is not None
    out = documents.hand_out(office, document_id=done.document).value
    assert documents.pdf(office, document_id=done.document) == out
    assert documents.hand_out(office, document_id=done.document).value == out


@pytest.mark.parametrize(
    ("street", "body"),
    [
        ("城关街道", "城关街道办事处"),
        ("鲁桥镇", "鲁桥镇人民政府"),
        ("城关街道办事处", "城关街道办事处"),
    ],
)
def test_the_body_that_accepts_is_named_over_the_seal(
    tmp_path: Path, street: str, body: str
) -> None:
    """A committee gives a receipt in the hall's name; the acceptance is said by the street's or town's own body."""
    office = make_office(tmp_path / "office", replace(PROFILE, street=street)).office
    try:
        done = take_in(office, "MZ-GL-01", "receive")
        told = deeds.act(office, done, "confirm_accepted")
        assert f"{body}经办" in deeds.paper(office, told.document)
        assert "池阳社区便民服务大厅经办" in deeds.paper(office, done.document)
    finally:
        office.close()


def test_the_page_names_the_paper_that_will_come_out(shared_office: Office) -> None:
    """A certificate no committee may issue is answered by a note of its own."""
    values = intake_values(shared_office, "ZH-ZM-01")
    assert intake.prepare(shared_office, values=values).paper_title == "办结通知书（结果领取凭证）"
    wanted = replace(values, form={**values.form, "cert_kind": "健在证明"})
    assert intake.prepare(shared_office, values=wanted).paper_title == "不予出具告知单"


def test_the_draft_goes_with_the_end_or_stays(office: Office) -> None:
    """One transaction: a refused end keeps what was typed, a done one leaves nothing to end twice."""
    values = intake_values(office, "MZ-GL-01")
    draft = drafts.save(office, draft_id=None, values=values).value
    with pytest.raises(MaterialsMissing):
        intake.finish(office, values=no_papers(values), end="accept", asks={}, draft_id=draft)
    assert [row.id for row in drafts.left_behind(office)] == [draft]
    done = intake.finish(office, values=values, end="receive", asks={}, draft_id=draft)
    assert done.changes.drafts
    assert drafts.left_behind(office) == ()
