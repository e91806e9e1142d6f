"""Whatever is typed anywhere stays text, or its field says what is wrong; nothing is run, opened or lost."""

import csv
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import pytest
from python_calamine import CalamineWorkbook

from desk.domain.fields import FieldDef
from desk.domain.text import clean_text
from desk.errors import FieldsRefused, OfficeError
from desk.services import (
    case_views,
    cases,
    documents,
    drafts,
    intake,
    ledger_book,
    people,
    revealing,
    search,
)
from desk.services.check import check
from desk.services.ledger_rows import ALL
from desk.services.office import Office
from desk.services.views import AgentValues, CaseFilter, Finished, IntakeValues
from tests.builders import PROFILE, id_number, intake_values, make_office, person, rules, take_in
from tests.conftest import GUARDS
from tests.printing.reading import text_of
from tests.services import deeds

HOSTILE: Mapping[str, str] = MappingProxyType(
    {
        "markup": '<img src="/etc/hostname">',
        "entities": "&lt;b&gt;&#x41;",
        "formula": "=cmd|'/c calc'!A1",
        "plus": "+1+1",
        "at": "@SUM(1)",
        "full width sign": "＝1+1",
        "tab and sign": "\t=1+1",
        "controls": "刘\x00桂\x1b兰\x7f\x85",
        "line ends": "刘\r\n桂\u2028兰",
        "right to left": "\u202e兰桂刘\u2066x\u200f",
        "astral": "王𬭎𠅤",
        "composed": "e\u0301" * 20,
        "statement": "'; DROP TABLE case_file; --",
        "placeholder": "{name} %s [x] ${y}",
        "lone surrogate": "刘\ud800桂",
    }
)
LONG = "长" * 200_000
PERSON_FIELDS = ("name", "live_addr", "house", "hukou_addr")
AGENT = AgentValues("刘建国", id_number(birth="19800101", order=41), "13900001234", "20")
TYPED_KINDS = ("text", "note")
SIGNS = tuple("=+-@＝＋－＠\t\r\n\0")


def one_line(typed: str) -> str:
    """What a field of one line keeps of it."""
    return " ".join(clean_text(typed)[0].split("\n")).strip()


def squeezed(text: str) -> str:
    return "".join(text.split())


def received(office: Office, **changes: object) -> Finished:
    return take_in(office, "MZ-GL-01", "receive", **changes)


def refused(office: Office, values: IntakeValues) -> set[str]:
    """The fields that are named; nothing was written."""
    before = deeds.everything(office)
    with pytest.raises(FieldsRefused) as told:
        intake.finish(office, values=values, end="receive", asks={})
    assert deeds.everything(office) == before
    return {problem.field for problem in told.value.problems}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("field", PERSON_FIELDS)
def test_in_a_field_of_the_person(shared_office: Office, field: str, kind: str) -> None:
    """Kept, shown on the page and known next time."""
    typed, order = HOSTILE[kind], 2 * list(HOSTILE).index(kind)
    number = id_number(birth="19500101", order=order)
    done = received(shared_office, who=person(id_no=number, **{field: typed}))
    known = people.known(shared_office, id_no=number)
    assert known is not None
    assert getattr(known.person, field) == one_line(typed)
    shown = " ".join(line.value for line in deeds.detail(shared_office, done).parties)
    assert field == "hukou_addr" or one_line(typed) in shown


@pytest.mark.parametrize("kind", HOSTILE)
def test_as_a_name_it_is_found_drawn_and_exported(
    shared_office: Office, tmp_path: Path, kind: str
) -> None:
    """The same text out; no cell is a formula."""
    typed = HOSTILE[kind]
    number = id_number(birth="19400101", order=2 * list(HOSTILE).index(kind))
    done = received(shared_office, who=person(typed, id_no=number))
    kept = one_line(typed)
    assert squeezed(kept) in squeezed(deeds.paper(shared_office, done.document))
    for text in (typed, kept, number):
        found = [row.id for row in search.search(shared_office, text=text, limit=999).cases]
        assert done.case_id in found, text
    wanted = CaseFilter(group="all", text=typed)
    assert done.case_id in [
        row.id for row in case_views.page(shared_office, wanted=wanted, limit=999).rows
    ]
    for name in exported(shared_office, tmp_path, CaseFilter(group="all", text=number)):
        assert name in (kept, f"'{kept}")
        assert not name.startswith(SIGNS)


def exported(office: Office, folder: Path, wanted: CaseFilter) -> Iterator[str]:
    """The applicant of the one row of a ledger, as xlsx and both kinds of csv."""
    for kind in ("xlsx", "csv", "csv-gb18030"):
        path = folder / f"ledger.{kind}"
        written = ledger_book.write(
            office,
            key=ledger_book.DAY_BOOK,
            span=ALL,
            listed=wanted,
            path=path,
            kind=kind,
            progress=lambda done, total, what: None,
            cancelled=lambda: False,
        )
        assert written.rows == 1
        yield str(cells(path, kind)[1][2])


