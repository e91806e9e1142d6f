"""The demonstration is the README's first promise: it runs to its end and leaves what it says."""

from datetime import date, datetime

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desk.clock import CHINA, FixedClock
from desk.domain.identity import age_on, read_id
from desk.paths import OfficePaths
from desk.services import case_views, rolls, sign_in
from desk.services.check import check
from desk.services.roll_views import RollFilter
from desk.services.views import CaseFilter
from tests.printing.reading import text_of
from ui.demo import has_screen, main
from ui.demo.folder import NOTE
from ui.demo.hall import MORNING, NEXT_PASSWORD, OPERATOR, PASSWORD
from ui.demo.residents import residents
from ui.demo.story import STORY
from ui.demo.window import ShiftedClock, open_window, prepare_office
from ui.startup import Start

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PAPERS = {
    "恢复密钥",
    "高龄补贴-刘桂兰",
    "慢特病-缺诊断证明-张建国",
    "组织关系转出-李伟",
    "失业登记-当场办结-冯小平",
    "健在证明-蒋福生",
    "老年人优待证-免交身份证-郑玉英",
    "受理通知书-刘桂兰",
    "介绍信三联-李伟",
    "回执催办函-何军",
    "高龄补贴-预登记-冯玉珍",
    "办结通知书-冯玉珍",
    "公示单-冯玉珍",
    "月度变动表-2027-01",
    "高龄补贴-一年后复核-冯玉珍",
    "高龄补贴-重新申领-郭兰芳",
    "受理通知书-张建国",
    "办结通知书-张建国",
    "慢特病-复审-张建国",
    "组织关系转入-邓丽",
    "介绍信退回告知单-邓丽",
    "编入支部通知-邓丽",
    "回执联-邓丽",
    "重开的介绍信-李伟",
    "作废的介绍信-李伟",
}
ENDS = {
    ("李伟", "DJ-ZZ-01", "已办结"),
    ("何军", "DJ-ZZ-01", "已办结"),
    ("邓丽", "DJ-ZZ-02", "已办结"),
    ("冯玉珍", "MZ-GL-01", "已办结"),
    ("冯玉珍", "MZ-GL-02", "已办结"),
    ("郭兰芳", "MZ-GL-01", "已批准"),
    ("张建国", "YB-MT-01", "已办结"),
    ("张建国", "YB-MT-02", "已批准"),
}
ROLLS = {
    ("elderly", "roll"): {
        ("郑玉英", "在发", "2027-11-23"),
        ("冯玉珍", "在发", "2028-11-08"),
        ("王德福", "在发", "2028-11-17"),
        ("郭兰芳", "在发", "2028-11-17"),
    },
    ("elderly", "stopped"): set(),
    ("elderly", "changes"): {
        ("郭兰芳", "新增", "2028-11-17"),
        ("王德福", "停发", "2028-11-17"),
        ("王德福", "恢复", "2028-11-17"),
    },
    ("chronic", "roll"): {("张建国", "享受中", "2029-11-17")},
    ("chronic", "stopped"): {("黄淑芬", "已注销", "")},
}
SIZES = {"": (1366, 768), "small": (1280, 720), "large": (1366, 768)}


@pytest.fixture(autouse=True)
def blinking(qapp):
    """The demonstration stops the cursor; other tests want it as it was."""
    before = QApplication.cursorFlashTime()
    yield
    QApplication.setCursorFlashTime(before)


