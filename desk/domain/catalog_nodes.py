"""Walks a catalogue file node by node and gathers what is wrong: where, what, and what is allowed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from desk.domain.conditions import Condition, parse

REQUIRED: Final = object()
"""Stands for a default where there is none."""

_TYPE_NAMES: Final = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    list: "列表",
    dict: "表",
}


class Node:
    """One table of a file. Every read key is crossed off; `finish` reports the ones nobody asked for."""

    def __init__(self, file: str, path: str, data: Mapping[str, Any], faults: list[str]) -> None:
        self.file, self.path, self._data, self.faults = file, path, data, faults
        self._read: set[str] = set()

    def fault(self, key: str, what: str, allowed: str = "") -> None:
        """Report something wrong with `key` of this table ('' for the table itself)."""
        spot = ".".join(part for part in (self.path, key) if part)
        place = f"{self.file}: {spot}" if spot else self.file
        self.faults.append(f"{place}: {what}" + (f"；可填：{allowed}" if allowed else ""))

    def has(self, key: str) -> bool:
        """Whether the table holds `key`."""
        return key in self._data

    def take(self, key: str, kind: type, default: Any) -> Any:
        """The value of `key`; a fault and an empty one of `kind` where it is missing or of another type."""
        self._read.add(key)
        if key not in self._data:
            if default is REQUIRED:
                self.fault(key, "缺少", _TYPE_NAMES[kind])
                return kind()
            return default
        value = self._data[key]
        # In Python True is an int; in a catalogue it is not.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, f"{_shown(value)} 类型不对", _TYPE_NAMES[kind])
            return kind() if default is REQUIRED else default
        return value

    def text(self, key: str, default: Any = REQUIRED) -> str:
        """A text; one that must be there is not empty."""
        value: str = self.take(key, str, default)
        if default is REQUIRED and isinstance(self._data.get(key), str) and not value.strip():
            self.fault(key, "是空的", "文字")
        return value

    def word(self, key: str, allowed: Collection[str], default: Any = REQUIRED) -> Any:
        """One of the `allowed` words."""
        value = self.take(key, str, default)
        if self.has(key) and isinstance(self._data[key], str) and value not in allowed:
            self.fault(
                key, f"“{_cut(value)}”不在可填之列", "、".join(w or "（空）" for w in allowed)
            )
        return value

    def whole(self, key: str, default: Any = REQUIRED, most: int = 100_000) -> int:
        """A whole number from 0 to `most`."""
        value: int = self.take(key, int, default)
        if not 0 <= value <= most:
            self.fault(key, f"{value} 超出范围", f"0 到 {most}")
        return value

    def yes_no(self, key: str, default: Any = REQUIRED) -> bool:
        """A boolean."""
        value: bool = self.take(key, bool, default)
        return value

    def texts(self, key: str, default: Any = REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        members = self.take(key, list, default)
        for number, member in enumerate(members):
            if not isinstance(member, str) or not member.strip():
                self.fault(f"{key}[{number}]", f"{_shown(member)} 不是文字", "文字")
        return tuple(member for member in members if isinstance(member, str))

    def nodes(self, key: str, default: Any = REQUIRED, name: str = "") -> tuple["Node", ...]:
        """The tables of a list; their path is `key[number]`, or `key[word]` where `name` is a key that names them."""
        found = []
        for number, member in enumerate(self.take(key, list, default)):
            if not isinstance(member, dict):
                self.fault(f"{key}[{number}]", f"{_shown(member)} 类型不对", _TYPE_NAMES[dict])
                continue
            label = member.get(name) or number
            spot = ".".join(part for part in (self.path, f"{key}[{_cut(label)}]") if part)
            found.append(Node(self.file, spot, member, self.faults))
        return tuple(found)

    def table(self, key: str) -> "Node":
        """The table under `key`; an empty one where it is missing."""
        data = self.take(key, dict, {})
        spot = ".".join(part for part in (self.path, key) if part)
        return Node(self.file, spot, data, self.faults)

    def condition(self, key: str) -> Condition | None:
        """A condition of the *when* language; None where the key is missing."""
        text = self.take(key, str, "")
        if not self.has(key):
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.fault(key, f"条件读不懂：{error}")
            return None

    def raw(self, key: str) -> Any:
        """The value of `key` as the file has it, None where it is missing."""
        self._read.add(key)
        return self._data.get(key)

    def pairs(self) -> dict[str, Any]:
        """All the table holds, for one whose keys are data; each value is for the caller to judge."""
        self._read.update(self._data)
        return dict(self._data)

    def finish(self) -> None:
        """Report every key nobody asked for; call it when the table is read."""
        for key in sorted(self._data.keys() - self._read):
            self.fault(str(key), "没有这一项", "、".join(sorted(self._read)))


def defaults(shape: type) -> dict[str, Any]:
    """The defaults of a dataclass by field name, `REQUIRED` where there is none."""
    return {
        part.name: REQUIRED if part.default is MISSING else part.default for part in fields(shape)
    }


@cache
def words(shape: type, name: str) -> tuple[str, ...]:
    """The words a dataclass's field of type Literal may hold."""
    return get_args(get_type_hints(shape)[name])


def once(node: Node, key: str, found: Iterable[str], what: str) -> None:
    """Report words that occur more than once under `key`."""
    seen: set[str] = set()
    for word in found:
        if word and word in seen:
            node.fault(key, f"{what}“{_cut(word)}”重复")
        seen.add(word)


def _shown(value: object) -> str:
    return f"“{_cut(value)}”"


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
