"""Reads the catalogue's files strictly: whatever is not as it must be is named, all at once."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from desk.domain.canonical import canonical
from desk.domain.catalog import Catalog, County, Item, Line, ProhibitedCertificate, Town
from desk.domain.catalog_forms import Tables, read_entries, read_fields
from desk.domain.catalog_items import read_items
from desk.domain.catalog_links import check_links
from desk.domain.catalog_nodes import Node, once
from desk.domain.catalog_registers import read_register
from desk.domain.catalog_workflows import read_workflow
from desk.domain.fields import Choice, FieldDef
from desk.domain.registers import Register
from desk.domain.retention import Retention, read_retention, unknown_names
from desk.domain.workflow import Workflow
from desk.errors import CatalogRejected

HEAD: Final = "catalog/catalog.toml"
PROHIBITED: Final = "catalog/prohibited.toml"
PEOPLE: Final = "catalog/people.toml"
RETENTION: Final = "catalog/retention.toml"
BLOCKS: Final = ("none", "contact", "full", "agent")

_FOLDERS: Final = ("items", "counties", "workflows", "registers")
_COUNTY = re.compile(r"[0-9]{6}")
_TOWN = re.compile(r"[0-9]{9}")
_SPOT = re.compile(r"line ([0-9]+), column ([0-9]+)")

_Parsed = Mapping[str, dict[str, Any]]


def read_catalog(sources: Mapping[str, bytes]) -> Catalog:
    """The catalogue of these files (name below `resources/` → bytes); only `catalog/` and `codes/` with `.toml` count.

    Raises:
        CatalogRejected: with every fault as `file: path: what；可填：allowed`.
    """
    faults: list[str] = []
    parsed = _parse(sources, faults)
    head = _root(HEAD, parsed, faults)
    tables = _tables(parsed, faults)
    items, files = _items(parsed, tables, faults)
    catalog = Catalog(
        version=head.whole("version", most=2**31),
        effective_from=_day(head, "effective_from"),
        digest=digest(sources),
        lines=_lines(head),
        items=items,
        usual=head.texts("usual"),
        counties=_counties(parsed, tables, faults),
        prohibited=_prohibited(_root(PROHIBITED, parsed, faults)),
        workflows=_workflows(parsed, tables, faults),
        person_blocks=_people(_root(PEOPLE, parsed, faults), tables),
        registers=_registers(parsed, tables, faults),
        renamed=_renamed(head),
        removed=head.texts("removed", []),
        retention=_retention(parsed, faults),
    )
    head.finish()
    check_links(catalog, files, faults)
    lines = {line.key: line for line in catalog.lines}
    unknown = unknown_names(catalog.retention, lines, catalog.items)
    faults += (f"{RETENTION}: cases: 没有“{name}”" for name in unknown)
    if faults:
        raise CatalogRejected(faults)
    return catalog


def digest(sources: Mapping[str, bytes]) -> str:
    """SHA-256 hex over names and contents of all files a case goes by: papers and holidays, too; line ends do not matter."""
    contents = {
        name: hashlib.sha256(body.replace(b"\r\n", b"\n")).hexdigest()
        for name, body in sources.items()
        if name.endswith((".toml", ".json")) and name.isascii()
    }
    return hashlib.sha256(canonical(contents)).hexdigest()


def _counts(name: str) -> bool:
    return name.startswith(("catalog/", "codes/")) and name.endswith(".toml") and name.isascii()


def _parse(sources: Mapping[str, bytes], faults: list[str]) -> dict[str, dict[str, Any]]:
    parsed = {}
    for name in sorted(filter(_counts, sources)):
        try:
            parsed[name] = tomllib.loads(sources[name].decode())
        except UnicodeDecodeError:
            faults.append(f"{name}: 不是 UTF-8 文字")
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            faults.append(f"{name}: {_spot(str(error))}不合 TOML 的写法")
    return parsed


def _spot(message: str) -> str:
    found = _SPOT.search(message)
    return f"第 {found[1]} 行第 {found[2]} 列" if found else "结尾处"


def _root(name: str, parsed: _Parsed, faults: list[str]) -> Node:
    if name not in parsed:
        faults.append(f"{name}: 缺少这个文件")
    return Node(name, "", parsed.get(name, {}), faults)


def _folder(name: str, parsed: _Parsed, faults: list[str]) -> list[Node]:
    prefix = f"catalog/{name}/"
    return [
        Node(file, "", data, faults) for file, data in parsed.items() if file.startswith(prefix)
    ]


def _tables(parsed: _Parsed, faults: list[str]) -> Tables:
    """Code tables by the name a field calls them: all of codes/, and the lists that lie in catalog/."""
    fixed = (HEAD, PROHIBITED, PEOPLE, RETENTION)
    folders = tuple(f"catalog/{name}/" for name in _FOLDERS)
    tables = {}
    for file, data in parsed.items():
        if file in fixed or file.startswith(folders):
            continue
        name = file.removeprefix("codes/").removesuffix(".toml")
        tables[name] = data
        if name.startswith("catalog/"):
            read_entries(file, data, faults)
    return tables


def _day(node: Node, key: str) -> str:
    text = node.text(key)
    try:
        date.fromisoformat(text)
    except ValueError:
        node.fault(key, f"“{text}”不是日期", "2026-11-01 这样的日期")
    return text


def _lines(head: Node) -> tuple[Line, ...]:
    nodes = head.nodes("lines", name="key")
    lines = tuple(Line(node.text("key"), node.text("label")) for node in nodes)
    for node in nodes:
        node.finish()
    once(head, "lines", (line.key for line in lines), "条线")
    return lines


def _renamed(head: Node) -> dict[str, str]:
    table = head.table("renamed")
    return {code: table.text(code) for code in table.pairs()}


def _items(
    parsed: _Parsed, tables: Tables, faults: list[str]
) -> tuple[dict[str, Item], dict[str, str]]:
    items: dict[str, Item] = {}
    files: dict[str, str] = {}
    for root in _folder("items", parsed, faults):
        for item in read_items(root, tables):
            if item.code in items:
                where = files[item.code]
                root.fault(f"item[{item.code}]", f"事项代码重复，{where} 里已有")
            items[item.code] = item
            files[item.code] = root.file
    if not items:
        faults.append("catalog/items: 没有事项")
    return items, files


def _workflows(parsed: _Parsed, tables: Tables, faults: list[str]) -> dict[str, Workflow]:
    found = [read_workflow(root, tables) for root in _folder("workflows", parsed, faults)]
    return {workflow.key: workflow for workflow in found}


def _retention(parsed: _Parsed, faults: list[str]) -> Retention:
    """How long records are kept; an edition from before there were such classes lets nothing become due."""
    return read_retention(_root(RETENTION, parsed, faults)) if RETENTION in parsed else Retention()


def _registers(parsed: _Parsed, tables: Tables, faults: list[str]) -> dict[str, Register]:
    found = [read_register(root, tables) for root in _folder("registers", parsed, faults)]
    return {register.key: register for register in found}


def _counties(parsed: _Parsed, tables: Tables, faults: list[str]) -> dict[str, County]:
    found = [_county(root, tables) for root in _folder("counties", parsed, faults)]
    return {county.code: county for county in found}


def _county(root: Node, tables: Tables) -> County:
    params = root.table("params").pairs()
    for name, value in params.items():
        if not _is_param(value):
            root.fault(f"params.{name}", "类型不对", "文字、整数、true、false，或文字的列表")
    county = County(
        code=root.text("code"),
        name=root.text("name"),
        brand=root.text("brand", ""),
        towns=tuple(_town(node) for node in root.nodes("towns", [], name="code")),
        params=params,
        confirmed=frozenset(root.texts("confirmed", [])),
        lists=_own_lists(root.table("lists"), tables),
    )
    if not _COUNTY.fullmatch(county.code):
        root.fault("code", f"“{county.code}”不是区划代码", "6 位数字")
    root.finish()
    return county


def _own_lists(node: Node, tables: Tables) -> dict[str, tuple[Choice, ...]]:
    """The county's own lists by the name of the common one; its own names lie in `catalog/`, as the common ones do."""
    found = {}
    for name in node.pairs():
        own = node.text(name)
        if name not in tables or own not in tables:
            node.fault(name, "没有这个列表", "、".join(sorted(tables)))
            continue
        # Its faults were told when all lists of the catalogue were read.
        found[name] = read_entries(f"{own}.toml", tables[own], [])
    return found


def _is_param(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(member, str | int) for member in value)
    return isinstance(value, str | int)


def _town(node: Node) -> Town:
    town = Town(node.text("code"), node.text("name"))
    if not _TOWN.fullmatch(town.code):
        node.fault("code", f"“{town.code}”不是统计用区划代码", "9 位数字")
    node.finish()
    return town


def _prohibited(root: Node) -> tuple[ProhibitedCertificate, ...]:
    nodes = root.nodes("certificates", name="name")
    found = tuple(ProhibitedCertificate(node.text("name"), node.text("go_to")) for node in nodes)
    for node in nodes:
        node.finish()
    root.finish()
    return found


def _people(root: Node, tables: Tables) -> dict[str, tuple[FieldDef, ...]]:
    blocks = {name: read_fields(root, name, tables) for name in BLOCKS}
    root.finish()
    return blocks