def cells(path: Path, kind: str) -> list[list[Any]]:
    if kind == "xlsx":
        with zipfile.ZipFile(path) as book:
            assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    encoding = "gb18030" if kind == "csv-gb18030" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("field", [*PERSON_FIELDS, "id_no", "phone", "sex", "birth", "ethnic"])
@pytest.mark.parametrize("typed", [LONG, "<b>", "=1+1"])
def test_what_a_field_cannot_hold_is_named(shared_office: Office, field: str, typed: str) -> None:
    """Too long for a text, no value for the others."""
    who = person(**{field: typed})
    # Sex and birth follow from a resident's number; only other certificates leave them to be typed.
    who = replace(who, id_type="414", id_no="E1234567") if field in ("sex", "birth") else who
    values = intake_values(shared_office, "MZ-GL-01", who=who)
    if field in PERSON_FIELDS and typed != LONG:
        assert intake.prepare(shared_office, values=values).problems == ()
    else:
        assert field in refused(shared_office, values)


@pytest.mark.parametrize("kind", [*HOSTILE, "long"])
def test_in_the_fields_of_the_agent(shared_office: Office, kind: str) -> None:
    """The name is text; number, telephone and relation say what is wrong."""
    typed = HOSTILE.get(kind, LONG)
    for field in ("id_no", "phone", "relation"):
        values = intake_values(shared_office, "MZ-GL-01", agent=replace(AGENT, **{field: typed}))
        assert f"agent_{field}" in refused(shared_office, values)
    values = intake_values(shared_office, "MZ-GL-01", agent=replace(AGENT, name=typed))
    if kind == "long":
        assert "agent_name" in refused(shared_office, values)
        return
    done = intake.finish(shared_office, values=values, end="receive", asks={}).value
    shown = {line.label: line.value for line in deeds.detail(shared_office, done).parties}
    assert shown["代办人"] == f"{one_line(typed)} 子"
    assert squeezed(one_line(typed)) in squeezed(deeds.paper(shared_office, done.document))


def text_fields(fields: tuple[FieldDef, ...]) -> list[FieldDef]:
    return [field for field in fields if field.kind in TYPED_KINDS]


WITH_TEXT = [
    item.code
    for item in rules().catalog.items.values()
    if text_fields(tuple(f for f in (*item.fields, *item.questions) if f.stage == "intake"))
    and item.code not in ("MZ-ET-01", "JH-DZ-01")
]


@pytest.mark.parametrize("code", WITH_TEXT)
def test_in_every_text_field_of_every_form(shared_office: Office, code: str) -> None:
    """Each field gets another of the texts, turn by turn: it is kept and shown, or named as too long."""
    # What this one is granted would stand against the others' applications.
    somebody = person(id_no=id_number(order=770))
    values = intake_values(shared_office, code, who=somebody)
    view = intake.prepare(shared_office, values=values)
    fields = text_fields(view.fields)
    texts = list(HOSTILE.values())
    for turn in range(0, len(texts), 5):
        typed = {f.key: texts[(turn + i) % len(texts)] for i, f in enumerate(fields)}
        one = replace(values, form={**values.form, **typed})
        problems = intake.prepare(shared_office, values=one).problems
        assert {problem.code for problem in problems} <= {"too_long"}
        short = {problem.field: values.form[problem.field] for problem in problems}
        one = replace(one, form={**one.form, **short})
        done = intake.finish(shared_office, values=one, end=view.ends[0].key, asks={}).value
        told = revealing.of_case(shared_office, case_id=done.case_id, purpose="verify").value
        lines = (*deeds.detail(shared_office, done).form, *told)
        shown = {line.label: line.value for line in lines}
        for field in fields:
            assert field.key in short or shown[field.label] == kept_by(field, typed[field.key])


@pytest.mark.parametrize("code", WITH_TEXT)
def test_too_long_for_every_field_of_a_form(shared_office: Office, code: str) -> None:
    """Each text field is named."""
    values = intake_values(shared_office, code)
    keys = [field.key for field in text_fields(intake.prepare(shared_office, values=values).fields)]
    form = {**values.form, **dict.fromkeys(keys, LONG)}
    problems = intake.prepare(shared_office, values=replace(values, form=form)).problems
    assert [problem.field for problem in problems if problem.code == "too_long"] == keys


def kept_by(field: FieldDef, typed: str) -> str:
    """A note keeps its lines."""
    return clean_text(typed)[0].strip() if field.kind == "note" else one_line(typed)


@pytest.mark.parametrize("kind", [*HOSTILE, "long"])
def test_in_remark_channel_and_the_note_of_a_paper(shared_office: Office, kind: str) -> None:
    """Also where no form checks."""
    typed = HOSTILE.get(kind, LONG)
    values = intake_values(shared_office, "MZ-GL-01", remark=typed, channel=typed)
    first = replace(values.handed_in[0], note=typed)
    values = replace(values, handed_in=(first, *values.handed_in[1:]))
    if kind == "long":
        assert refused(shared_office, values) == {"remark", first.key}
        return
    done = intake.finish(shared_office, values=values, end="receive", asks={}).value
    page = deeds.detail(shared_office, done)
    shown = {line.label: line.value for line in page.parties}
    assert shown["备注"] == clean_text(typed)[0].strip()
    assert one_line(typed) in [paper.note for paper in page.materials]
    assert squeezed(one_line(typed)) in squeezed(deeds.paper(shared_office, done.document))


