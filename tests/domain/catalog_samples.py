"""A small whole catalogue as files, for tests of what reads it and of the rules that use it."""

from datetime import date
from typing import Any

from desk.domain.catalog import Catalog, County, Item
from desk.domain.catalog_reader import read_catalog
from desk.domain.facts import PersonFacts, facts_for

TODAY = date(2026, 11, 23)

HEAD = """
version = 1
effective_from = "2026-11-01"
lines = [{ key = "civil", label = "民政" }]
usual = ["MZ-1"]
removed = ["MZ-8"]
[renamed]
"MZ-9" = "MZ-1"
"""

ITEMS = """
line = "civil"

[[item]]
code = "MZ-1"
name = "高龄老人生活保健补贴申领"
short_name = "高龄补贴"
aliases = ["老年补贴"]
department = "县民政局"
nature = "行政给付"
subject = "个人"
acceptor = "street"
workflow = "short"
person_block = "full"
instant = false
applicants = ["本县户籍 70 周岁以上老人"]
result = "纳入发放名册"
legal_basis = ["老年人权益保障法"]
confirmed = false
fields = [
    { key = "age_full", label = "周岁", kind = "int", required = true, derive = "age" },
    { key = "tier", label = "档次", kind = "choice", derive = "tier", choices = ["70-79周岁", "80周岁及以上"] },
    { key = "amount", label = "月标准", kind = "money", derive = "monthly_amount" },
    { key = "first_month", label = "起发月份", kind = "month", derive = "$next_month" },
    { key = "next_check", label = "下次复核", kind = "date", derive = "$today+12m" },
    { key = "ability", label = "自理能力", kind = "choice", required = true, choices = ["自理", "半失能", "失能"] },
    { key = "bank_holder", label = "账户户名", kind = "text", required = true, max_length = 20 },
    { key = "kin_name", label = "照料人", kind = "text", required = true, when = "ability in ['半失能', '失能']" },
    { key = "issue_date", label = "开具日期", kind = "date" },
    { key = "valid_days", label = "有效期", kind = "int" },
]
questions = [
    { key = "alive", label = "本人健在", kind = "bool", required = true },
    { key = "receiving", label = "已在领取的事项", kind = "text" },
    { key = "income", label = "月收入", kind = "money" },
]
rules = [
    { fact = "age", op = ">=", value = 70, level = "hard", source = "derived", clause = "办法第三条", text = "年满70周岁" },
    { fact = "alive", op = "==", value = true, level = "hard", source = "asked", clause = "办法第四条", text = "本人健在" },
    { fact = "bank_holder", op = "==", value = "$applicant", level = "warn", source = "field", clause = "办法第五条", text = "只打入本人账户" },
]
materials = [
    { key = "form", name = "申请表", form = "original", from_desk = true },
    { key = "id_card", name = "居民身份证", form = "inspect_copy", valid_months = 12, tolerable = true },
    { key = "assessment", name = "失能评估", form = "copy", when = "ability in ['半失能', '失能']" },
    { key = "photo", name = "照片", form = "original", copies = 2, required = false },
    { key = "proxy_id", name = "代办人身份证", form = "inspect_copy", when = "is_proxy" },
]
route = [{ level = "社区", actor = "前台", action = "受理", days = 3 }]
tiers = [
    { min_age = 70, max_age = 79, label = "70-79周岁", param = "t70" },
    { min_age = 80, max_age = 999, label = "80周岁及以上", param = "t80" },
]
[item.limits]
promised_days = 15
"""

COUNTY = """
code = "610422"
name = "三原县"
brand = "同心三原"
towns = [{ code = "610422001", name = "城关街道" }]
confirmed = ["t70"]
[params]
t70 = "50"
t80 = ""
dibao_std = 0
"""

WORKFLOW = """
key = "short"
label = "短流程"
start = "new"
state = [
    { key = "new", label = "新办", phase = "open", clock = "none" },
    { key = "accepted", label = "已受理", phase = "open", clock = "run", bar = 2 },
    { key = "received", label = "已收件", phase = "open", clock = "none", bar = 1 },
    { key = "waiting", label = "暂停", phase = "open", clock = "pause" },
    { key = "done", label = "已办结", phase = "closed", clock = "stop", bar = 3 },
]
[[action]]
key = "accept"
label = "受理"
sources = ["new"]
target = "accepted"
when = "complete and acceptor_here"
primary = true
[[action]]
key = "receive"
label = "收件"
sources = ["new"]
target = "received"
when = "complete"
[[action]]
key = "receive"
label = "先收一部分"
sources = ["new"]
target = "received"
when = "not complete"
asks = [{ key = "reason", label = "原因", kind = "note", required = true }]
[[action]]
key = "note"
label = "记一笔"
sources = ["accepted", "received"]
target = "="
[[action]]
key = "pause"
label = "暂停"
sources = ["accepted", "received"]
target = "waiting"
clock = "pause"
[[action]]
key = "resume"
label = "恢复"
sources = ["waiting"]
target = "<"
clock = "resume"
[[action]]
key = "finish"
label = "办结"
sources = ["accepted", "received"]
target = "done"
"""

PEOPLE = """
none = []
contact = [{ key = "name", label = "姓名", kind = "text", required = true }]
full = [{ key = "ethnic", label = "民族", kind = "choice", choices_from = "ethnic" }]
agent = [{ key = "agent_relation", label = "关系", kind = "choice", choices = ["子女", "监护人"] }]
"""

ETHNIC = """
title = "民族"
standard = "GB/T 3304-1991"
entries = [{ code = "01", label = "汉族" }, { code = "03", label = "回族" }]
"""

PROHIBITED = 'certificates = [{ name = "健在证明", go_to = "用证单位" }]'

FILES = {
    "catalog/catalog.toml": HEAD,
    "catalog/items/civil.toml": ITEMS,
    "catalog/counties/610422.toml": COUNTY,
    "catalog/workflows/short.toml": WORKFLOW,
    "catalog/people.toml": PEOPLE,
    "catalog/prohibited.toml": PROHIBITED,
    "codes/ethnic.toml": ETHNIC,
}


def sources(**changes: tuple[str, str]) -> dict[str, bytes]:
    """The files, with one text replaced in the files whose name contains the keyword: `items=(old, new)`."""
    texts = dict(FILES)
    for word, (old, new) in changes.items():
        name = next(name for name in texts if word in name)
        assert old in texts[name], old
        texts[name] = texts[name].replace(old, new, 1)
    return {name: text.encode() for name, text in texts.items()}


def catalog() -> Catalog:
    return read_catalog(sources())


def item() -> Item:
    return catalog().item("MZ-1")


def county() -> County:
    return catalog().counties["610422"]


def person(**changes: Any) -> PersonFacts:
    """刘桂兰, 70 years old."""
    known: dict[str, Any] = {
        "name": "刘桂兰",
        "id_no": "610422195603120420",
        "sex": "女",
        "birth": date(1956, 3, 12),
        "region": "610422",
        "is_proxy": False,
        "proxy_relation": "",
    }
    return PersonFacts(**known | changes)


def facts(of: Item | None = None, on: date = TODAY, **changes: Any) -> dict[str, object]:
    """The facts of that item for 刘桂兰 who answered nothing; `changes` replace arguments of `facts_for`."""
    known: dict[str, Any] = {
        "person": person(),
        "form": {},
        "answers": {},
        "county": county(),
        "register": {},
    }
    return facts_for(of or item(), on=on, **known | changes)
