"""Residents: recorded once, changed only in what changed, found by name in all readings."""

from dataclasses import replace

import pytest

from desk.errors import NotFound
from desk.services import people, search
from desk.services.check import check
from desk.services.office import Office
from tests.builders import id_number, person, take_in
from tests.services import deeds


def test_the_first_visit_records_the_person(office: Office) -> None:
    """Whole, once."""
    take_in(office)
    recorded = deeds.events(office, "person.recorded")
    assert [one["name"] for one in recorded] == ["刘桂兰"]
    assert recorded[0]["more"] == {"ethnic": "01"}
    assert deeds.events(office, "person.changed") == []


def test_a_second_visit_without_news_writes_none(office: Office) -> None:
    """The same values, another item."""
    take_in(office, "MZ-GL-01")
    take_in(office, "MZ-GL-03")
    assert len(deeds.events(office, "person.recorded")) == 1
    assert deeds.events(office, "person.changed") == []


def test_only_what_changed_is_written(office: Office) -> None:
    """A new telephone number and no more; she is found by it, no longer by the old."""
    take_in(office, "MZ-GL-01")
    take_in(office, "MZ-GL-03", who=person(phone="13999998888"))
    assert deeds.events(office, "person.changed") == [{"phone": "13999998888"}]
    assert len(search.search(office, text="8888").people) == 1
    assert search.search(office, text="2734").people == ()
    assert check(office).findings == ()


def test_what_an_item_does_not_ask_for_stays_known(office: Office) -> None:
    """A parcel asks for neither number nor ethnic group; a field left blank forgets nothing."""
    take_in(office, "MZ-GL-01", who=person(political="13"))
    card = people.known(office, id_no=id_number())
    assert card is not None
    take_in(
        office,
        "BB-KD-01",
        "conclude_now",
        who=person(id_no="", id_type="414", ethnic="", live_addr=""),
        person_id=card.id,
    )
    take_in(office, "MZ-GL-03", who=person(ethnic="11", political=""))
    after = people.card(office, person_id=card.id).person
    assert (after.id_type, after.ethnic, after.political) == ("111", "11", "13")
    assert after.live_addr == "三原县城关街道池阳花园"
    assert deeds.events(office, "person.changed") == [{"more": {"ethnic": "11", "political": "13"}}]


def test_a_grid_the_clerk_empties_is_empty(office: Office) -> None:
    """Only where the page showed him: a blank from somewhere else empties nothing."""
    who = person(grid="第3网格", political="群众")
    take_in(office, "MZ-GL-01", who=who)
    card = people.known(office, id_no=who.id_no)
    assert card is not None
    take_in(office, "MZ-GL-01", who=replace(who, grid=""))
    assert people.card(office, person_id=card.id).person.grid == "第3网格"
    take_in(office, "MZ-GL-01", who=replace(who, grid=""), person_id=card.id)
    now = people.card(office, person_id=card.id).person
    assert (now.grid, now.political) == ("", "13")
    assert check(office).findings == ()


def test_a_changed_name_under_another_persons_page_is_somebody_new(office: Office) -> None:
    """Without a number only the name tells."""
    take_in(office, "MZ-GL-01")
    card = people.known(office, id_no=id_number())
    assert card is not None
    take_in(office, "BB-KD-01", "conclude_now", who=person("李伟", id_no=""), person_id=card.id)
    names = [one["name"] for one in deeds.events(office, "person.recorded")]
    assert names == ["刘桂兰", "李伟"]
    assert people.card(office, person_id=card.id).person.name == "刘桂兰"


def test_who_gives_only_his_name_is_recorded_each_time(office: Office) -> None:
    """Two people may bear one name: without a number, and not picked from the list, nobody is taken for another."""
    for _ in range(2):
        take_in(
            office, "BB-KD-01", "conclude_now", who=person("王伟", id_no="", phone="13911110000")
        )
    assert [one["id_no"] for one in deeds.events(office, "person.recorded")] == ["", ""]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单桂兰", "shan"),
        ("单桂兰", "dgl"),
        ("仇英", "qiu"),
        ("仇英", "chouying"),
        ("曾乐", "zengle"),
        ("曾乐", "zengyue"),
        ("吕丽", "lvli"),
        ("吕丽", "luli"),
        ("欧阳丽华", "oylh"),
        ("欧阳丽华", "丽华"),
        ("阿依古丽·买买提", "买买提"),
    ],
)
def test_names_are_found_in_all_readings(shared_office: Office, name: str, typed: str) -> None:
    """Surname readings and everyday ones."""
    order = sum(map(ord, name)) % 400 * 2
    take_in(shared_office, who=person(name, id_no=id_number(birth="19500101", order=order)))
    assert name in [row.name for row in search.search(shared_office, text=typed).people]


def test_lists_show_masked_numbers(office: Office) -> None:
    """The whole number is nowhere in a result."""
    take_in(office)
    hits = search.search(office, text="刘桂兰")
    assert id_number() not in repr(hits)
    assert "13800002734" not in repr(hits)
    assert hits.people[0].id_masked.endswith(id_number()[-4:])


def test_an_unknown_person_is_not_found(office: Office) -> None:
    """By id."""
    with pytest.raises(NotFound):
        people.card(office, person_id=office.origin)


def test_no_number_is_nobodys_number(office: Office) -> None:
    """Many have left none; a blank field must not bring one of them out."""
    take_in(office, "BB-KD-01", "conclude_now", who=person(id_no=""))
    for typed in ("", "  ", "-"):
        assert people.known(office, id_no=typed) is None


@pytest.mark.parametrize(("end", "kept"), [("withdraw", True), ("void", False)])
def test_papers_of_a_case_that_was_a_slip_are_not_offered(
    office: Office, end: str, kept: bool
) -> None:
    """Voided, they may have been another's; copies of one that was only withdrawn stay."""
    done = take_in(office, "YB-MT-01")
    person_id = deeds.detail(office, done).person_id
    assert person_id is not None
    assert people.card(office, person_id=person_id).held
    deeds.act(office, done, end)
    assert bool(people.card(office, person_id=person_id).held) is kept
