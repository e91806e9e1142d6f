"""Reads the service items of one line's file."""

from typing import Any, Final

from desk.domain.catalog import (
    Item,
    Limits,
    MaterialDef,
    RouteStep,
    Rule,
    Tier,
)
from desk.domain.catalog_forms import FIELD_WORDS, Tables, read_fields
from desk.domain.catalog_nodes import Node, defaults, once, words
from desk.domain.catalog_registers import read_effect

OPERATORS: Final = ("==", "!=", ">=", "<=", ">", "<", "in")
SUBJECTS: Final = ("个人", "家庭", "组织", "个人或组织")
_LIMITS = defaults(Limits)
_MATERIAL = defaults(MaterialDef)


def read_items(root: Node, tables: Tables) -> tuple[Item, ...]:
    """The items of a file `catalog/items/<line>.toml`."""
    line = root.text("line")
    items = tuple(_item(node, line, tables) for node in root.nodes("item", name="code"))
    root.finish()
    return items


def _item(node: Node, line: str, tables: Tables) -> Item:
    read = Item(
        code=node.text("code"),
        name=node.text("name"),
        short_name=node.text("short_name"),
        aliases=node.texts("aliases"),
        line=line,
        department=node.text("department"),
        nature=node.text("nature"),
        subject=node.word("subject", SUBJECTS),
        acceptor=node.word("acceptor", words(Item, "acceptor")),
        workflow=node.text("workflow"),
        person_block=node.word("person_block", words(Item, "person_block")),
        instant=node.yes_no("instant"),
        applicants=node.texts("applicants"),
        result=node.text("result"),
        legal_basis=node.texts("legal_basis"),
        confirmed=node.yes_no("confirmed"),
        notes=node.text("notes", ""),
        limits=_limits(node.table("limits")),
        fields=read_fields(node, "fields", tables),
        questions=read_fields(node, "questions", tables),
        rules=tuple(_rule(child) for child in node.nodes("rules", [])),
        materials=tuple(_material(child) for child in node.nodes("materials", [])),
        route=tuple(_step(child) for child in node.nodes("route", [])),
        tiers=tuple(_tier(child) for child in node.nodes("tiers", [])),
        effects=tuple(read_effect(child) for child in node.nodes("effects", [])),
        sensitive=node.word("sensitive", FIELD_WORDS["sensitive"], ""),
    )
    _check(node, read)
    node.finish()
    return read


def _check(node: Node, item: Item) -> None:
    once(node, "materials", (material.key for material in item.materials), "材料")
    keys = [one.key for one in (*item.fields, *item.questions)]
    once(node, "questions", keys, "字段或问题名")
    if item.instant and (item.limits.statutory_days or item.limits.promised_days):
        node.fault("limits", "即办事项不写期限（0 天）")
    if not item.instant and not item.limits.promised_days:
        node.fault("limits.promised_days", "不是即办的事项要有承诺期限", "1 以上的整数")


def _limits(node: Node) -> Limits:
    days: dict[str, Any] = {
        name: node.whole(name, _LIMITS[name], 1000)
        for name in (
            "statutory_days",
            "promised_days",
            "publicity_days",
            "supplement_days",
            "tolerance_days",
            "ahead_days",
        )
    }
    flags: dict[str, Any] = {
        name: node.yes_no(name, _LIMITS[name])
        for name in ("confirmed", "publicity_counts", "silent_acceptance", "lapses")
    }
    units: dict[str, Any] = {
        name: node.word(name, words(Limits, name), _LIMITS[name])
        for name in ("statutory_unit", "promised_unit")
    }
    node.finish()
    return Limits(**days, **flags, **units)


def _rule(node: Node) -> Rule:
    read = Rule(
        fact=node.text("fact"),
        op=node.word("op", OPERATORS),
        value=_value(node),
        level=node.word("level", words(Rule, "level")),
        source=node.word("source", words(Rule, "source")),
        clause=node.text("clause"),
        text=node.text("text"),
    )
    if (read.op == "in") != isinstance(read.value, tuple):
        node.fault("value", "op 为 in 时是列表，其他时候是一个值")
    node.finish()
    return read


def _value(node: Node) -> object:
    value = node.raw("value")
    members = value if isinstance(value, list) else [value]
    if not members or not all(isinstance(member, bool | int | str) for member in members):
        node.fault("value", "缺少或类型不对", "文字、整数、true、false，或它们的列表")
    return tuple(members) if isinstance(value, list) else value


def _material(node: Node) -> MaterialDef:
    read = MaterialDef(
        key=node.text("key"),
        name=node.text("name"),
        form=node.word("form", words(MaterialDef, "form")),
        copies=node.whole("copies", _MATERIAL["copies"], 99),
        required=node.yes_no("required", _MATERIAL["required"]),
        when=node.condition("when"),
        from_desk=node.yes_no("from_desk", _MATERIAL["from_desk"]),
        note=node.text("note", ""),
        where=node.text("where", ""),
        valid_months=node.whole("valid_months", _MATERIAL["valid_months"], 600),
        tolerable=node.yes_no("tolerable", _MATERIAL["tolerable"]),
        evidence_of=node.text("evidence_of", ""),
    )
    node.finish()
    return read


def _step(node: Node) -> RouteStep:
    read = RouteStep(
        level=node.text("level"),
        actor=node.text("actor"),
        action=node.text("action"),
        days=node.whole("days", most=1000),
    )
    node.finish()
    return read


def _tier(node: Node) -> Tier:
    read = Tier(
        min_age=node.whole("min_age", most=999),
        max_age=node.whole("max_age", most=999),
        label=node.text("label"),
        param=node.text("param"),
    )
    if read.min_age > read.max_age:
        node.fault("max_age", "比 min_age 小")
    node.finish()
    return read
