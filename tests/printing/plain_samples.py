"""Papers composed from plain values: each filled in for invented people and, where it is a form, blank to write on."""

from dataclasses import replace

from desk.domain.paper_blocks import Paper
from desk.domain.plain_papers import PlainHead, compose_plain
from tests.printing.mediation_samples import MEDIATION
from tests.printing.plain_heads import (
    ADDRESS,
    CASE,
    DAY,
    HEAD,
    LATER,
    Plain,
    Rows,
    numbered,
    signed,
)
from tests.printing.samples import AT, HALL, wording
from tests.printing.small_samples import SMALL

PARTY = replace(CASE, issuer="中共三原县池阳街道工作委员会", copy_label="")


PAPERS: Rows = (
    {"name": "居民身份证", "original": "1", "copy": "1", "count": "2"},
    {"name": "户口簿（首页、户主页、本人页）", "copy": "3", "count": "3"},
    {"name": "社会保障卡", "original": "1", "count": "1", "note": "原件办完退还"},
)


def person(number: int) -> dict[str, str]:
    """One of many residents on a roster."""
    surname = "王李张刘陈杨赵黄周吴"[number % 10]
    return {
        "name": f"{surname}{'秀建桂志玉'[number % 5]}{'兰英华明芳林'[number % 6]}",
        "sex": "女男"[number % 2],
        "masked_id": f"6104**********{number % 10000:04d}",
        "address": f"翠湖花园 {1 + number % 18} 号楼 {1 + number % 3} 单元 {100 + number % 900} 室",
        "grid": f"第 {1 + number % 9} 网格",
        "tier": ("70–79 岁", "80–89 岁", "90–99 岁")[number % 3],
    }


COLUMNS: Rows = (
    {"name": "n", "label": "序", "weight": "7"},
    {"name": "name", "label": "姓名", "weight": "13"},
    {"name": "sex", "label": "性别", "weight": "10"},
    {"name": "masked_id", "label": "证件号码", "weight": "30"},
    {"name": "grid", "label": "网格", "weight": "15"},
    {"name": "address", "label": "住址", "weight": "42"},
    {"name": "tier", "label": "档次", "weight": "17"},
)


def roster(count: int) -> Plain:
    """A roster of so many people."""
    return Plain(
        "roster",
        replace(HEAD, marks=("内部",)),
        {
            "title": "高龄补贴在册老人名册",
            "scope": "池阳社区全部网格",
            "as_of": DAY,
            "note": "本名册只供上门服务和核对使用，用完收回，不得复印、外传。",
        },
        {"columns": COLUMNS, "people": tuple(person(number) for number in range(1, count + 1))},
    )