def test_the_whole_morning_is_done_with_hand_and_eye(qapp, tmp_path, capsys):
    out = tmp_path / "演示"
    assert main(["--out", str(out)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line, _deed in STORY] == [line for line in said if not line.startswith("　")][
        :-1
    ]
    assert "完好" in said[-2]
    for folder, size in SIZES.items():
        pictures = [QImage(str(path)) for path in (out / folder).glob("*.png")]
        assert len(pictures) > 6
        assert {(one.width(), one.height()) for one in pictures} == {size}
    papers = list((out / "文书").glob("*.pdf"))
    assert {paper.stem for paper in papers} == PAPERS
    assert all(paper.read_bytes().startswith(b"%PDF") for paper in papers)
    _told_on_paper(out / "文书")
    kinds = {path.suffix for path in (out / "U盘").rglob("*") if path.is_file()}
    assert kinds == {".bmkey", ".bmenrol", ".bmkeys", ".bmq"}
    assert {path.suffix for path in (out / "台账").iterdir()} == {".xlsx", ".csv"}
    note = (out / NOTE).read_text(encoding="utf-8")
    assert OPERATOR in note
    assert PASSWORD in note
    assert NEXT_PASSWORD in note
    _where_everybody_ends(OfficePaths(out / "数据" / "窗口"))


def _told_on_paper(papers):
    """What a chapter's paper must say."""

    def text(name):
        return "".join(text_of((papers / f"{name}.pdf").read_bytes()).split())

    assert "城党组介〔2026〕40" in text("重开的介绍信-李伟")
    assert "城党组介〔2026〕31" not in text("重开的介绍信-李伟")
    assert "作废" in text("作废的介绍信-李伟")
    assert "下列2处" in text("介绍信退回告知单-邓丽")
    assert "第二支部" in text("编入支部通知-邓丽")
    assert "特此回复" in text("回执联-邓丽")


def _where_everybody_ends(paths):
    """The last word of each chapter, read from the office the demonstration leaves."""
    (who,) = sign_in.operators(paths)
    clock = FixedClock(datetime(2027, 11, 18, 9, tzinfo=CHINA))
    office = sign_in.sign_in(paths, operator_id=who.id, password=NEXT_PASSWORD, clock=clock)
    try:
        rows = case_views.page(office, wanted=CaseFilter(group="all"), limit=200).rows
        ends = {(row.applicant, row.item_code, row.state_label) for row in rows}
        lists = {key: _on_list(office, *key) for key in ROLLS}
    finally:
        office.close()
    assert ends >= ENDS
    assert lists == ROLLS


def _on_list(office, register, key):
    wanted = RollFilter(register, key, month="2027-12" if key == "changes" else "")
    return {
        (row.name, row.state_label, row.due_on) for row in rolls.page(office, wanted=wanted).rows
    }


def test_a_folder_that_cannot_be_made_is_said(tmp_path, capsys):
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    assert main(["--out", str(tmp_path / "文件")]) == 2
    assert "请换一个文件夹" in capsys.readouterr().err


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "重要.txt").write_text("别删", encoding="utf-8")
    assert main(["--out", str(tmp_path)]) == 2
    assert "换一个空文件夹" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["重要.txt"]


def test_with_a_screen_the_window_opens_signed_in_on_a_sound_office(qtbot, qapp, tmp_path):
    paths = OfficePaths(tmp_path / "hall")
    prepare_office(paths)
    start = Start(qapp, paths, ShiftedClock(MORNING, FixedClock(MORNING)))
    qtbot.addWidget(start.host)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        open_window(start)
    assert start.window is not None
    office = start.window.operations.office
    assert office.hall.operator == OPERATOR
    assert office.today == MORNING.date()
    assert check(office).findings == ()
    start.close()


@pytest.mark.parametrize(
    ("platform", "environ", "seen"),
    [
        ("win32", {}, True),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_window_is_only_opened_where_somebody_sees_it(platform, environ, seen):
    assert has_screen(platform, environ) is seen


def test_the_residents_are_plausible_and_nobody_twice():
    people = residents()
    assert len(people) == 40
    assert len({one.id_no for one in people.values()}) == 40
    readings = [read_id(one.id_no, today=date(2026, 11, 23)) for one in people.values()]
    assert not any(reading.problems for reading in readings)
    assert {reading.region for reading in readings} <= {"610422", "610423", "610431"}
    births = [reading.birth for reading in readings if reading.birth]
    reaching = {age_on(birth, date(2026, 11, 30)) for birth in births if birth.month == 11}
    assert {70, 80, 90, 100} <= reaching
