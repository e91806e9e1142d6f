"""`bianmin verify-receipt`: one sentence, an exit status that scripts can use, for text and for a file of text."""

from sqlalchemy import select

from db.models import Document
from desk.services.operation import reading
from desk.services.views import Finished
from tests.builders import make_office, take_in

TYPED = "--password-stdin"


def issued(folder) -> tuple[Finished, str]:
    """A desk in that folder, closed again, and the code of its one paper."""
    office = make_office(folder).office
    done = take_in(office)
    with reading(office) as connection:
        facts = connection.execute(select(Document.facts)).scalar_one()
    office.close()
    return done, facts["code"]


def test_a_paper_is_told_in_one_sentence(tmp_path, run):
    done, code = issued(tmp_path / "desk")
    place = ("--data", tmp_path / "desk", TYPED)
    status, said, complaints = run("verify-receipt", code, *place)
    assert (status, complaints) == (0, "")
    assert said.startswith("真的：池阳社区 2 号窗口 2026 年 11 月 23 日出具的材料接收凭证")
    assert done.number in said
    assert len(said.splitlines()) == 1
    assert run("verify-receipt", code, "--name", "刘桂兰", *place)[:2] == (
        0,
        f"{said.strip()}姓名与码里的相符。\n",
    )
    status, said, _ = run("verify-receipt", code, "--name", "李桂兰", *place)
    assert status == 1
    assert said.endswith("姓名与码里的不符，不能认。\n")


def test_a_forged_one_and_a_stranger_are_refused(tmp_path, run):
    _, code = issued(tmp_path / "desk")
    _, strange = issued(tmp_path / "elsewhere")
    place = ("--data", tmp_path / "desk", TYPED)
    altered = code[:-1] + ("1" if code[-1] != "1" else "2")
    for text, begins in (
        (altered, "被改动过："),
        (strange, "认不出是哪个窗口的："),
        ("刘桂兰", "看不出真假："),
    ):
        status, said, complaints = run("verify-receipt", text, *place)
        assert (status, complaints) == (1, "")
        assert said.startswith(begins)


def test_a_scanner_may_have_written_a_file(tmp_path, run):
    _, code = issued(tmp_path / "desk")
    place = ("--data", tmp_path / "desk", TYPED)
    scanned = tmp_path / "扫描.txt"
    scanned.write_text(f"\ufeff{code}\r\n", encoding="utf-8")
    assert run("verify-receipt", scanned, *place)[1].startswith("真的：")
    scanned.write_bytes(b"\x89PNG\r\n\xff\xfe")
    status, said, complaints = run("verify-receipt", scanned, *place)
    assert (status, said) == (2, "")
    assert "读不出文字" in complaints
