"""A confidential name through every way out: all papers, all shipped ledgers, all lists; it is found where it may be, and only there."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from db.models import Document
from desk.domain.ledgers import Span
from desk.errors import NotGranted
from desk.services import (
    case_views,
    cases,
    catalog_papers,
    closing_slip,
    combined_paper,
    desk_papers,
    documents,
    keeping,
    ledger_book,
    own_data,
    people,
    print_jobs,
    requests,
    roll_export,
    roll_papers,
    rolls,
    search,
    shielding,
    today,
    undoing,
)
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.paper_shapes import FORM
from desk.services.roll_views import RollFilter
from desk.services.table_files import TableKind
from desk.services.views import AgentValues, CaseFilter, Finished, PersonValues
from tests.builders import consent, id_number, intake_values, take_in
from tests.printing.reading import text_of
from tests.services import deeds, staff
from tests.services.ledger_desk import morning, write
from tests.services.roll_people import granted, resident

WHO: PersonValues = resident("欧阳秘申", "1956-03-12", 14, phone="13911117777")
AGENT = AgentValues("欧阳代办", id_number(birth="19800101", order=43), "13922228888", "20")
MARKS = (WHO.name, WHO.id_no, WHO.phone, AGENT.name, AGENT.id_no, AGENT.phone)
ONE_OF_EACH = ("MZ-GL-01", "DJ-ZZ-01", "DJ-ZZ-02", "ZH-TJ-01")
"""Items of every life-cycle whose cases papers are issued for."""
KINDS: tuple[TableKind, ...] = ("xlsx", "csv", "pdf", "package")


def told(text: object) -> list[str]:
    """The marks that are in there."""
    return [mark for mark in MARKS if mark in str(text)]


def shield(office: Office, done: Finished) -> Finished:
    version = case_views.detail(office, case_id=done.case_id).version
    shielding.shield(office, case_id=done.case_id, version=version, on=True)
    return done


def secret(office: Office, code: str = "MZ-GL-01") -> Finished:
    """His case, whose form names him once more; confidential since the moment it was taken in."""
    values = intake_values(office, code, who=WHO)
    names = [one.key for one in office.catalog.item(code).fields if one.key in ("kin_name", "kin")]
    form = {**values.form, **dict.fromkeys(names, WHO.name)}
    return shield(office, take_in(office, code, who=WHO, agent=AGENT, form=form))


def papers(office: Office) -> list[UUID]:
    with reading(office) as connection:
        return list(connection.execute(select(Document.id).order_by(Document.id)).scalars())


def read(office: Office, document: UUID) -> str:
    """Everything a paper says, on every size it is printed on, and the facts it keeps."""
    with reading(office) as connection:
        facts = connection.execute(
            select(Document.facts, Document.title).where(Document.id == document)
        ).one()
    pages = [
        text_of(documents.pdf(office, document_id=document, medium=medium)).replace("\n", "")
        for medium in ("A5", "80mm")
    ]
    return "".join((*pages, json.dumps(facts.facts, ensure_ascii=False), facts.title))


def on_the_way(office: Office, done: Finished) -> set[str]:
    """Press every button once that leads on, with his name in every text that is asked for; gives the states."""
    seen = set()
    while True:
        page = case_views.detail(office, case_id=done.case_id)
        seen.add(page.row.state)
        onwards = [one for one in page.actions if one.target not in (*seen, "")]
        if not onwards:
            return seen
        action = onwards[0]
        asks = deeds.answers(action.asks, office.today)
        asks |= {one.key: f"{WHO.name}来过" for one in action.asks if one.kind == "note"}
        cases.act(
            office,
            case_id=done.case_id,
            version=page.version,
            action=action.key,
            asks=asks,
            approved_by=consent(office, action),
        )


@pytest.mark.parametrize("code", ONE_OF_EACH)
def test_no_paper_issued_from_then_on_names_him(office: Office, code: str) -> None:
    done = secret(office, code)
    before = set(papers(office))
    seen = set()
    for one in (FORM, *(o.kind for o in desk_papers.offered(office, case_id=done.case_id))):
        desk_papers.issue(office, case_id=done.case_id, kind=one)
        seen.add(one)
    on_the_way(office, done)
    for offer in desk_papers.offered(office, case_id=done.case_id):
        if offer.kind not in seen:
            desk_papers.issue(office, case_id=done.case_id, kind=offer.kind)
    combined_paper.combined(office, case_ids=(done.case_id,))
    issued = [one for one in papers(office) if one not in before]
    assert len(issued) > len(seen)
    assert {one: told(read(office, one)) for one in issued if told(read(office, one))} == {}
    form = next(one for one in issued if "保密申请人" in read(office, one))
    assert form in issued


def test_one_slip_for_several_matters_names_nobody_if_one_is_confidential(office: Office) -> None:
    open_one = take_in(office, "MZ-CJ-01", who=WHO)
    done = secret(office)
    paper = combined_paper.combined(office, case_ids=(open_one.case_id, done.case_id)).value
    assert told(read(office, paper)) == []


def test_before_it_the_paper_names_him_and_stays_the_handlers(office: Office) -> None:
    done = take_in(office, "MZ-GL-01", who=WHO)
    assert done.document is not None
    shield(office, done)
    assert WHO.name in read(office, done.document)
    other = staff.add(office, "李静", "lead")
    with staff.signed_in(office, other) as at_desk:
        for deed in (documents.pdf, documents.plan, documents.to_give):
            with pytest.raises(NotGranted):
                deed(at_desk, document_id=done.document, medium="A5")
        with pytest.raises(NotGranted):
            print_jobs.begin(
                at_desk, document_id=done.document, medium="A5", printer="激光", copies=1
            )


def on_every_list(office: Office) -> Finished:
    """A morning with him in it: on the elderly roll, and asking for two matters more."""
    morning(office)
    done = shield(office, granted(office, WHO))
    for code in ("MZ-CJ-01", "MZ-CJ-02", "TY-JD-01"):
        shield(office, take_in(office, code, who=WHO, agent=AGENT))
    for code in ("DJ-ZZ-01", "YB-MT-01"):
        secret(office, code)
    shield(office, take_in(office, "RS-JY-01", "conclude_now", who=WHO, agent=AGENT))
    return done


def cells(path: Path, kind: TableKind) -> str:
    """All a written file says."""
    if kind == "pdf":
        return text_of(path.read_bytes()).replace("\n", "")
    if kind == "csv":
        return path.read_text("utf-8-sig")
    if kind == "package":
        with ZipFile(path) as package:
            inside = [package.read(name).decode("utf-8-sig") for name in package.namelist()]
        return "".join((*package.namelist(), *inside))
    return _sheets(path)


def _sheets(path: Path) -> str:
    book = CalamineWorkbook.from_path(path)
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def test_no_shipped_ledger_names_him_whoever_writes_it(office: Office, tmp_path: Path) -> None:
    on_every_list(office)
    keys = [row.key for row in ledger_book.books(office)]
    assert len(keys) >= 11
    covered = 0
    for key in keys:
        if key == "residents":
            # Who lives here is no secret, and says nothing of what he asked for.
            continue
        assert told(ledger_book.preview(office, key=key, span=Span("all"))) == [], key
        for kind in KINDS:
            path = tmp_path / f"{key}.{'zip' if kind == 'package' else kind}"
            write(office, path, key, kind)
            said = cells(path, kind)
            assert told(said) == [], (key, kind)
            covered += shielding.NAME in said
    # His rows are there, without him.
    assert covered > len(keys)
    path = tmp_path / "listed.xlsx"
    write(office, path, listed=CaseFilter("all"))
    assert told(cells(path, "xlsx")) == []


def roll_lists(office: Office) -> Iterator[RollFilter]:
    for choice in rolls.registers(office):
        for one in choice.lists:
            # What was granted today is paid, and so a change, from next month on.
            for month in ("", "2026-12") if one.kind == "changes" else ("",):
                yield RollFilter(choice.register.key, one.key, month=month)


def test_no_list_of_a_register_on_paper_or_in_a_file_names_him(
    office: Office, tmp_path: Path
) -> None:
    on_every_list(office)
    seen = 0
    for wanted in roll_lists(office):
        seen += WHO.name in str(rolls.page(office, wanted=wanted))
        path = tmp_path / f"{wanted.register}-{wanted.list}.xlsx"
        roll_export.export(
            office, wanted=wanted, path=path, progress=lambda *_: None, cancelled=lambda: False
        )
        assert told(cells(path, "xlsx")) == [], wanted
        paper = roll_papers.print_list(office, wanted=wanted).value
        assert told(read(office, paper)) == [], wanted
    # Its handler sees him on the screen.
    assert seen


def test_the_closing_slip_and_the_list_of_moved_days_name_nobody(office: Office) -> None:
    secret(office)
    slip = closing_slip.slip(office).value
    assert told(text_of(slip.pdf)) == []
    assert told(text_of(catalog_papers.moved_sheet(office).pdf)) == []


def test_no_page_of_a_colleague_names_him_but_as_a_resident(office: Office) -> None:
    done = on_every_list(office)
    lead = staff.add(office, "李静", "lead")
    with staff.signed_in(office, lead) as at_desk:
        shown: dict[str, object] = {
            "today": replace(today.today(at_desk), proactive=()),
            "proactive": today.today(at_desk).proactive,
            "cases": case_views.page(at_desk, wanted=CaseFilter("all"), limit=500),
            "undo": undoing.look(at_desk),
            "requests": requests.listed(at_desk),
            "kept": keeping.view(at_desk),
        }
        for text in (WHO.name, WHO.id_no[-4:], "oyms", "7777"):
            shown[f"cases {text}"] = case_views.page(at_desk, wanted=CaseFilter("all", text=text))
            shown[f"search {text}"] = search.search(at_desk, text=text).cases
        for row in case_views.page(at_desk, wanted=CaseFilter("all"), limit=500).rows:
            shown[f"case {row.short_no}"] = case_views.detail(at_desk, case_id=row.id)
        for wanted in roll_lists(at_desk):
            page = rolls.page(at_desk, wanted=wanted)
            shown[f"roll {wanted}"] = page
            shown[f"looked for {wanted}"] = rolls.page(
                at_desk, wanted=replace(wanted, text=WHO.name)
            )
            for line in page.rows:
                if line.record_id:
                    shown[f"entry {line.id}"] = rolls.entry(at_desk, wanted=wanted, row=line)
        assert {where: told(said) for where, said in shown.items() if told(said)} == {}
        card = people.known(at_desk, id_no=WHO.id_no)
        assert card is not None
        assert (card.person.name, card.cases, card.held) == (WHO.name, (), ())
        undone = case_views.detail(at_desk, case_id=done.case_id)
        assert undone.row.applicant == shielding.NAME


def test_a_correction_made_in_his_case_tells_a_colleague_no_value(office: Office) -> None:
    from tests.services.test_undoing import correct

    done = secret(office)
    correct(office, done)
    assert "改为" in case_views.detail(office, case_id=done.case_id).history[0].text
    other = staff.add(office, "李静", "lead")
    with staff.signed_in(office, other) as at_desk:
        newest = case_views.detail(at_desk, case_id=done.case_id).history[0]
        assert newest.text == "更正"


def test_what_a_colleague_did_last_in_his_case_is_told_without_him(office: Office) -> None:
    done = secret(office)
    other = staff.add(office, "李静", "lead")
    with staff.signed_in(office, other) as at_desk:
        deeds.act(at_desk, done, "confirm_accepted")
        assert undoing.look(at_desk).who == shielding.NAME


def away(folder: Path) -> Path:
    """A folder beside the office's."""
    made = folder / "away"
    made.mkdir(exist_ok=True)
    return made


