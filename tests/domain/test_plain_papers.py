"""Papers from plain values: what they refuse, what stays open on a form, and that a board shows nothing private."""

import tomllib
from dataclasses import replace

import pytest

from desk.domain.paper_blocks import Entries, FillIn, Grid, Pair, Pairs, Paper, Ruled
from desk.domain.paper_facts import Hall, Reprint
from desk.domain.paper_reader import read_wording
from desk.domain.paper_values import head_names
from desk.domain.plain_papers import PlainHead, compose_plain, head_values
from desk.errors import CatalogRejected
from desk.resources import read_tree, resource_bytes
from tests.printing.plain_heads import CASE, HEAD
from tests.printing.samples import AT, HALL, SL, wording

NEIGHBOUR = {"name": "王*兰", "place": "翠湖花园", "amount": "每月 50.00 元"}


def plain(kind: str, values: dict[str, str], head: PlainHead = HEAD, **rows: object) -> Paper:
    return compose_plain(kind, head, values, rows, wording())  # type: ignore[arg-type]


def pairs_of(paper: Paper) -> dict[str, Pair]:
    return {
        pair.label: pair
        for block in paper.sheet.blocks
        if isinstance(block, Pairs)
        for pair in block.pairs
    }


def with_file(name: str, text: str) -> dict[str, bytes]:
    return {**read_tree("papers"), f"papers/{name}.toml": text.encode()}


def test_head_names_are_the_values_every_paper_has() -> None:
    assert set(head_values(HEAD, wording().words)) == head_names()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('title = "单"\n[gaps]\na = ""\n[[block]]\ntext = "{b}"', "no value is named 'b'"),
        ('title = "单"\n[gaps]\nplace = ""', "gaps.place: every paper has it"),
        ('title = "单"\n[gaps]\na = 3', "gaps.a: int; allowed: str"),
        ('title = "单"\nmedium = 4\n[gaps]\na = ""', "medium: int; allowed: str"),
        ('title = "单"\n[gaps]\na = ""\n[[block]]\ntable = "materials"', "'materials'; allowed:"),
        (
            'title = "单"\n[gaps]\n[tables.t]\nrows = "t"\nnames = ["x"]\n'
            'columns = [{ label = "甲", weight = 1, cell = "{y}" }]',
            "no value is named 'y'",
        ),
    ],
)
def test_faulty_wording_is_refused(text: str, fault: str) -> None:
    with pytest.raises(CatalogRejected) as refused:
        read_wording(with_file("odd", text))
    assert any(fault in line for line in refused.value.faults), refused.value.faults


def test_what_the_paper_has_no_place_for_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        plain("overdue_note", {"colour": "红"})
    with pytest.raises(KeyError, match="chairs"):
        plain("overdue_note", {}, chairs=())
    with pytest.raises(KeyError, match="colour"):
        plain("handover_list", {}, papers=({"colour": "红"},))


def test_choices_show_boxes_and_lose_nothing_that_was_said() -> None:
    value = pairs_of(plain("mediation_register", {"kind": "邻里、漏水"}))["纠纷类型"].value
    assert "■ 邻里" in value
    assert "□ 物业" in value
    assert value.endswith("　■ 漏水")
    assert "■" not in pairs_of(plain("mediation_register", {}))["纠纷类型"].value


def test_places_to_write_are_roomy_until_they_are_filled() -> None:
    facts = "纠纷简要情况"
    assert pairs_of(plain("mediation_register", {}))[facts] == Pair(facts, "", wide=True, lines=11)
    assert pairs_of(plain("mediation_register", {"facts": "漏水"}))[facts].lines == 1
    (open_lines,) = (
        b for b in plain("mediation_follow_up", {}).sheet.blocks if isinstance(b, Ruled)
    )
    assert open_lines == Ruled("", 14)
    paper = plain("mediation_follow_up", {"told": "好"})
    assert [b for b in paper.sheet.blocks if isinstance(b, Ruled)] == [Ruled("好", 0)]


def test_a_blank_list_has_empty_rows_and_a_filled_one_none() -> None:
    (grid,) = (b for b in plain("handover_list", {}).sheet.blocks if isinstance(b, Grid))
    assert grid.rows == (("",) * 6,) * 5
    paper = plain("handover_list", {}, papers=({"name": "户口簿", "count": "1"},))
    (grid,) = (b for b in paper.sheet.blocks if isinstance(b, Grid))
    assert grid.rows == (("1", "户口簿", "", "", "1", ""),)
    assert FillIn(("1.", "2.", "3.", "4.", "5.")) in plain("handover_list", {}).slip.blocks
    assert any(isinstance(block, Entries) for block in paper.slip.blocks)


def test_both_directions_of_a_hand_over_say_which() -> None:
    taken = plain("handover_list", {"direction": "收取"})
    back = plain("handover_list", {"direction": "退还", "returning": "1"})
    assert (taken.title, back.title) == ("材料交接清单（收取）", "材料交接清单（退还）")
    assert any("办完后按本清单逐件退还" in text for text in taken.strings())
    assert any("双方核对无误" in text for text in back.strings())


