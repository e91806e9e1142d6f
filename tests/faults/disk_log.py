"""What a recorded process did to its files, and what a disk may have kept of it when the power fails."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

Model = Literal["posix", "any", "journal"]
HEAD = struct.Struct("=cqIII")
MODELS: tuple[Model, ...] = ("posix", "any", "journal")
SECTOR = 512
SHARED_MEMORY = "-shm"
"""Mapped, not written; SQLite makes it anew."""


@dataclass(slots=True)
class Node:
    """A file or folder; `entries` is None for a file."""

    entries: "dict[str, Node] | None" = None
    data: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class Step:
    """One change: of a file's bytes (`write`, `size`), of a folder's names (`link`, `unlink`, `move`), a `sync`, an `ack`."""

    what: str
    node: Node | None = None
    name: str = ""
    child: Node | None = None
    other: Node | None = None
    other_name: str = ""
    offset: int = 0
    data: bytes = b""


def loaded(folder: Path) -> Node:
    """The folder as it was before."""
    made = Node({})
    assert made.entries is not None
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        if path.is_dir():
            made.entries[path.name] = loaded(path)
        elif not path.name.endswith(SHARED_MEMORY):
            made.entries[path.name] = Node(None, bytearray(path.read_bytes()))
    return made


def steps(log: Path, root: Path | str, before: Node) -> list[Step]:
    """The recorded operations, each bound to the file or folder it was done to, whatever that was called later."""
    seen: dict[int, tuple[Node, Node]] = {}
    live = _copied(before, seen)
    # A step names a node as it was at first, never the one that changes while the log is read; both are held, for their ids.
    back = {id(copy): (copy, original) for original, copy in seen.values()}
    return [step for told in _told(log) for step in _bound(told, str(root), live, back)]


def _copied(node: Node, seen: dict[int, tuple[Node, Node]]) -> Node:
    made = Node(None if node.entries is None else {})
    seen[id(node)] = (node, made)
    if node.entries is not None and made.entries is not None:
        made.entries.update({name: _copied(one, seen) for name, one in node.entries.items()})
    return made


def _told(log: Path) -> Iterator[tuple[str, int, str, str, bytes]]:
    data, at = log.read_bytes(), 0
    while at + HEAD.size <= len(data):
        kind, offset, first, second, size = HEAD.unpack_from(data, at)
        at += HEAD.size
        one, other = data[at : at + first], data[at + first : at + first + second]
        at += first + second
        yield kind.decode(), offset, one.decode(), other.decode(), data[at : at + size]
        at += size


def _bound(
    told: tuple[str, int, str, str, bytes],
    root: str,
    live: Node,
    back: dict[int, tuple[Node, Node]],
) -> Iterator[Step]:
    kind, offset, one, other, data = told
    if kind == "a":
        yield Step("ack", data=data)
        return
    if one.endswith(SHARED_MEMORY):
        return
    folder, name = _place(live, root, one)
    if folder is None or folder.entries is None:
        return

    def of(node: Node) -> Node:
        return back[id(node)][1]

    known = folder if name == "" else folder.entries.get(name)
    if kind in "cd":
        made, first = (Node({} if kind == "d" else None) for _ in range(2))
        back[id(made)] = made, first
        folder.entries[name] = made
        yield Step("link", of(folder), name, first)
    elif kind == "u" and known is not None:
        del folder.entries[name]
        yield Step("unlink", of(folder), name, of(known))
    elif kind == "r" and known is not None:
        target, new = _place(live, root, other)
        assert target is not None
        assert target.entries is not None
        del folder.entries[name]
        target.entries[new] = known
        yield Step("move", of(folder), name, of(known), of(target), new)
    elif known is not None and kind in "wts":
        what = {"w": "write", "t": "size", "s": "sync"}[kind]
        yield Step(what, of(known), offset=offset, data=data)


def _place(live: Node, root: str, path: str) -> tuple[Node | None, str]:
    """The folder of a path and the name in it; the root itself has no name."""
    parts = [one for one in path.removeprefix(root).split("/") if one]
    node: Node | None = live
    for part in parts[:-1]:
        node = (node.entries or {}).get(part) if node is not None else None
    return node, parts[-1] if parts else ""


def survived(before: Node, done: list[Step], model: Model, dice: Random, lies: float = 0.0) -> Node:
    """What is found after the power failed when these steps were done: what was synced, and of the rest what the model lets be.

    posix: of each file and each folder the changes up to some moment. any: each change or not, the last write of a file perhaps
    torn. journal: names in their order up to some moment, all of them with every sync. `lies` is the share of syncs ignored.
    """
    syncs: dict[int, int] = {}
    any_sync = -1
    for place, step in enumerate(done):
        if step.what == "sync" and dice.random() >= lies:
            syncs[id(step.node)] = any_sync = place
    kept = _Kept(syncs, any_sync, len(done), model, dice)
    names: dict[int, dict[str, Node]] = {}
    bytes_of: dict[int, bytearray] = {}
    for place, step in enumerate(done):
        if step.what in ("write", "size") and (torn := kept.of_data(step, place)) is not None:
            data = bytes_of.setdefault(id(step.node), bytearray(step.node.data))  # type: ignore[union-attr]
            _change(data, step, torn)
        elif step.what in ("link", "unlink", "move") and kept.of_names(step, place):
            _rename(names, step)
    return _found(before, names, bytes_of)


@dataclass(slots=True)
class _Kept:
    syncs: dict[int, int]
    any_sync: int
    count: int
    model: Model
    dice: Random
    moments: dict[int, int] = field(default_factory=dict)

    def of_data(self, step: Step, place: int) -> int | None:
        """How many bytes of a change are there; None for nothing of it."""
        if place <= self.syncs.get(id(step.node), -1):
            return len(step.data)
        if self.model != "any":
            return len(step.data) if place <= self._moment(id(step.node)) else None
        chance = self.dice.random()
        if chance < 0.5:
            return None
        sectors = len(step.data) // SECTOR
        return len(step.data) if chance < 0.9 else self.dice.randint(0, sectors) * SECTOR

    def of_names(self, step: Step, place: int) -> bool:
        folders = [id(one) for one in (step.node, step.other) if one is not None]
        if place <= max(self.syncs.get(one, -1) for one in folders):
            return True
        if self.model == "any":
            return self.dice.random() < 0.5
        if self.model == "journal":
            return place <= max(self.any_sync, self._moment(0))
        return place <= self._moment(folders[0])

    def _moment(self, key: int) -> int:
        if key not in self.moments:
            self.moments[key] = self.dice.randint(-1, self.count - 1)
        return self.moments[key]


def _change(data: bytearray, step: Step, length: int) -> None:
    if step.what == "size":
        del data[step.offset :]
        data.extend(bytes(step.offset - len(data)))
        return
    if len(data) < step.offset:
        data.extend(bytes(step.offset - len(data)))
    data[step.offset : step.offset + length] = step.data[:length]


def _rename(names: dict[int, dict[str, Node]], step: Step) -> None:
    entries = _names(names, step.node)
    if step.what == "link":
        entries[step.name] = step.child  # type: ignore[assignment]
    elif step.what == "unlink":
        entries.pop(step.name, None)
    else:
        if entries.get(step.name) is step.child:
            del entries[step.name]
        _names(names, step.other)[step.other_name] = step.child  # type: ignore[assignment]


def _names(names: dict[int, dict[str, Node]], node: Node | None) -> dict[str, Node]:
    assert node is not None
    return names.setdefault(id(node), dict(node.entries or {}))


def _found(node: Node, names: dict[int, dict[str, Node]], bytes_of: dict[int, bytearray]) -> Node:
    if node.entries is None:
        return Node(None, bytes_of.get(id(node), node.data))
    entries = names.get(id(node), node.entries)
    return Node({name: _found(one, names, bytes_of) for name, one in entries.items()})


def laid_out(node: Node, folder: Path) -> None:
    """Write it as files."""
    folder.mkdir(parents=True)
    for name, one in (node.entries or {}).items():
        if one.entries is None:
            (folder / name).write_bytes(one.data)
        else:
            laid_out(one, folder / name)
