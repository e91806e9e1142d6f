"""Reads the wording of papers from their TOML files, strictly: a slip of the pen is named before anything prints."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar, cast, get_args, get_origin

from desk.domain.paper_values import row_names, value_names
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
        key: _table(data, spot.at(f"tables.{key}"))
        for key, data in shared.get("tables", {}).items()
    }
    papers = {
        kind: _paper(
            {**shared.get("paper", {}), **data, "block": _spelled_out(data, shared)},
            tables,
            _Spot(f"{kind}.toml", "", faults),
        )
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


def _table(data: dict[str, Any], spot: _Spot) -> TableWording:
    rows = str(data.get("rows", ""))
    kinds = row_names()
    if rows not in kinds:
        spot.at("rows").fault(f"{rows!r}; allowed: {', '.join(kinds)}")
    names = kinds.get(rows, frozenset())
    columns = tuple(
        _shaped(ColumnWording, column, spot.at(f"columns[{number}]"), names)
        for number, column in enumerate(data.get("columns", []))
    )
    return _shaped(TableWording, {**data, "columns": columns}, spot, names)


def _paper(data: dict[str, Any], tables: Mapping[str, object], spot: _Spot) -> PaperWording:
    blocks = tuple(
        _block(block, tables, spot.at(f"block[{number}]"))
        for number, block in enumerate(data.get("block", []))
    )
    return _shaped(PaperWording, {**data, "block": blocks}, spot, value_names())


def _block(data: dict[str, Any], tables: Mapping[str, object], spot: _Spot) -> BlockWording:
    names = value_names()
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
        elif field.default is MISSING:
            spot.at(key).fault("missing")
            taken[key] = None
    return cls(**taken)


def _checked(value: Any, kind: Any, spot: _Spot, names: frozenset[str]) -> Any:
    if isinstance(value, list):
        value = tuple(value)
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
    elif get_origin(kind) not in {None, tuple} and value not in get_args(kind):
        spot.fault(f"{value!r}; allowed: {', '.join(get_args(kind))}")
    return value