@pytest.mark.parametrize(
    "private",
    ["61042219560420042X", "6104**********0420", "13812342734", "138****2734", "****1234"],
)
def test_a_public_notice_shows_no_private_number(private: str) -> None:
    with pytest.raises(ValueError, match="public notice"):
        plain("public_notice", {"subject": "补贴"}, people=({**NEIGHBOUR, "note": private},))
    with pytest.raises(ValueError, match="public notice"):
        plain("public_notice", {"subject": private})


def test_a_public_notice_has_no_place_for_an_illness_and_may_show_amount_and_period() -> None:
    values = {"subject": "高龄补贴", "from_on": "2026 年 11 月 23 日", "until_on": "11 月 29 日"}
    paper = plain("public_notice", values, people=(NEIGHBOUR,))
    assert "每月 50.00 元" in paper.strings()
    with pytest.raises(KeyError, match="disease"):
        plain("public_notice", values, people=({**NEIGHBOUR, "disease": "高血压"},))


def test_a_roster_takes_its_columns_from_whoever_asks() -> None:
    columns = (
        {"name": "n", "label": "序", "weight": "1"},
        {"name": "grid", "label": "网格", "weight": "3"},
    )
    paper = plain("roster", {"title": "花名册"}, columns=columns, people=({"grid": "一"}, {}))
    (grid,) = (block for block in paper.sheet.blocks if isinstance(block, Grid))
    assert (grid.labels, grid.weights) == (("序", "网格"), (1, 3))
    assert grid.rows == (("1", "一"), ("2", ""))
    assert pairs_of(paper)["人数"].value == "2 人"


def test_a_month_without_changes_says_so() -> None:
    said = plain("roster_changes", {"subject": "高龄补贴", "month": "2026 年 12 月"}).strings()
    assert {"新增：本月没有。", "升档：本月没有。", "停发：本月没有。"} <= set(said)


def test_codes_stand_only_where_there_is_a_number() -> None:
    paper = plain("recheck_slip", {"name": "刘桂兰"}, CASE)
    assert (paper.number, paper.code, paper.bars) == (SL.full, SL.compact, SL.compact)
    assert plain("recheck_slip", {"name": "刘桂兰"}).code == ""
    blank = plain("mediation_agreement", {})
    assert (blank.number, blank.code, blank.bars) == ("（　　　）人调字第　　　号", "", "")


def test_the_day_is_left_open_where_it_is_written_by_hand() -> None:
    dated, open_day = (
        plain("overdue_note", {}),
        plain("overdue_note", {}, replace(HEAD, dated=False)),
    )
    assert "2026 年 11 月 23 日" in dated.sheet.sign_lines
    assert not any("2026" in line for line in open_day.strings())
    assert open_day.sheet.sign_lines[-1].endswith("年　　月　　日")


def test_the_hall_issues_where_nobody_else_is_named() -> None:
    assert plain("overdue_note", {}, PlainHead(HALL, AT)).issuer == HALL.name
    assert plain("overdue_note", {}, PlainHead(HALL, AT, issuer="某委员会")).issuer == "某委员会"


def test_a_slip_never_names_an_illness() -> None:
    values = {"item": "高血压门诊慢特病认定", "document": "高血压认定书"}
    head = replace(HEAD, private_words=("高血压", ""))
    paper = plain("proof_of_service", values, head)
    assert pairs_of(paper)["送达文书"].value == "高血压认定书"
    assert not any("高血压" in text for text in replace(paper, sheet=paper.slip).strings())
    forward = plain("forward_sheet", {}, head, papers=({"name": "高血压病历"},))
    (entries,) = (block for block in forward.slip.blocks if isinstance(block, Entries))
    assert entries.rows == (("1. （略）病历",),)


def test_a_reprint_says_so() -> None:
    head = replace(HEAD, reprint=Reprint(2, AT, "李强"))
    assert plain("overdue_note", {}, head).reprint.startswith("补打第 2 次")


def test_typed_text_is_never_read_as_a_template() -> None:
    paper = plain("overdue_note", {"reason": "{applicant}[{hall}]"}, PlainHead(Hall("大厅"), AT))
    assert pairs_of(paper)["超期原因"].value == "{applicant}[{hall}]"


def test_ratings_have_five_levels_with_reasons_of_their_own() -> None:
    levels = tomllib.loads(resource_bytes("codes/ratings.toml").decode())["entries"]
    assert [level["code"] for level in levels] == ["5", "4", "3", "2", "1"]
    assert [level["side"] for level in levels] == ["好评", "好评", "好评", "差评", "差评"]
    assert [len(level["stars"]) for level in levels] == [5, 4, 3, 2, 1]
    for level in levels:
        assert len(level["reasons"]) == 8
        assert {reason["code"][0] for reason in level["reasons"]} == {level["code"]}
    (grid,) = (block for block in plain("rating_slip", {}).sheet.blocks if isinstance(block, Grid))
    assert grid.rows == tuple(
        (
            f"□ {level['label']}\n{level['stars']}",
            "　".join(f"□ {reason['label']}" for reason in level["reasons"]),
        )
        for level in levels
    )


def test_mediation_is_the_committees_not_the_halls() -> None:
    bare = replace(HEAD, issuer="")
    assert plain("mediation_agreement", {}, bare).issuer == "池阳社区人民调解委员会"
    assert plain("receipt_reminder", {}, bare).issuer.startswith("＿＿")
