"""Reads ledgers' files strictly, as the catalogue is read: whatever is not as it must be is named, all at once."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from desk.domain.catalog import Catalog
from desk.domain.catalog_nodes import Node, once, words
from desk.domain.headings import Synonyms
from desk.domain.ledger_fields import BASE, Fields, fields_of, forbidden
from desk.domain.ledgers import CHOICE_STYLES, DATE_STYLES, GAPS, LedgerColumn, LedgerMap
from desk.errors import CatalogRejected

FOLDER: Final = "ledgers/"
SYNONYMS: Final = "ledgers/synonyms.toml"
MOST_COLUMNS: Final = 60
LONGEST_SHEET: Final = 31
WIDEST: Final = 80

_KEY = re.compile(r"[a-z][a-z0-9_]{0,47}")
_GAP = re.compile(r"\{(.*?)\}")
# Excel takes no sheet by such a name.
_NOT_IN_SHEETS = frozenset("[]:*?/\\")


def read_ledgers(sources: Mapping[str, bytes], catalog: Catalog) -> dict[str, LedgerMap]:
    """The ledgers of these files (name below `resources/` → bytes) by key; only `ledgers/*.toml` count, synonyms apart.

    Raises:
        CatalogRejected: with every fault as `file: path: what；可填：allowed`.
    """
    faults: list[str] = []
    found: dict[str, LedgerMap] = {}
    for name in sorted(sources):
        if not name.startswith(FOLDER) or not name.endswith(".toml") or name == SYNONYMS:
            continue
        ledger = _ledger(Node(name, "", _parsed(name, sources[name], faults), faults), catalog)
        if ledger.key in found:
            faults.append(f"{name}: key: 台账“{ledger.key}”重复")
        found[ledger.key] = ledger
    if faults:
        raise CatalogRejected(faults)
    return found


def read_ledger(name: str, data: Mapping[str, Any], catalog: Catalog) -> LedgerMap:
    """One ledger out of data that is parsed already, such as one a clerk made; `name` is what faults call it.

    Raises:
        CatalogRejected: as `read_ledgers`.
    """
    faults: list[str] = []
    ledger = _ledger(Node(name, "", data, faults), catalog)
    if faults:
        raise CatalogRejected(faults)
    return ledger


def read_synonyms(body: bytes) -> Synonyms:
    """What columns of the fields are called elsewhere, by field name.

    Raises:
        CatalogRejected: as `read_ledgers`.
    """
    faults: list[str] = []
    root = Node(SYNONYMS, "", _parsed(SYNONYMS, body, faults), faults)
    table = root.table("names")
    found = {name: table.texts(name) for name in table.pairs()}
    root.finish()
    if faults:
        raise CatalogRejected(faults)
    return found


def _parsed(name: str, body: bytes, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(body.decode())
    except UnicodeDecodeError:
        faults.append(f"{name}: 不是 UTF-8 文字")
    except (tomllib.TOMLDecodeError, RecursionError):
        faults.append(f"{name}: 不合 TOML 的写法")
    return {}


def _ledger(root: Node, catalog: Catalog) -> LedgerMap:
    source = root.word("source", words(LedgerMap, "source"))
    title = root.text("title")
    read = LedgerMap(
        key=root.text("key"),
        title=title,
        sheet=root.text("sheet", "") or title,
        source=source,
        columns=tuple(_column(node) for node in root.nodes("columns")),
        line=_known(root, "line", tuple(line.key for line in catalog.lines)),
        heading=root.texts("heading", []),
        items=root.texts("items", []),
        lines=root.texts("lines", []),
        states=root.texts("states", []),
        register=_known(root, "register", tuple(catalog.registers)),
        by=root.word("by", words(LedgerMap, "by"), "opened_on"),
        note=root.text("note", ""),
        private=root.yes_no("private", False),
    )
    root.finish()
    _check_names(root, read)
    _check_rows(root, read, catalog)
    _check_columns(root, read, catalog)
    return read


def _known(root: Node, key: str, allowed: tuple[str, ...]) -> str:
    return str(root.word(key, (*allowed, ""), ""))


def _column(node: Node) -> LedgerColumn:
    read = LedgerColumn(
        label=node.text("label"),
        value=node.text("value", ""),
        style=node.word("style", words(LedgerColumn, "style"), ""),
        show=node.word("show", words(LedgerColumn, "show"), ""),
        text=node.text("text", ""),
        width=node.whole("width", 0, WIDEST),
    )
    if read.text and read.value:
        node.fault("text", "value 和 text 只能有一个")
    node.finish()
    return read


def _check_names(root: Node, read: LedgerMap) -> None:
    if read.key and not _KEY.fullmatch(read.key):
        root.fault("key", f"“{read.key}”不是英文名", "小写字母、数字和下划线")
    if len(read.sheet) > LONGEST_SHEET or _NOT_IN_SHEETS & set(read.sheet):
        root.fault(
            "sheet", f"“{read.sheet}”不能作工作表名", f"{LONGEST_SHEET} 字以内，没有 []:*?/\\"
        )
    for place, line in enumerate(read.heading):
        for gap in _GAP.findall(line):
            if gap not in GAPS:
                root.fault(f"heading[{place}]", f"没有“{gap}”这个空", "、".join(GAPS))


def _check_rows(root: Node, read: LedgerMap, catalog: Catalog) -> None:
    """Where the rows come from: what is named must be there, and must be of use for this source."""
    states = {key for flow in catalog.workflows.values() for key in flow.states}
    if read.source == "records":
        if not read.register:
            root.fault("register", "缺少", "、".join(catalog.registers))
        elif read.register in catalog.registers:
            states = set(catalog.registers[read.register].states)
    elif read.register:
        root.fault("register", "只有 records 才有名册")
    for key, allowed in (
        ("items", set(catalog.items)),
        ("lines", {line.key for line in catalog.lines}),
        ("states", states),
    ):
        found = getattr(read, key)
        if found and key != "states" and read.source not in ("cases", "consultations"):
            root.fault(key, "这种台账不按它挑")
        once(root, key, found, "值")
        for word in found:
            if word not in allowed:
                root.fault(key, f"没有“{word}”", "、".join(sorted(allowed)))


def _check_columns(root: Node, read: LedgerMap, catalog: Catalog) -> None:
    if not 1 <= len(read.columns) <= MOST_COLUMNS:
        root.fault("columns", f"有 {len(read.columns)} 列", f"1 到 {MOST_COLUMNS} 列")
    once(root, "columns", (column.label for column in read.columns), "列名")
    rows_unknown = read.source == "records" and read.register not in catalog.registers
    if rows_unknown or read.source not in BASE:
        return
    fields = fields_of(catalog, read)
    for place, column in enumerate(read.columns):
        _check_column(root, f"columns[{place}]", read, column, fields, catalog)


def _check_column(
    root: Node, spot: str, read: LedgerMap, column: LedgerColumn, fields: Fields, catalog: Catalog
) -> None:
    if not column.value:
        return
    field = fields.get(column.value)
    if field is None:
        root.fault(f"{spot}.value", f"没有“{column.value}”这一项", "、".join(fields))
        return
    allowed = _styles(field.kind)
    if column.style and column.style not in allowed:
        root.fault(f"{spot}.style", f"{field.label}不能这样写", "、".join(allowed) or "不填")
    why = forbidden(catalog, read, column, field)
    if why:
        root.fault(f"{spot}.value", f"{field.label}：{why}")


def _styles(kind: str) -> tuple[str, ...]:
    if kind in ("date", "month"):
        return DATE_STYLES
    return CHOICE_STYLES if kind == "choice" else ()
