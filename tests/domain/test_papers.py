"""What the papers say, what they must not say, and how their wording is read."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.paper_blocks import Break, Entries, Grid, Pairs, Paper, Text
from desk.domain.paper_facts import PaperFacts, PaperLimits, PaperMaterial, PaperMissing
from desk.domain.paper_values import STRUCK, day_words, moment_words
from desk.domain.paper_wording import fill
from desk.domain.papers import compose, paper_kind
from tests.printing.samples import ACCEPTED, AT, FACTS, HALL, RECEIVED, REFUSED, sample, wording

# A.1 to A.5 of the notes on paperwork: what a paper of each kind must show.
MUST_SAY = {
    "receipt_slip": [
        *(
            "材料接收凭证",
            "SJ-610422001001-02-20261123-0020",
            "刘桂兰",
            "6104**********0420",
            "138****2734",
        ),
        *(
            "高龄老人生活保健补贴申领（MZ-GL-01）",
            "2026 年 11 月 23 日 11:42",
            "户口簿（首页、户主页、本人页）",
        ),
        *(
            "核验，当场退还",
            "前次已收",
            "不是受理决定",
            "2026 年 11 月 30 日",
            "原件",
            "王敏",
            "2 号窗口",
        ),
        *("第二联　申请人留存", "029-32280000", "12345", "（盖章）", "预计 2026 年 12 月 14 日前"),
    ],
    "acceptance_notice": [
        *(
            "受理通知书",
            "刘桂兰：",
            "高龄老人生活保健补贴申领",
            "材料齐全",
            "职责范围",
            "决定予以受理",
            "依据",
        ),
        *(
            "20 个工作日",
            "15 个工作日（待县里核定）",
            "2026 年 12 月 14 日前",
            "公示、鉴定",
            "居民身份证",
        ),
        *(
            "029-32280000",
            "池阳街道东关路 18 号",
            "结果送达",
            "受理专用章",
            "池阳街道办事处",
            "签收人签名",
        ),
    ],
    "one_time_notice": [
        *(
            "一次性告知书",
            "2 份材料",
            "诊断证明",
            "没有医院盖章",
            "二级及以上医院",
            "就诊医院医务科",
            "否，要原件",
        ),
        *("2026 年 12 月 7 日", "办理期限不计算", "（盖章）", "签收人签名"),
    ],
    "refusal_notice": [
        *(
            "不予受理通知书",
            "决定不予受理",
            "户籍不在本县",
            "依据",
            "户籍所在地",
            "60 日内申请行政复议",
        ),
        *("6 个月内提起行政诉讼", "池阳街道办事处", "（盖章）"),
    ],
    "turned_away_note": ["不予受理告知单", "户籍不在本县", "到哪里办：户籍所在地", "12345"],
    "not_issued_note": ["不予出具告知单", "健在证明", "到哪里办", "民发〔2020〕20 号"],
    "conclusion_notice": [
        *(
            "办结通知书",
            "SL-610422001001-02-20261123-0023",
            "准予发放",
            "三高补字〔2026〕第 0127 号",
        ),
        *(
            "2026 年 12 月 9 日",
            "每月 50.00 元",
            "2 号窗口领取",
            "资格认证",
            "领取人签名（指印）",
            "领取份数",
        ),
    ],
    "pause_notice": ["暂停", "公示期 7 天", "预计 2026 年 12 月 4 日结束", "不计入办理期限"],
    "withdrawal_notice": ["撤回登记回执", "2026 年 11 月 25 日", "居民身份证", "可以重新申请"],
    "combined": [
        "老年人优待证办理",
        "医保门诊待遇认定",
        "已受理",
        "待补正",
        "1123-0023",
        "诊断证明",
    ],
    "recovery_key": ["恢复密钥", "7K2M9", "W9XQH", "见证人签名", "封存日期", "不拍照"],
}


def sheet_text(paper: Paper) -> str:
    return said(replace(paper, slip=replace(paper.slip, blocks=(), sign_lines=(), tail_lines=())))


def slip_text(paper: Paper) -> str:
    bare = replace(
        paper.sheet, blocks=(), code_lines=(), fill_lines=(), sign_lines=(), tail_lines=()
    )
    return said(replace(paper, sheet=bare))


def said(paper: Paper) -> str:
    return "\n".join(paper.strings())


def composed(kind: str, facts: PaperFacts) -> Paper:
    return compose(kind, facts, wording())


def test_a_conclusion_names_the_papers_in_one_line_and_what_is_to_be_fetched() -> None:
    """A table of them would make a second page of most notices."""
    kept = PaperMaterial("残疾人证", "kept", "taken", 1)
    seen = PaperMaterial("居民身份证", "returned", "taken", 1)
    paper = composed("conclusion_notice", replace(ACCEPTED, materials=(seen, kept)))
    told = said(paper).replace("\n", "")
    assert "居民身份证、残疾人证" in told
    assert "要领回原件" in told
    assert not any(isinstance(block, Grid) for block in paper.sheet.blocks)


@pytest.mark.parametrize("name", MUST_SAY)
def test_paper_says_what_it_must(name: str) -> None:
    text = sheet_text(sample(name))
    assert [words for words in MUST_SAY[name] if words not in text] == []


@pytest.mark.parametrize("name", FACTS)
def test_no_gap_is_left_open(name: str) -> None:
    for text in sample(name).strings():
        assert not set("{}[]") & set(text)
        assert text.strip(" 　") == text


@pytest.mark.parametrize("name", FACTS)
def test_breaks_stand_only_between_blocks(name: str) -> None:
    for body in (sample(name).sheet, sample(name).slip):
        kinds = [isinstance(block, Break) for block in body.blocks]
        assert not kinds[0]
        assert not kinds[-1]
        assert (True, True) not in list(pairwise(kinds))


def test_community_issues_no_refusal_with_remedies() -> None:
    paper = composed(
        "refusal_notice", replace(REFUSED, acceptor="community", remedy="可申请行政复议")
    )
    assert paper.title == "不予受理告知单"
    assert "复议" not in said(paper)
    assert "诉讼" not in said(paper)


def test_prohibited_certificate_has_its_own_note() -> None:
    facts = replace(REFUSED, certificate="婚姻状况证明")
    assert paper_kind("refusal_notice", facts) == "not_issued_note"
    assert "复议" not in said(composed("refusal_notice", facts))


def test_remedy_handed_in_stands_for_the_usual_one() -> None:
    text = sheet_text(
        composed("refusal_notice", replace(REFUSED, remedy="可以向三原县人民政府申请行政复议。"))
    )
    assert "三原县人民政府" in text
    assert "6 个月" not in text


def test_acceptance_needs_the_accepting_body() -> None:
    with pytest.raises(ValueError, match="accepting body"):
        composed("acceptance_notice", replace(ACCEPTED, acceptance_known=False))


def test_community_accepts_in_its_own_name() -> None:
    facts = replace(ACCEPTED, acceptor="community", issuer="池阳社区居民委员会")
    text = sheet_text(composed("acceptance_notice", facts))
    assert "属于本社区办理范围" in text
    assert "本机关" not in text


def test_promised_papers_are_named_with_their_day() -> None:
    text = sheet_text(sample("acceptance_promised"))
    assert "决定先予受理；下列 1 份材料" in text
    assert "2026 年 12 月 7 日" in text
    assert "材料齐全" not in text


def test_unknown_person_leaves_no_empty_label() -> None:
    paper = composed(
        "receipt_slip", replace(RECEIVED, person=replace(RECEIVED.person, masked_id="", age=None))
    )
    labels = [
        pair.label
        for block in paper.sheet.blocks
        if isinstance(block, Pairs)
        for pair in block.pairs
    ]
    assert "证件号码" not in labels
    assert "刘桂兰　女" in paper.strings()


def test_agent_stands_with_relation() -> None:
    person = replace(RECEIVED.person, agent="李强", agent_relation="子")
    assert "李强（子）" in composed("receipt_slip", replace(RECEIVED, person=person)).strings()


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        (
            PaperLimits(promised="5 个工作日", due=date(2026, 11, 30)),
            "受理后 5 个工作日，2026 年 11 月 30 日前",
        ),
        (
            PaperLimits(promised="3 个月", due=date(2027, 2, 22), provisional=True),
            "受理后 3 个月，预计 2027 年 2 月 22 日前",
        ),
        (PaperLimits(promised="20 个工作日", unconfirmed=True), "受理后 20 个工作日（待县里核定）"),
    ],
)
def test_limits_in_words(limits: PaperLimits, wanted: str) -> None:
    assert wanted in composed("receipt_slip", replace(RECEIVED, limits=limits)).strings()


def test_no_statutory_line_without_a_statutory_limit() -> None:
    facts = replace(ACCEPTED, limits=PaperLimits(promised="15 个工作日"))
    assert "法定期限" not in said(composed("acceptance_notice", facts))


def test_awaited_papers_show_as_awaited() -> None:
    facts = replace(RECEIVED, materials=(PaperMaterial("户口簿", "pending", "pending"),))
    (grid,) = (
        block for block in composed("receipt_slip", facts).sheet.blocks if isinstance(block, Grid)
    )
    assert grid.rows == (("1", "户口簿", "待补", "待补", "1"),)
    assert "备注" not in grid.labels


@pytest.mark.parametrize(
    ("counting", "lapses", "wanted", "unwanted"),
    [
        (True, False, "暂停计算", "材料没有补齐以前"),
        (False, False, "材料没有补齐以前", "暂停计算"),
        (True, True, "按撤回申请处理", "材料没有补齐以前"),
        (False, False, "材料没有补齐以前", "按撤回申请处理"),
    ],
)
def test_notice_tells_the_count_and_the_effect(
    counting: bool, lapses: bool, wanted: str, unwanted: str
) -> None:
    facts = replace(FACTS["one_time_notice"][1], counting=counting, lapses=lapses)
    text = said(composed("one_time_notice", facts))
    assert wanted in text
    assert unwanted not in text


SECRET = replace(
    FACTS["one_time_notice"][1],
    sensitive=True,
    item_name="高血压门诊慢特病认定",
    item_code="YB-MT-03900",
    neutral_name="医保门诊待遇认定",
    reason="高血压二期，未满一年",
    clause="慢特病目录第 3 条高血压",
    missing=(PaperMissing("高血压诊断证明", "高血压分级没有写", "写明高血压几期", "医院医务科"),),
    materials=(PaperMaterial("高血压病历", "kept", "taken", 1, "高血压住院"),),
    result="认定高血压",
    next_duty="高血压每年复查",
    private_words=("高血压",),
)


@pytest.mark.parametrize("name", [name for name in FACTS if name != "recovery_key"])
def test_a_slip_never_names_the_illness(name: str) -> None:
    kind, usual = FACTS[name]
    facts = replace(
        SECRET,
        acceptor=usual.acceptor,
        certificate=usual.certificate,
        acceptance_known=True,
        go_to="高血压专科",
    )
    assert "高血压" not in slip_text(composed(kind, facts))


def test_a_sensitive_item_goes_by_its_neutral_name_on_sheets_too() -> None:
    text = sheet_text(composed("receipt_slip", replace(SECRET, missing=(), materials=())))
    assert "医保门诊待遇认定" in text
    assert "高血压" not in text
    assert "03900" not in text


def test_a_sensitive_slip_keeps_what_helps_and_says_where_the_rest_is() -> None:
    paper = composed("one_time_notice", SECRET)
    (entries,) = (block for block in paper.slip.blocks if isinstance(block, Entries))
    assert entries.rows == ((f"1. {STRUCK}诊断证明", "到哪里开：医院医务科"),)
    assert "或到窗口当面问" in slip_text(paper)
    assert "或到窗口当面问" not in sheet_text(paper)


def test_codes_say_the_number_only_where_nothing_is_signed() -> None:
    paper = composed("receipt_slip", RECEIVED)
    assert (paper.code, paper.bars) == (RECEIVED.compact, RECEIVED.compact)
    key = sample("recovery_key")
    assert key.code.count("-") == 7
    assert key.bars == ""


def test_what_is_typed_is_never_read_as_a_template() -> None:
    person = replace(RECEIVED.person, name="{masked_id}[{phone}]")
    assert (
        "{masked_id}[{phone}]　女　70 岁"
        in composed("receipt_slip", replace(RECEIVED, person=person)).strings()
    )


@given(st.text(max_size=40), st.text(max_size=40))
def test_filling_is_done_once(first: str, second: str) -> None:
    filled = fill("甲{a}乙[丙{b}]", {"a": first, "b": second})
    tail = f"丙{second}" if second else ""
    assert filled == (f"甲{first}乙{tail}" if first else "")


def test_dates_in_words() -> None:
    assert day_words(date(2026, 1, 5)) == "2026 年 1 月 5 日"
    assert moment_words(AT) == "2026 年 11 月 23 日 11:42"
    assert day_words(None) == moment_words(None) == ""


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        composed("love_letter", PaperFacts(HALL, AT))


def test_paragraph_styles_reach_the_paper() -> None:
    texts = [block for block in sample("refusal_notice").sheet.blocks if isinstance(block, Text)]
    assert {text.style for text in texts} >= {"plain", "indent", "lead"}
