"""The whole life of an allowance: applied for, made public, granted, moved up at 80, looked at yearly, stopped, begun anew."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desk.domain.privacy import mask_name
from desk.resources import read_tree
from desk.services import case_store, documents, intake, roll_deeds, roll_export, roll_papers
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.roll_views import RollFilter
from desk.services.views import Finished
from tests.builders import intake_values
from tests.printing.reading import text_of
from tests.services import deeds
from tests.services.roll_people import (
    applied,
    granted,
    known,
    listed,
    names,
    on_the_spot,
    resident,
)

ROLL = "elderly"
WANG = resident("王德福", "1946-11-25", 1, house="池阳花园3号楼2单元501")


def change(office: Office, key: str, month: str) -> list[tuple[str, str]]:
    return [(row.state_label, row.name) for row in listed(office, ROLL, key, month=month)]


def form_of(office: Office, done: Finished) -> dict[str, object]:
    with reading(office) as connection:
        return dict(case_store.load(office, connection, done.case_id).standing.form)


def paper_text(office: Office, document: object) -> str:
    return text_of(documents.pdf(office, document_id=document, medium="A4"))  # type: ignore[arg-type]


def test_the_whole_life_of_an_allowance(office: Office) -> None:
    done = applied(office, WANG)
    deeds.walk(office, done, "confirm_accepted")
    assert roll_papers.print_notice(office, register=ROLL).value is None
    deeds.act(office, done, "start_publicity", expected_end="2026-11-27")
    notice = paper_text(office, roll_papers.print_notice(office, register=ROLL).value)
    assert mask_name("王德福") in notice
    assert "池阳花园3号楼" in notice
    for private in (WANG.id_no, WANG.id_no[-4:], WANG.phone, "4567", "501", "王德福"):
        assert private not in notice
    deeds.walk(office, done, "end_publicity")
    deeds.act(office, done, "decide_ok", first_pay_month="")
    assert change(office, "changes", "2026-12") == [("新增", "王德福")]
    again = intake.prepare(office, values=intake_values(office, "MZ-GL-01", who=WANG, answers={}))
    assert "dup_subsidy" not in {question.key for question in again.questions}
    assert again.assessment.verdict == "no"
    # On the second day after, he is eighty.
    [up] = listed(office, ROLL, "raise", month="2026-11")
    ids = (up.record_id,)
    roll_deeds.raise_tier(office, register=ROLL, record_ids=ids, month="2026-11")  # type: ignore[arg-type]
    assert change(office, "changes", "2026-12") == [("新增", "王德福"), ("升档", "王德福")]
    office.clock.advance(days=330)  # type: ignore[attr-defined]
    assert names(listed(office, ROLL, "due")) == ["王德福"]
    view = intake.prepare(office, values=intake_values(office, "MZ-GL-02", who=WANG, answers={}))
    assert (view.questions, view.derived["高龄补贴名册"]) == ((), "在发，2027-11-23 复核到期")
    on_the_spot(office, WANG, "MZ-GL-02", cert_result="通过")
    assert listed(office, ROLL, "due") == ()
    on_the_spot(office, WANG, "MZ-GL-02", cert_result="户籍迁出", verify_date="2027-10-18")
    assert change(office, "changes", "2027-11") == [("停发", "王德福")]
    granted(office, WANG)
    [back] = listed(office, ROLL, "roll")
    assert (back.state_label, back.values[0]) == ("在发", "80—89周岁")
    assert change(office, "changes", "2027-11")[0] == ("新增", "王德福")
    assert check(office).findings == ()


def test_the_lists_come_out_by_building_on_paper_and_as_tables(
    office: Office, tmp_path: Path
) -> None:
    granted(office, WANG)
    granted(office, resident("刘桂兰", "1950-03-12", 4, house="1号楼1单元101"))
    known(office, resident("快满的", "1956-12-20", 6))
    wanted = RollFilter(ROLL, "roll")
    told = paper_text(office, roll_papers.print_list(office, wanted=wanted).value)
    assert told.index("1号楼") < told.index("池阳花园3号楼")
    assert WANG.id_no not in told
    assert "2 人" in told
    newcomers = RollFilter(ROLL, "newcomers")
    assert "快满的" in paper_text(office, roll_papers.print_list(office, wanted=newcomers).value)
    month = RollFilter(ROLL, "changes", month="2026-12")
    changes = paper_text(office, roll_papers.print_list(office, wanted=month).value)
    for said in ("新增 2 人", "升档：本月没有", "停发：本月没有", "100.00 元"):
        assert said in changes
    for key, filled in (("roll", 2), ("newcomers", 1), ("raise", 1), ("changes", 2), ("due", 0)):
        path = tmp_path / f"{key}.xlsx"
        narrowed = RollFilter(ROLL, key, month="2026-12" if key == "changes" else "")
        rows = roll_export.export(
            office,
            wanted=narrowed,
            path=path,
            progress=lambda done, total, what: None,
            cancelled=lambda: False,
        )
        cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        assert (rows, len(cells) - bool(cells)) == (filled, filled)
    assert check(office).findings == ()


def test_who_turns_seventy_within_thirty_days_registers_now_and_is_accepted_then(
    office: Office,
) -> None:
    too_early = intake_values(office, "MZ-GL-01", who=resident("还早的", "1956-12-24", 5))
    assert [e.label for e in intake.prepare(office, values=too_early).ends if e.primary] == [
        "不予受理"
    ]
    soon = resident("将满的", "1956-12-23", 6)
    values = intake_values(office, "MZ-GL-01", who=soon)
    ends = intake.prepare(office, values=values).ends
    assert (ends[0].key, ends[0].label, ends[0].primary) == ("receive", "预登记", True)
    done = applied(office, soon)
    assert "confirm_accepted" not in {one.key for one in deeds.detail(office, done).actions}
    receipt = "".join(text_of(documents.pdf(office, document_id=done.document)).split())  # type: ignore[arg-type]
    # From the birthday on: fifteen working days for the answer, five to be told whether it is accepted.
    assert "预登记：2026年12月23日满规定的年龄，那天起才可以受理" in receipt
    assert "预计2027年1月13日前" in receipt
    assert "最迟2026年12月30日告知是否受理" in receipt
    assert form_of(office, done)["age_full"] == 69
    office.clock.advance(days=30)  # type: ignore[attr-defined]
    deeds.walk(office, done, "confirm_accepted", "start_publicity")
    assert form_of(office, done)["age_full"] == 70
    notice = paper_text(office, roll_papers.print_notice(office, register=ROLL).value)
    assert "70—79周岁" in notice
    assert "50 元／月" in notice
    deeds.walk(office, done, "end_publicity")
    deeds.act(office, done, "decide_ok", first_pay_month="")
    [row] = listed(office, ROLL, "roll")
    assert (row.name, row.values[:2]) == ("将满的", ("70—79周岁", "50.00 元"))
    assert check(office).findings == ()


@pytest.mark.parametrize("code", ["MZ-GL-01", "MZ-GL-02", "MZ-GL-03"])
def test_no_certificate_of_being_alive_is_ever_asked_for(office: Office, code: str) -> None:
    """民发〔2020〕20号: nothing the desk asks for or prints names one but to say that none is taken."""
    item = office.catalog.item(code)
    assert not any("健在证明" in paper.name for paper in item.materials)
    texts = json.dumps([str(item), {k: v.decode() for k, v in read_tree("papers").items()}])
    told = json.loads(texts)
    whole = told[0] + "".join(told[1].values())
    for part in whole.split("健在证明")[:-1]:
        assert part[-6:].endswith(("不收", "不需要开任何", "需要开任何"))
