"""All that is on file of one person, for himself: complete, noted, and nothing of others."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desk.errors import FieldsRefused, NotFound, NotGranted
from desk.services import own_data, people, revealing, roles
from desk.services.office import Office
from desk.services.own_data import OwnDataWritten
from tests.builders import id_number, person, take_in
from tests.printing.reading import text_of
from tests.services import deeds
from tests.services.erasing_desk import erase, refused_long_ago
from tests.services.test_requests import bring


def exported(office: Office, folder: Path) -> tuple[OwnDataWritten, dict[str, object]]:
    """What was written for 刘桂兰, and the machine's file read again."""
    card = people.known(office, id_no=id_number())
    assert card is not None
    written = own_data.export(office, person_id=card.id, purpose="asked", folder=folder)
    return written, json.loads((folder / written.files[-1]).read_text(encoding="utf-8"))


def told(body: dict[str, object], kind: str) -> list[tuple[str, str]]:
    lines = body["lines"]
    assert isinstance(lines, list)
    return [(one["what"], one["told"]) for one in lines if one["kind"] == kind]


def test_it_holds_cases_papers_rolls_and_history(office: Office, tmp_path: Path) -> None:
    done = take_in(office, "MZ-GL-01")
    deeds.walk(
        office,
        done,
        "confirm_accepted",
        "start_review",
        "start_publicity",
        "end_publicity",
        "decide_ok",
    )
    take_in(office, "ZH-ZM-01", "conclude_now")
    written, body = exported(office, tmp_path)
    assert written.cases == 2
    assert ("证件号码", id_number()) in told(body, "登记信息")
    assert {what for what, _ in told(body, "办件")} >= {"高龄补贴申请", "社区证明"}
    assert any("受理" in what for what, _ in told(body, "文书"))
    assert told(body, "材料")
    assert told(body, "经过")
    assert told(body, "名册")[0][1] == "在发"


def test_the_three_files_say_the_same(office: Office, tmp_path: Path) -> None:
    take_in(office, "ZH-ZM-01", "conclude_now")
    written, body = exported(office, tmp_path)
    assert sorted(path.name for path in tmp_path.glob("本人信息*")) == sorted(written.files)
    pdf = text_of((tmp_path / written.files[0]).read_bytes()).replace("\n", "")
    assert "刘桂兰 本人信息" in pdf
    assert "用途：本人要求查询" in pdf
    rows = CalamineWorkbook.from_path(tmp_path / written.files[1]).get_sheet_by_index(0).to_python()
    lines = body["lines"]
    assert isinstance(lines, list)
    assert len(rows) == len(lines) + 5
    assert body["format"] == "bianmin-own-data"


def test_nobody_else_is_in_it(office: Office, tmp_path: Path) -> None:
    take_in(office, "MZ-GL-01")
    take_in(office, "MZ-GL-01", who=person("王秀英", id_no=id_number(order=88)))
    written, body = exported(office, tmp_path)
    assert written.cases == 1
    text = json.dumps(body, ensure_ascii=False)
    assert "王秀英" not in text
    # A relative's phone was typed into the form: it is starred.
    assert "13900001234" not in text


def test_it_holds_what_was_sent_from_home_and_who_looked(office: Office, tmp_path: Path) -> None:
    """His own request and no other's; what was never filled in is no line."""
    take_in(office, "ZH-ZM-01", "conclude_now", who=person(house="", hukou_addr=""))
    bring(office, tmp_path)
    card = people.known(office, id_no=id_number())
    assert card is not None
    revealing.of_person(office, person_id=card.id, purpose="contact")
    _written, body = exported(office, tmp_path)
    [(who, wanted)] = told(body, "申请")
    assert (who, "高龄" in wanted) == ("小程序申请", True)
    assert told(body, "查看记录") == [("查看完整信息", "联系本人")]
    assert not {"楼栋房号", "户籍地址"} & {what for what, _ in told(body, "登记信息")}
    assert "王建国" not in json.dumps(body, ensure_ascii=False)


def test_it_is_noted_before_it_is_written(office: Office, tmp_path: Path) -> None:
    take_in(office, "ZH-ZM-01", "conclude_now")
    exported(office, tmp_path)
    noted = deeds.events(office, "audit.noted")[-1]
    assert (noted["what"], noted["purpose"], noted["facts"]) == ("own_data", "asked", {"cases": 1})


def test_it_wants_a_purpose_a_person_and_the_right(office: Office, tmp_path: Path) -> None:
    done = take_in(office, "YB-MT-01")
    card = people.known(office, id_no=id_number())
    assert card is not None
    with pytest.raises(FieldsRefused):
        own_data.export(office, person_id=card.id, purpose="", folder=tmp_path)
    with pytest.raises(NotFound):
        own_data.export(office, person_id=done.case_id, purpose="asked", folder=tmp_path)
    office.grants = roles.granted("clerk", ())
    with pytest.raises(NotGranted):
        own_data.export(office, person_id=card.id, purpose="asked", folder=tmp_path)
    assert list(tmp_path.glob("本人信息*")) == []


def test_what_was_erased_is_not_in_it(office: Office, tmp_path: Path) -> None:
    gone = refused_long_ago(office)
    take_in(office, "ZH-ZM-01", "conclude_now")
    erase(office, gone.case_id)
    written, _body = exported(office, tmp_path)
    assert written.cases == 1
