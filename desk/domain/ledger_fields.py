"""What a ledger's columns may name, by where its rows come from, and to which line each may go."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from desk.domain.catalog import Catalog, Item
from desk.domain.fields import FieldDef, Sensitive
from desk.domain.ledgers import LedgerColumn, LedgerMap, Source

Fields = Mapping[str, FieldDef]


def _fields(*rows: tuple[str, str, str]) -> dict[str, FieldDef]:
    return {name: FieldDef(name, label, kind) for name, label, kind in rows}  # type: ignore[arg-type]


DESK: Final = _fields(
    ("row.n", "序号", "int"),
    ("desk.community", "社区", "text"),
    ("desk.county", "县区", "text"),
    ("desk.hall", "大厅", "text"),
)
PERSON: Final = _fields(
    ("person.name", "姓名", "text"),
    ("person.id_type", "证件类型", "text"),
    ("person.id_no", "证件号码", "idnumber"),
    ("person.sex", "性别", "text"),
    ("person.birth", "出生日期", "date"),
    ("person.age", "年龄", "int"),
    ("person.phone", "联系电话", "phone"),
    ("person.live_addr", "现住址", "text"),
    ("person.hukou_addr", "户籍地址", "text"),
    ("person.house", "楼栋房号", "text"),
    ("person.building", "楼栋", "text"),
    ("person.ethnic", "民族", "text"),
    ("person.political", "政治面貌", "text"),
)
CASE: Final = _fields(
    ("case.sj_number", "收件编号", "text"),
    ("case.sl_number", "受理编号", "text"),
    ("case.short_no", "短号", "text"),
    ("case.item_code", "事项编码", "text"),
    ("case.item_name", "事项", "text"),
    ("case.line", "条线", "text"),
    ("case.department", "承办部门", "text"),
    ("case.state", "状态", "text"),
    ("case.opened_on", "收件日期", "date"),
    ("case.accepted_on", "受理日期", "date"),
    ("case.due_on", "到期日期", "date"),
    ("case.changed_on", "最近办理日期", "date"),
    ("case.window", "窗口", "int"),
    ("case.operator", "经办人", "text"),
    ("case.channel", "来源", "text"),
    ("case.tier", "核定档次", "text"),
    ("case.amount", "核定金额", "money"),
)
RECORD: Final = _fields(
    ("record.state", "状态", "text"),
    ("record.opened_on", "入册日期", "date"),
    ("record.due_on", "复核到期", "date"),
    ("record.changed_on", "最近变动日期", "date"),
)
ASKED: Final = _fields(
    ("asked.day", "咨询日期", "date"),
    ("asked.item_code", "事项编码", "text"),
    ("asked.item_name", "咨询事项", "text"),
    ("asked.line", "条线", "text"),
    ("asked.operator", "接待人", "text"),
)
BASE: Final[Mapping[Source, Fields]] = {
    "cases": {**DESK, **CASE, **PERSON},
    "records": {**DESK, **PERSON, **RECORD},
    "people": {**DESK, **PERSON},
    "consultations": {**DESK, **ASKED},
}
PARTY: Final = "party"


def fields_of(catalog: Catalog, ledger: LedgerMap) -> Fields:
    """All a column of this ledger may name, with label and kind; a form's field of several items is that of the first."""
    found = dict(BASE[ledger.source])
    for name in ("ethnic", "political"):
        full = next((f for f in catalog.person_blocks.get("full", ()) if f.key == name), None)
        if full is not None and f"person.{name}" in found:
            private: Sensitive = "party" if name == "political" else ""
            found[f"person.{name}"] = replace(full, key=f"person.{name}", sensitive=private)
    if ledger.source == "cases":
        for item in items_of(catalog, ledger):
            for one in item.fields:
                found.setdefault(f"form.{one.key}", one)
    if ledger.source == "records" and ledger.register in catalog.registers:
        register = catalog.registers[ledger.register]
        found |= {f"entry.{one.key}": one for one in register.fields}
    return found


def items_of(catalog: Catalog, ledger: LedgerMap) -> tuple[Item, ...]:
    """The items whose cases a ledger takes; all for one that is not narrowed."""
    return tuple(
        item
        for item in catalog.items.values()
        if (not ledger.items or item.code in ledger.items)
        and (not ledger.lines or item.line in ledger.lines)
    )


def forbidden(catalog: Catalog, ledger: LedgerMap, column: LedgerColumn, field: FieldDef) -> str:
    """Why this column may not stand in this ledger; '' where it may (domain notes, G.2).

    Illnesses, what concerns minors, and party data go to the competent line alone, accounts in full too.
    """
    if not field.sensitive:
        return ""
    if field.sensitive == "bank":
        full = column.show == "full"
        return "" if not full or _competent(catalog, ledger, column) else "账号只有主管条线能写全"
    if field.sensitive == PARTY:
        return "" if ledger.line == PARTY else "党员信息只能写进党建的台账"
    return "" if _competent(catalog, ledger, column) else "这一项只能写进主管条线的台账"


def _competent(catalog: Catalog, ledger: LedgerMap, column: LedgerColumn) -> bool:
    """Whether the ledger's line decides on every item whose rows show this column."""
    lines = [competent_lines(catalog, item) for item in _items_with(catalog, ledger, column)]
    return bool(lines) and all(ledger.line in allowed for allowed in lines)


def _items_with(catalog: Catalog, ledger: LedgerMap, column: LedgerColumn) -> Iterable[Item]:
    if ledger.source == "records":
        return (catalog.items[catalog.registers[ledger.register].item],)
    key = column.value.removeprefix("form.")
    return [
        item
        for item in items_of(catalog, ledger)
        if any(one.key == key and one.sensitive for one in item.fields)
    ]


def competent_lines(catalog: Catalog, item: Item) -> frozenset[str]:
    """The lines that decide on an item: its own, and those its route names (残联 examines two of civil affairs')."""
    actors = " ".join(step.actor for step in item.route)
    named = {line.key for line in catalog.lines if line.label in actors}
    return frozenset({item.line, *named})