PLAIN: dict[str, Plain] = {
    "proof_of_service": Plain(
        "proof_of_service",
        replace(CASE, copy_label=""),
        {
            "document": "不予批准高龄老人生活保健补贴决定书",
            "document_no": "三高补不字〔2026〕第 0003 号",
            "organ": "池阳街道办事处",
            "item": "高龄老人生活保健补贴申领（MZ-GL-01）",
            "recipient": "刘桂兰",
            "recipient_id": "6104**********0420",
            "where": "池阳社区便民服务大厅 2 号窗口",
            "way": "直接送达",
            "served_at": DAY + " 11:42",
        },
    ),
    "mandate": Plain(
        "mandate",
        numbered(HEAD, "DB", 3),
        {
            "principal": "刘桂兰",
            "principal_id": "6104**********0420",
            "principal_phone": "138****2734",
            "principal_address": ADDRESS,
            "why": "腿脚不便，出不了门",
            "agent": "李强",
            "agent_kind": "帮办代办员",
            "agent_id": "池阳代办 07",
            "agent_phone": "139****0012",
            "scope": "递交材料、询问进度、领取结果",
            "from_on": DAY,
            "until_on": "2027 年 2 月 22 日",
        },
        {
            "matters": (
                {"code": "MZ-GL-01", "name": "高龄老人生活保健补贴申领"},
                {"code": "MZ-LN-02", "name": "老年人优待证办理", "note": "代交一寸照片"},
            )
        },
    ),
    "handover_list": Plain(
        "handover_list",
        replace(CASE, copy_label="第一联　存根"),
        {
            "direction": "收取",
            "giver": "刘桂兰",
            "taker": "李强（工作证 池阳代办 07）",
            "at": DAY + " 11:42",
            "where": "刘桂兰家中",
            "matter": "高龄老人生活保健补贴申领",
            "mandate_no": "DB 1123-0003",
        },
        {"papers": PAPERS},
    ),
    "handover_back": Plain(
        "handover_list",
        CASE,
        {
            "direction": "退还",
            "returning": "1",
            "giver": "李强（工作证 池阳代办 07）",
            "taker": "刘桂兰",
            "at": LATER + " 9:10",
            "where": "刘桂兰家中",
            "matter": "高龄老人生活保健补贴申领",
            "mandate_no": "DB 1123-0003",
        },
        {"papers": (*PAPERS, {"name": "补贴批准通知", "original": "1", "count": "1"})},
    ),
    **MEDIATION,
    **SMALL,
    "rating_slip": Plain(
        "rating_slip",
        replace(CASE, copy_label=""),
        {
            "item": "高龄老人生活保健补贴申领",
            "served_on": DAY,
            "seat": "2 号窗口　工号 07",
        },
    ),
    "public_notice": Plain(
        "public_notice",
        HEAD,
        {
            "subject": "高龄老人生活保健补贴",
            "reviewed_by": "社区",
            "basis": "《陕西省高龄老人生活保健补贴制度》",
            "from_on": DAY,
            "until_on": "2026 年 11 月 29 日",
            "days": "7",
        },
        {
            "people": tuple(
                {
                    "name": f"{'王李张刘陈'[n % 5]}*{'兰英华明芳'[n % 5]}",
                    "place": "池阳社区翠湖花园",
                    "grade": "70–79 岁",
                    "amount": "每月 50.00 元",
                    "since": "2026 年 12 月",
                }
                for n in range(8)
            )
        },
    ),
    "receipt_reminder": Plain(
        "receipt_reminder",
        PARTY,
        {
            "addressee": "中共泾阳县泾干街道工作委员会",
            "name": "周志华",
            "letter_no": "0031",
            "issued_on": "2026 年 9 月 20 日",
            "went_to": "中共泾阳县泾干街道南强社区支部委员会",
            "valid_until": "2026 年 9 月 30 日",
            "due_on": "2026 年 10 月 31 日",
            "asked_before": "2026 年 11 月 5 日",
            "reply_address": "三原县池阳街道东关路 20 号",
            "reply_postcode": "713800",
            "reply_phone": "029-32280011",
            "reply_fax": "029-32280012",
        },
    ),
    "forward_sheet": Plain(
        "forward_sheet",
        CASE,
        {
            "to_body": "池阳街道办事处社会事务办公室",
            "item": "高龄老人生活保健补贴申领",
            "applicant": "刘桂兰",
            "applicant_id": "6104**********0420",
            "applicant_phone": "138****2734",
            "received_on": DAY,
            "accepted_on": DAY,
            "due_on": LATER,
            "reason": "由街道受理、初审",
            "wanted": "请在办结日期前审核，并把结果告知本大厅。",
        },
        {"papers": PAPERS},
    ),
    "overdue_note": Plain(
        "overdue_note",
        CASE,
        {
            "applicant": "刘桂兰",
            "applicant_id": "6104**********0420",
            "item": "高龄老人生活保健补贴申领（MZ-GL-01）",
            "accepted_on": "2026 年 10 月 26 日",
            "due_on": "2026 年 11 月 16 日",
            "overdue": "5 个工作日",
            "stage": "街道审核",
            "reason": "与殡葬、户籍信息比对时系统停用一周。",
            "next_step": "11 月 24 日完成比对，25 日报县里确认。",
            "new_due_on": "2026 年 11 月 27 日",
            "told_by": "电话",
        },
    ),
    "export_handover": Plain(
        "export_handover",
        replace(HEAD, number="导 2026-0047", issuer=""),
        {
            "file_name": "610422001001-02-20261123-0047.bmq",
            "size": "1.8 MB",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "sm3": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            "case_count": "126",
            "contents": "办件、材料、评价",
            "package_no": "0047",
            "previous_no": "0046",
            "made_at": DAY + " 17:20",
            "stick": "池阳 U-02",
            "from_body": "池阳社区便民服务大厅",
            "to_body": "三原县民政局",
        },
    ),
    "dispatch_sheet": Plain(
        "dispatch_sheet",
        numbered(HEAD, "FW", 5),
        {
            "resident": "刘桂兰",
            "phone_masked": "138****2734",
            "address": ADDRESS,
            "kind": "修理家电",
            "request": "电饭锅不通电，请带工具上门看看。",
            "team": "便民服务队",
            "worker": "陈志林",
            "wanted_at": "2026 年 11 月 24 日 15 时",
            "accept_by": "2026 年 11 月 24 日 11:42",
        },
    ),
    "home_visit_sheet": Plain(
        "home_visit_sheet",
        numbered(HEAD, "DB", 3),
        {
            "resident": "刘桂兰",
            "phone_masked": "138****2734",
            "address": ADDRESS,
            "items": "高龄老人生活保健补贴申领",
            "booked_at": "2026 年 11 月 24 日 9 时",
            "visitors": "李强、王敏",
            "why": "腿脚不便",
            "bring": "申请表、委托书、交接清单",
        },
    ),
    "roster": roster(60),
    "roster_changes": Plain(
        "roster_changes",
        HEAD,
        {
            "subject": "高龄补贴",
            "month": "2026 年 12 月",
            "body": "池阳社区",
            "before": "412 人",
            "after": "414 人",
            "total": "28650.00 元",
        },
        {
            "added": tuple(
                {
                    "name": person(n)["name"],
                    "masked_id": person(n)["masked_id"],
                    "birth": "1956-11-0" + str(n),
                    "tier": "70–79 岁",
                    "amount": "50.00",
                    "since": "2026-12",
                    "place": "翠湖花园",
                }
                for n in range(1, 5)
            ),
            "raised": (
                {
                    "name": "陈玉英",
                    "masked_id": person(14)["masked_id"],
                    "birth": "1946-11-12",
                    "old_tier": "70–79 岁",
                    "tier": "80–89 岁",
                    "amount": "100.00",
                    "since": "2026-12",
                },
            ),
            "stopped": (
                {
                    "name": "杨桂华",
                    "masked_id": person(25)["masked_id"],
                    "tier": "80–89 岁",
                    "amount": "100.00",
                    "from_month": "2026-12",
                    "reason": "户籍迁出本县",
                },
            ),
        },
    ),
    "letter_returned": Plain(
        "letter_returned",
        numbered(HEAD, "DX", 2),
        {
            "name": "周志华",
            "letter_no": "0031",
            "issued_by": "中共西安市雁塔区电子城街道工作委员会",
            "issued_on": "2026 年 7 月 20 日",
            "presented_on": DAY,
            "go_to": "中共西安市雁塔区电子城街道工作委员会",
            "contact": "029-88220000",
        },
        {
            "reasons": (
                {"what": "超过有效期（30 天）", "right": "由原单位重新开具，原信交回作废"},
                {"what": "介绍信有涂改", "right": "重新开具，不得涂改"},
                {
                    "what": "抬头不是我方有接收权限的党委",
                    "right": "抬头写“中共三原县池阳街道工作委员会”",
                },
            )
        },
    ),
    "branch_admission": Plain(
        "branch_admission",
        numbered(HEAD, "DX", 4),
        {
            "name": "周志华",
            "member_kind": "预备党员",
            "came_from": "中共西安市雁塔区电子城街道某某公司支部",
            "branch": "中共池阳社区第二网格支部",
            "from_on": DAY,
            "dues_from": "2026 年 12 月",
            "probation_until": "2027 年 3 月 15 日",
            "secretary": "赵志明",
            "branch_phone": "029-32280000",
            "meeting": "每月 15 日 19:00，社区党群服务中心二楼",
        },
    ),
    "recheck_slip": Plain(
        "recheck_slip",
        CASE,
        {
            "name": "刘桂兰",
            "masked_id": "6104**********0420",
            "item": "高龄老人生活保健补贴",
            "checked_at": DAY + " 11:42",
            "way": "本人到窗口",
            "result": "通过，补贴照发",
            "next_due": "2027 年 11 月 30 日",
        },
    ),
}
FORMS = tuple(kind for kind, plan in wording().papers.items() if plan.form)
NAMES = (*PLAIN, *(f"{kind}_blank" for kind in FORMS))


def plain_sample(name: str) -> Paper:
    """The sample of that name; one that ends in `_blank` has nothing filled in."""
    kind = name.removesuffix("_blank")
    if kind == name:
        told = PLAIN[name]
        head = signed(told.kind, told.head)
        return compose_plain(told.kind, head, told.values, told.rows, wording())
    return compose_plain(kind, PlainHead(HALL, AT, dated=False), {}, {}, wording())