@pytest.mark.parametrize("kind", [*HOSTILE, "long"])
def test_in_what_an_action_asks_for(shared_office: Office, kind: str) -> None:
    """Reason, and who took the result home; on the page and on the paper."""
    typed = HOSTILE.get(kind, LONG)
    done = received(shared_office)
    version = deeds.detail(shared_office, done).version
    if kind == "long":
        with pytest.raises(FieldsRefused):
            cases.act(
                shared_office,
                case_id=done.case_id,
                version=version,
                action="withdraw",
                asks={"reason": typed},
            )
        return
    moved = deeds.act(shared_office, done, "withdraw", reason=typed, unasked=typed)
    kept = clean_text(typed)[0].strip()
    assert deeds.detail(shared_office, done).history[0].reason == kept
    assert squeezed(kept) in squeezed(deeds.paper(shared_office, moved.document))


@pytest.mark.parametrize("kind", HOSTILE)
def test_in_the_hall_and_the_operators_name(tmp_path: Path, kind: str) -> None:
    """On the paper, in the sign-in page, on no other line than its own."""
    typed = HOSTILE[kind]
    profile = replace(PROFILE, community_name=typed, street=typed, phone=typed, address=typed)
    office = make_office(tmp_path / "office", profile).office
    assert office.hall.community == " ".join(one_line(typed).split())
    text = squeezed(deeds.paper(office, received(office).document))
    assert squeezed(one_line(typed)) in text
    assert "\n" not in office.hall.hall
    assert check(office).findings == ()
    office.close()


@pytest.mark.parametrize("typed", [*HOSTILE.values(), LONG], ids=[*HOSTILE, "long"])
def test_in_search_box_and_filter(shared_office: Office, typed: str) -> None:
    """Answered, whatever it is; nothing of the file is changed."""
    received(shared_office)
    before = deeds.everything(shared_office)
    search.search(shared_office, text=typed)
    wanted = CaseFilter(group="all", text=typed, state=typed[:50], line=typed[:50])
    if kind_is_text(typed):
        assert case_views.page(shared_office, wanted=wanted).rows == ()
        assert case_views.counts(shared_office, wanted=wanted)["all"] == 0
    assert people.known(shared_office, id_no=typed) is None
    assert deeds.everything(shared_office) == before


def kind_is_text(typed: str) -> bool:
    """State and line come from lists, never from a keyboard; a lone surrogate cannot stand in them."""
    return "\ud800" not in typed


@pytest.mark.parametrize("typed", [*HOSTILE.values(), LONG], ids=[*HOSTILE, "long"])
def test_in_a_draft(shared_office: Office, typed: str) -> None:
    """A draft keeps what was typed, but for what no file can hold."""
    values = intake_values(shared_office, "MZ-GL-01", who=person(typed), remark=typed)
    values = replace(values, form={**values.form, "kin_name": typed})
    saved = drafts.save(shared_office, draft_id=None, values=values).value
    kept = next(one for one in drafts.left_behind(shared_office) if one.id == saved)
    writable = typed.replace("\ud800", "")
    assert kept.values.person.name == writable
    assert kept.values.form["kin_name"] == writable
    assert len(kept.label) <= 60
    drafts.drop(shared_office, draft_id=saved)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Paths of the files that were opened since."""
    GUARDS.opened = []
    yield GUARDS.opened
    GUARDS.opened = None


def test_nothing_else_is_opened(office: Office, tmp_path: Path, opened: list[str]) -> None:
    """Neither the file the markup names nor any other outside the office and the ledger."""
    journey(office, tmp_path, "刘桂兰")
    opened.clear()
    for typed in HOSTILE.values():
        journey(office, tmp_path, typed)
    outside = [path for path in opened if not path.startswith(str(tmp_path))]
    assert outside == []
    assert any("ledger" in path for path in opened)


def journey(office: Office, folder: Path, typed: str) -> None:
    """Typed everywhere, saved, drawn on every medium, exported, looked at."""
    agent = replace(AGENT, name=typed)
    done = received(office, who=person(typed), agent=agent, remark=typed)
    assert done.document is not None
    for medium in get_args(documents.Medium):
        pdf = documents.pdf(office, document_id=done.document, medium=medium)
        assert squeezed(one_line(typed)) in squeezed(text_of(pdf))
    wanted = CaseFilter(group="all", text=done.number)
    assert list(exported(office, folder, wanted))
    deeds.detail(office, done)


def test_the_file_is_sound_after_all_that(shared_office: Office) -> None:
    """Chain and rows agree; runs last."""
    try:
        report = check(shared_office)
    except OfficeError as error:
        pytest.fail(repr(error))
    assert report.findings == ()
