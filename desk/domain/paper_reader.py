"""Reads the wording of papers from their TOML files, strictly: a slip of the pen is named before anything prints."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal, TypeVar, cast, get_args, get_origin

from desk.domain.paper_values import head_names, row_names, value_names
from desk.domain.paper_wording import (
    GAP,
    BlockWording,
    ColumnWording,
    PairWording,
    PaperWording,
    TableWording,
    Wording,
)
from desk.errors import CatalogRejected

T = TypeVar("T")
# The single words that the values of a paper are made with.
WORDS = frozenset(
    [
        *(
            "provisional",
            "unconfirmed",
            "list_mark",
            "copy_enough",
            "copy_not_enough",
            "reprint",
            "seal",
            "open_day",
        ),
        *("original_returned", "original_kept", "original_pending", "original_none"),
        *("copy_taken", "copy_held", "copy_pending", "copy_none"),
    ]
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the reader is, and the list its faults go to."""

    file: str
    path: str
    faults: list[str]

    def at(self, step: str) -> "_Spot":
        return _Spot(self.file, f"{self.path}.{step}".strip("."), self.faults)

    def fault(self, what: str) -> None:
        self.faults.append(f"{self.file}: {self.path}: {what}")


def read_wording(sources: Mapping[str, bytes]) -> Wording:
    """The wording in files named `…/common.toml` (words, tables, what all papers share) and `…/<kind>.toml`.

    Raises CatalogRejected naming every fault as `file: path: what; allowed: …`.
    """
    faults: list[str] = []
    files = {_stem(name): _parsed(name, data, faults) for name, data in sources.items()}
    shared = files.pop("common", {})
    spot = _Spot("common.toml", "", faults)
    words = {key: str(text) for key, text in shared.get("words", {}).items()}
    for name in sorted(WORDS - set(words)):
        spot.at(f"words.{name}").fault("missing")
    tables = {
        key: _table(data, spot.at(f"tables.{key}"), row_names())
        for key, data in shared.get("tables", {}).items()
    }
    papers = {
        kind: _any_paper(data, shared, tables, _Spot(f"{kind}.toml", "", faults))
        for kind, data in files.items()
    }
    if faults:
        raise CatalogRejected(faults)
    return Wording(words, tables, cast("Mapping[str, PaperWording]", papers))


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].removesuffix(".toml")


def _parsed(name: str, data: bytes, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as damage:
        faults.append(f"{name}: {damage}")
        return {}


def _spelled_out(data: dict[str, Any], shared: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks of a paper, with `use = "name"` replaced by the part of that name in common.toml."""
    parts = shared.get("parts", {})
    return [
        spelled
        for block in data.get("block", [])
        for spelled in parts.get(block.get("use"), [block])
    ]


def _any_paper(
    data: dict[str, Any],
    shared: dict[str, Any],
    tables: Mapping[str, TableWording],
    spot: _Spot,
) -> PaperWording:
    """A paper of a case, or one that names its own gaps and is composed from plain values."""
    blocks = _spelled_out(data, shared)
    if "gaps" not in data:
        usual = {**shared.get("paper", {}), **data, "block": blocks}
        return _paper(usual, tables, value_names(), spot)
    for name, blank in data["gaps"].items():
        if not isinstance(blank, str):
            spot.at(f"gaps.{name}").fault(f"{type(blank).__name__}; allowed: str")
        if name in head_names():
            spot.at(f"gaps.{name}").fault("every paper has it")
    own = {
        key: _table(table, spot.at(f"tables.{key}"), _own_names(table))
        for key, table in data.get("tables", {}).items()
    }
    counts = {f"{table.rows}_count" for table in own.values()}
    names = head_names() | {*data["gaps"]} | counts
    return _paper({**shared.get("plain", {}), **data, "block": blocks}, own, names, spot)


def _own_names(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The names a row of a plain paper's own table may have; `n` counts the rows."""
    return {str(table.get("rows", "")): frozenset({"n", *table.get("names", [])})}


def _table(data: dict[str, Any], spot: _Spot, kinds: Mapping[str, frozenset[str]]) -> TableWording:
    rows = str(data.get("rows", ""))
    if rows not in kinds:
        spot.at("rows").fault(f"{rows!r}; allowed: {', '.join(kinds)}")
    names = kinds.get(rows, frozenset())
    columns = tuple(
        _shaped(ColumnWording, column, spot.at(f"columns[{number}]"), names)
        for number, column in enumerate(data.get("columns", []))
    )
    return _shaped(TableWording, {**data, "columns": columns}, spot, names)


def _paper(
    data: dict[str, Any],
    tables: Mapping[str, TableWording],
    names: frozenset[str],
    spot: _Spot,
) -> PaperWording:
    blocks = tuple(
        _block(block, tables, names, spot.at(f"block[{number}]"))
        for number, block in enumerate(data.get("block", []))
    )
    own = {"block": blocks, "tables": tables if "gaps" in data else {}}
    return _shaped(PaperWording, {**data, **own}, spot, names)


def _block(
    data: dict[str, Any], tables: Mapping[str, TableWording], names: frozenset[str], spot: _Spot
) -> BlockWording:
    pairs = tuple(
        _shaped(PairWording, pair, spot.at(f"pairs[{number}]"), names)
        for number, pair in enumerate(data.get("pairs", []))
    )
    for name in (*data.get("when", []), *data.get("unless", [])):
        if name not in names:
            spot.fault(f"no value is named {name!r}")
    if data.get("table", "") not in {"", *tables}:
        spot.at("table").fault(f"{data['table']!r}; allowed: {', '.join(sorted(tables))}")
    return _shaped(BlockWording, {**data, "pairs": pairs}, spot, names)


def _shaped(cls: type[T], data: Mapping[str, Any], spot: _Spot, names: Iterable[str]) -> T:
    """A dataclass from a TOML table, each entry checked for its name, its kind and the gaps in its text."""
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
    for key in sorted(set(data) - set(known)):
        spot.at(key).fault(f"unknown; allowed: {', '.join(known)}")
    taken: dict[str, Any] = {}
    for key, field in known.items():
        if key in data:
            taken[key] = _checked(data[key], field.type, spot.at(key), frozenset(names))
        elif field.default is MISSING and field.default_factory is MISSING:
            spot.at(key).fault("missing")
            taken[key] = None
    return cls(**taken)


def _checked(value: Any, kind: Any, spot: _Spot, names: frozenset[str]) -> Any:
    if isinstance(value, list):
        value = tuple(tuple(part) if isinstance(part, list) else part for part in value)
    texts = [
        text for text in (value if isinstance(value, tuple) else (value,)) if type(text) is str
    ]
    for gap in (gap for text in texts for gap in GAP.findall(text)):
        if gap not in names:
            spot.fault(f"no value is named {gap!r}; allowed: {', '.join(sorted(names))}")
    if isinstance(kind, type) and not isinstance(value, kind):
        spot.fault(f"{type(value).__name__}; allowed: {kind.__name__}")
    elif get_origin(kind) is tuple and not isinstance(value, tuple):
        spot.fault(f"{type(value).__name__}; allowed: a list")
    elif get_origin(kind) is Literal and value not in get_args(kind):
        spot.fault(f"{value!r}; allowed: {', '.join(get_args(kind))}")
    return value
