"""The whole life of a chronic illness: applied for, recognised, looked at again, struck off; and who may read of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desk.domain.catalog_reader import read_catalog
from desk.domain.county_lists import localized
from desk.domain.eligibility import assess
from desk.domain.facts import PersonFacts, facts_for
from desk.domain.ledgers import Span
from desk.services import case_views, documents, intake, ledger_book, roll_export, roll_papers
from desk.services.check import check
from desk.services.office import Office
from desk.services.roll_views import RollFilter
from desk.services.views import CaseFilter
from tests.builders import all_papers, intake_values, rules, take_in
from tests.printing.reading import text_of
from tests.services import deeds
from tests.services.roll_people import listed, on_the_spot, recognised, resident

ZHANG = resident("张建国", "1961-06-01", 3)
PRIVATE = ("糖尿病", "结核", "糖化血红蛋白", "痰检", "测试内容")


def application(office: Office, *diseases: str, **changes: object) -> object:
    values = intake_values(office, "YB-MT-01", who=ZHANG)
    return replace(values, form={**values.form, "diseases": list(diseases), **changes})


def test_the_whole_life_of_a_recognition(office: Office) -> None:
    recognised(office, ZHANG, "D02", "D38", visit_hospital_1="三原县医院")
    [row] = listed(office, "chronic", "roll")
    # The shortest review of the two, a year for tuberculosis.
    assert row.due_on == "2027-11-23"
    office.clock.advance(days=310)  # type: ignore[attr-defined]
    assert len(listed(office, "chronic", "due")) == 1
    values = intake_values(office, "YB-MT-02", who=ZHANG, answers={})
    view = intake.prepare(office, values=values)
    assert "on_roll" not in {question.key for question in view.questions}
    done = take_in(
        office,
        "YB-MT-02",
        who=ZHANG,
        form={**values.form, "apply_kind": "复审续期", "diseases": ["D02"]},
    )
    deeds.walk(office, done, "confirm_accepted", "forward")
    deeds.act(office, done, "decide_ok", next_review="")
    [row] = listed(office, "chronic", "roll")
    assert row.due_on == "2029-09-29"
    done = take_in(office, "YB-MT-02", who=ZHANG, form={**values.form, "apply_kind": "注销备案"})
    deeds.walk(office, done, "confirm_accepted", "forward", "decide_ok")
    assert listed(office, "chronic", "roll") == ()
    assert [r.state_label for r in listed(office, "chronic", "stopped")] == ["已注销"]
    assert check(office).findings == ()


def test_what_the_county_found_is_asked_beside_the_words_of_the_notice(office: Office) -> None:
    """Both stand on the case; what the county did not recognise puts nobody on the register."""
    done = take_in(office, "YB-MT-01", who=ZHANG)
    deeds.walk(office, done, "confirm_accepted", "forward")
    [button] = [one for one in deeds.detail(office, done).actions if one.key == "decide_ok"]
    assert {"result", "recognition"} <= {field.key for field in button.asks}
    deeds.act(office, done, "decide_ok", recognition="等集中鉴定", result="等鉴定")
    shown = {line.label: line.value for line in deeds.detail(office, done).form}
    assert shown["认定结果"] == "等集中鉴定"
    assert listed(office, "chronic", "roll") == ()
    review = take_in(office, "YB-MT-02", who=ZHANG)
    deeds.walk(office, review, "confirm_accepted", "forward")
    [button] = [one for one in deeds.detail(office, review).actions if one.key == "decide_ok"]
    assert "复审结果" in {field.label for field in button.asks}


def test_the_same_illness_is_not_recognised_twice(office: Office) -> None:
    """What the register knows is not asked; another illness may have been recognised elsewhere, so it is."""
    recognised(office, ZHANG, "D02")
    for diseases, asked in ((["D02", "D01"], False), (["D01"], True)):
        values = replace(application(office, *diseases), answers={})  # type: ignore[type-var]
        view = intake.prepare(office, values=values)  # type: ignore[arg-type]
        keys = {question.key for question in view.questions}
        assert ("same_disease_registered" in keys) is asked


def test_the_note_names_what_the_chosen_illnesses_must_show(office: Office) -> None:
    view = intake.prepare(office, values=application(office, "D02", "D38"))  # type: ignore[arg-type]
    note = next(n.material.note for n in view.needed if n.material.key == "exam_report")
    assert "糖化血红蛋白" in note
    assert "痰检" in note
    assert "病理报告" not in note


@pytest.mark.parametrize(("confirmed", "verdict"), [((), "yes"), (("chronic_max_diseases",), "no")])
def test_too_many_illnesses_are_refused_once_the_county_has_said_so(
    confirmed: tuple[str, ...], verdict: str
) -> None:
    catalog = rules().catalog
    item = catalog.item("YB-MT-01")
    county = replace(catalog.counties["610422"], confirmed=frozenset(confirmed))
    facts = facts_for(
        item,
        person=PersonFacts("张建国", "", "男", None, "", is_proxy=False, proxy_relation=""),
        form={
            "diseases": ["D01", "D02", "D03"],
            "hospital_level": "二级",
            "evidence_date": "2026-10-01",
        },
        answers={"insured_here": True, "same_disease_registered": False},
        county=county,
        on=date(2026, 11, 23),
        register={},
    )
    assert assess(item, facts).verdict == verdict


def test_evidence_that_is_too_old_is_refused(office: Office) -> None:
    for day, verdict in (("2024-11-23", "yes"), ("2024-10-22", "no")):
        values = application(office, "D02", evidence_date=day)
        assert intake.prepare(office, values=values).assessment.verdict == verdict  # type: ignore[arg-type]


@pytest.mark.parametrize("medium", ["58mm", "80mm"])
@pytest.mark.parametrize("end", ["receive", "notify"])
def test_no_slip_names_an_illness(office: Office, medium: str, end: str) -> None:
    """Neither the illness nor what must be shown for it; on the sheet for the applicant both stand."""
    values = application(office, "D02", "D38")
    papers = all_papers(office.catalog.item("YB-MT-01"))
    missing = tuple(p for p in papers if p.key != "exam_report") if end == "notify" else papers
    values = replace(values, handed_in=missing)  # type: ignore[type-var]
    done = intake.finish(office, values=values, end=end, asks={}).value  # type: ignore[arg-type]
    if end == "notify":
        sheet = text_of(documents.pdf(office, document_id=done.document, medium="A4"))  # type: ignore[arg-type]
        assert "糖化血红蛋白" in "".join(sheet.split())
    else:
        deeds.walk(office, done, "confirm_accepted", "forward")
        deeds.act(office, done, "decide_ok", granted="", next_review="")
        deeds.walk(office, done, "conclude")
    for paper in case_views.detail(office, case_id=done.case_id).documents:
        slip = text_of(documents.pdf(office, document_id=paper.id, medium=medium))
        assert not [word for word in PRIVATE if word in slip], paper.title


def test_only_the_ledger_of_the_line_tells_illnesses(office: Office, tmp_path: Path) -> None:
    recognised(office, ZHANG, "D02")
    on_the_spot(office, ZHANG, "ZH-ZM-01")
    for line, told in (("medical", True), ("", False), ("civil", False)):
        path = tmp_path / f"台账{line}.xlsx"
        ledger_book.write(
            office,
            key=ledger_book.DAY_BOOK,
            span=Span(),
            listed=CaseFilter(group="all", line=line),
            path=path,
            kind="xlsx",
            progress=lambda done, total, what: None,
            cancelled=lambda: False,
        )
        cells = str(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
        assert ("糖尿病" in cells) is told


def test_the_roll_names_illnesses_in_its_own_table_and_on_no_paper(
    office: Office, tmp_path: Path
) -> None:
    recognised(office, ZHANG, "D02")
    wanted = RollFilter("chronic", "roll")
    path = tmp_path / "名册.xlsx"
    roll_export.export(
        office,
        wanted=wanted,
        path=path,
        progress=lambda done, total, what: None,
        cancelled=lambda: False,
    )
    cells = str(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    assert "糖尿病" in cells
    document = roll_papers.print_list(office, wanted=wanted).value
    paper = text_of(documents.pdf(office, document_id=document, medium="A4"))
    assert "张建国" in paper
    assert "糖尿病" not in paper


def test_a_county_may_have_a_list_of_its_own() -> None:
    """Another file of the same shape, named in the county's own; elsewhere the common one holds."""
    source = dict(rules().source)
    own = """title = "本县病种"
standard = "本县医保局名录"
entries = [
  { code = "S01", label = "本县特殊病", class = "特殊病", evidence = "病理报告", review_months = 6 },
]
"""
    county = "catalog/counties/610423.toml"
    source["catalog/diseases_610423.toml"] = own.encode()
    lists = '\n[lists]\n"catalog/diseases" = "catalog/diseases_610423"\n'
    source[county] += lists.encode()
    catalog = read_catalog(source)
    here, elsewhere = localized(catalog, "610423"), localized(catalog, "610422")
    assert elsewhere is catalog
    field = next(f for f in here.item("YB-MT-01").fields if f.key == "diseases")
    [choice] = field.choices
    assert (choice.code, choice.group, choice.review_months) == ("S01", "特殊病", 6)
    assert here.registers["chronic"].fields[0].choices == field.choices
    assert here.digest == catalog.digest