def all_told(folder: Path) -> str:
    return "".join(
        cells(path, "pdf")
        if path.suffix == ".pdf"
        else cells(path, "xlsx")
        if path.suffix == ".xlsx"
        else path.read_text("utf-8")
        for path in sorted(folder.iterdir())
    )


def test_another_persons_own_data_says_nothing_of_him(office: Office, tmp_path: Path) -> None:
    on_every_list(office)
    with reading(office):
        card = people.known(office, id_no=resident("刘桂兰", "1950-03-12", 4).id_no)
    assert card is not None
    own_data.export(office, person_id=card.id, purpose="asked", folder=away(tmp_path))
    assert told(all_told(away(tmp_path))) == []


def test_his_own_data_from_a_colleague_says_nothing_of_what_he_asked_for(
    office: Office, tmp_path: Path
) -> None:
    on_every_list(office)
    card = people.known(office, id_no=WHO.id_no)
    assert card is not None
    other = staff.add(office, "李静", "lead")
    with staff.signed_in(office, other) as at_desk:
        written = own_data.export(
            at_desk, person_id=card.id, purpose="asked", folder=away(tmp_path)
        )
    assert written.cases == 0
    said = json.loads((away(tmp_path) / written.files[-1]).read_text("utf-8"))
    kinds: set[Any] = {line["kind"] for line in said["lines"]}
    assert kinds <= {"登记信息", "查看记录"}


def test_the_marks_are_all_his(office: Office) -> None:
    """Else the tests above would find nothing wherever they look."""
    done = take_in(office, "MZ-GL-01", who=WHO, agent=AGENT)
    shown = case_views.detail(office, case_id=done.case_id)
    assert WHO.name in str(shown)
    assert set(asdict(WHO).values()) >= set(MARKS[:3])
    paper = desk_papers.issue(office, case_id=done.case_id, kind=FORM).value
    assert set(told(read(office, paper))) == set(MARKS)
