"""Papers of invented people, one of each kind and some that strain the layout."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from desk.clock import CHINA
from desk.domain.numbering import Number, parse
from desk.domain.paper_blocks import Paper
from desk.domain.paper_facts import (
    Hall,
    PaperFacts,
    PaperItem,
    PaperLimits,
    PaperMaterial,
    PaperMissing,
    PaperPerson,
)
from desk.domain.paper_reader import read_wording
from desk.domain.paper_wording import Wording
from desk.domain.papers import compose, paper_kind
from desk.domain.privacy import mask_name
from desk.exchange.keys import SigningPair
from desk.exchange.receipt_code import ReceiptFacts, seal_receipt

RESOURCES = Path(__file__).parents[2] / "resources"
SIGNER = SigningPair.from_bytes(bytes(range(32)))
AT = datetime(2026, 11, 23, 11, 42, tzinfo=CHINA)
SJ, SL, SECOND = (
    Number(series, "610422001001", 2, date(2026, 11, 23), serial)
    for series, serial in (("SJ", 20), ("SL", 23), ("SJ", 21))
)
HALL = Hall(
    name="池阳社区便民服务大厅",
    brand="同心三原",
    community="池阳社区",
    phone="029-32280000",
    complaint_phone="12345",
    hours="周一至周五 8:30–12:00　14:00–17:30",
    place="池阳街道东关路 18 号",
)
LIU = PaperPerson("刘桂兰", "女", 70, "证件号码", "6104**********0420", "138****2734")
MATERIALS = (
    PaperMaterial("居民身份证", "returned", "held", 1, "有效至 2036-05"),
    PaperMaterial("户口簿（首页、户主页、本人页）", "returned", "taken"),
    PaperMaterial("社会保障卡", "returned", "taken"),
    PaperMaterial("申请（审批）表", "kept", "none", 1, "窗口打印"),
)
MISSING = (
    PaperMissing(
        "诊断证明",
        "没有医院盖章",
        "二级及以上医院，近 24 个月，盖章",
        "就诊医院医务科",
        copy_enough=False,
        sample="样表 3",
    ),
    PaperMissing(
        "户口簿（首页、户主页、本人页）", "缺本人页", "三页都要", "户籍派出所", copy_enough=True
    ),
)
RECEIVED = PaperFacts(
    hall=HALL,
    signed_at=AT,
    clerk="王敏",
    window="2",
    person=LIU,
    item_name="高龄老人生活保健补贴申领",
    item_code="MZ-GL-01",
    acceptor="street",
    acceptor_name="池阳街道办事处",
    number=SJ.full,
    compact=SJ.compact,
    short=SJ.short,
    copy_label="第二联　申请人留存",
    received_at=AT,
    answer_by=date(2026, 11, 30),
    limits=PaperLimits(promised="15 个工作日", due=date(2026, 12, 14), provisional=True),
    materials=MATERIALS,
)
ACCEPTED = replace(
    RECEIVED,
    issuer="池阳街道办事处",
    seal="受理专用章",
    acceptor_no="池阳民受 2026-238",
    acceptance_known=True,
    number=SL.full,
    compact=SL.compact,
    short=SL.short,
    other_number=SJ.full,
    accepted_on=date(2026, 11, 23),
    clause="《陕西省高龄老人生活保健补贴制度》",
    limits=PaperLimits(
        "20 个工作日", "15 个工作日", date(2026, 12, 14), unconfirmed=True, outside=("公示", "鉴定")
    ),
)
REFUSED = replace(
    RECEIVED,
    issuer="池阳街道办事处",
    materials=(),
    reason="申请人户籍不在本县，不属于本机关职责范围。",
    clause="《陕西省高龄老人生活保健补贴制度》",
    go_to="户籍所在地的街道办事处或镇人民政府",
)
KEY = ("7K2M9", "QX4TB", "3HJWP", "ZC8RN", "5DVGA", "YE6SF", "2BKMT", "W9XQH")
FACTS: dict[str, tuple[str, PaperFacts]] = {
    "receipt_slip": ("receipt_slip", RECEIVED),
    "receipt_awaited": (
        "receipt_slip",
        replace(
            RECEIVED,
            materials=(
                *MATERIALS[:2],
                PaperMaterial("医疗费票据", "kept", "none", 3, "票号 0012301–0012303"),
            ),
            missing=MISSING[:1],
        ),
    ),
    "acceptance_notice": ("acceptance_notice", ACCEPTED),
    "acceptance_promised": (
        "acceptance_notice",
        replace(
            ACCEPTED,
            acceptor="community",
            issuer="池阳社区居民委员会",
            materials=MATERIALS[:3],
            missing=(replace(MISSING[1], promised_by=date(2026, 12, 7)),),
        ),
    ),
    "one_time_notice": (
        "one_time_notice",
        replace(
            RECEIVED,
            item_name="医保门诊待遇认定",
            item_code="",
            missing=MISSING,
            materials=(),
            bring_by=date(2026, 12, 7),
        ),
    ),
    "refusal_notice": ("refusal_notice", REFUSED),
    "turned_away_note": ("refusal_notice", replace(REFUSED, acceptor="community", issuer="")),
    "not_issued_note": (
        "refusal_notice",
        replace(
            REFUSED,
            issuer="",
            item_name="",
            item_code="",
            clause="",
            certificate="健在证明",
            reason="健在证明已列入不应由基层群众性自治组织出具证明的清单。",
            go_to="用手机做待遇资格认证，或由发放单位核验",
        ),
    ),
    "conclusion_notice": (
        "conclusion_notice",
        replace(
            ACCEPTED,
            materials=(),
            result="准予发放",
            result_document="三高补字〔2026〕第 0127 号",
            result_on=date(2026, 12, 9),
            amount="每月 50.00 元，从 2026 年 12 月起",
            collection="本人持身份证到 2 号窗口领取",
            next_duty="2027 年 11 月 30 日前做一次资格认证",
        ),
    ),
    "pause_notice": (
        "pause_notice",
        replace(
            ACCEPTED,
            materials=(),
            paused_on=date(2026, 11, 27),
            pause_until=date(2026, 12, 4),
            reason="对申请人的基本情况进行公示，公示期 7 天。",
        ),
    ),
    "withdrawal_notice": (
        "withdrawal_notice",
        replace(
            ACCEPTED,
            seal="",
            withdrawn_on=date(2026, 11, 25),
            materials=MATERIALS[:2],
            reason="改由子女在西安办理。",
        ),
    ),
    "combined": (
        "combined",
        replace(
            RECEIVED,
            item_name="",
            item_code="",
            items=(
                PaperItem(
                    "高龄老人生活保健补贴申领",
                    RECEIVED.number,
                    SJ.short,
                    "已收件",
                    date(2026, 12, 14),
                    True,
                ),
                PaperItem(
                    "老年人优待证办理", ACCEPTED.number, SL.short, "已受理", date(2026, 11, 30)
                ),
                PaperItem("医保门诊待遇认定", SECOND.full, SECOND.short, "待补正"),
            ),
            missing=MISSING[:1],
            bring_by=date(2026, 12, 7),
        ),
    ),
    "recovery_key": (
        "recovery_key",
        PaperFacts(hall=HALL, signed_at=AT, key_groups=KEY),
    ),
}


@cache
def wording() -> Wording:
    """The wording that is shipped."""
    files = sorted((RESOURCES / "papers").glob("*.toml"))
    return read_wording({file.name: file.read_bytes() for file in files})


def sample(name: str) -> Paper:
    """The sample paper of that name."""
    kind, facts = FACTS[name]
    return compose(kind, signed(kind, facts), wording())


def signed(kind: str, facts: PaperFacts) -> PaperFacts:
    """The facts with the code a desk with this key would seal; as they are for a paper without a number."""
    if not facts.number:
        return facts
    told = (paper_kind(kind, facts), parse(facts.number), facts.item_code, facts.limits.due)
    return replace(facts, code=signed_code(*told, facts.person.name))


def signed_code(kind: str, number: Number, item: str, due: date | None, name: str) -> str:
    """The text of the QR code of a paper of today."""
    return seal_receipt(ReceiptFacts(number, kind, item, AT.date(), due, mask_name(name)), SIGNER)
