"""Reads fields, their choices and code tables of the catalogue."""

from collections.abc import Mapping
from typing import Any, Final

from desk.domain.catalog_nodes import Node, defaults, once, words
from desk.domain.fields import Choice, FieldDef

Tables = Mapping[str, Mapping[str, Any]]
"""Parsed code tables and lists by file name without folder `codes/` and ending: 'ethnic', 'catalog/diseases'."""

LONGEST_TEXT: Final = 4000
_FIELD = defaults(FieldDef)
FIELD_WORDS: Final = {
    name: words(FieldDef, name) for name in ("kind", "stage", "owner", "sensitive")
}


def read_fields(node: Node, key: str, tables: Tables) -> tuple[FieldDef, ...]:
    """The fields listed under `key`; their keys are ASCII names, each only once."""
    found = tuple(_field(child, tables) for child in node.nodes(key, []))
    once(node, key, (one.key for one in found), "字段名")
    return found


def read_entries(file: str, data: Mapping[str, Any], faults: list[str]) -> tuple[Choice, ...]:
    """The entries of a code table; further keys of an entry are for others to read."""
    node = Node(file, "", data, faults)
    entries = tuple(_entry(child) for child in node.nodes("entries", name="code"))
    once(node, "entries", (entry.code for entry in entries), "代码")
    return entries


def _entry(node: Node) -> Choice:
    return Choice(
        code=node.text("code"),
        label=node.text("label"),
        group=node.text("class", ""),
        evidence=node.text("evidence", ""),
        review_months=node.whole("review_months", 0, 600),
    )


def _field(node: Node, tables: Tables) -> FieldDef:
    kind = node.word("kind", FIELD_WORDS["kind"])
    read = FieldDef(
        key=_name(node),
        label=node.text("label"),
        kind=kind,
        required=node.yes_no("required", _FIELD["required"]),
        choices=_choices(node, tables, kind),
        multi=node.yes_no("multi", _FIELD["multi"]),
        help=node.text("help", ""),
        stage=node.word("stage", FIELD_WORDS["stage"], _FIELD["stage"]),
        owner=node.word("owner", FIELD_WORDS["owner"], _FIELD["owner"]),
        sensitive=node.word("sensitive", FIELD_WORDS["sensitive"], _FIELD["sensitive"]),
        derive=node.text("derive", ""),
        default=node.text("default", ""),
        when=node.condition("when"),
        max_length=node.whole("max_length", _FIELD["max_length"], LONGEST_TEXT),
        most=node.whole("most", _FIELD["most"]),
        choices_from=node.text("choices_from", ""),
    )
    if read.multi and kind != "choice":
        node.fault("multi", "只有 choice 才能多选")
    node.finish()
    return read


def _name(node: Node) -> str:
    key = node.text("key")
    if key and not (key.isascii() and key.isidentifier()):
        node.fault("key", f"“{key}”不是英文名", "小写字母、数字和下划线")
    return key


def _choices(node: Node, tables: Tables, kind: str) -> tuple[Choice, ...]:
    labels, source = node.texts("choices", []), node.text("choices_from", "")
    once(node, "choices", labels, "选项")
    if kind != "choice":
        if labels or source:
            node.fault("choices", "只有 choice 才有选项")
        return ()
    if source:
        if labels:
            node.fault("choices", "choices 和 choices_from 只能有一个")
        return _from_table(node, source, tables)
    if not labels:
        node.fault("choices", "没有选项", "choices 或 choices_from")
    return tuple(Choice(label, label) for label in labels)


def _from_table(node: Node, source: str, tables: Tables) -> tuple[Choice, ...]:
    if source not in tables:
        node.fault("choices_from", f"没有代码表“{source}”", "、".join(sorted(tables)))
        return ()
    file = f"{source}.toml" if source.startswith("catalog/") else f"codes/{source}.toml"
    faults: list[str] = []
    entries = read_entries(file, tables[source], faults)
    # A table used by many fields tells its faults once.
    node.faults.extend(fault for fault in faults if fault not in node.faults)
    return entries
