"""Roles: named bundles of what an operator may do."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desk.domain.catalog_nodes import Node
from desk.errors import CatalogRejected

Grant = tuple[str, str, str]
"""What may be done, for which line (or `*`), at which level."""
EVERYTHING: Grant = ("*", "*", "all")
KINDS = ("desk", "county")


@dataclass(frozen=True, slots=True)
class Role:
    """A bundle of grants; `kinds` says at which kind of office it can be given."""

    key: str
    label: str
    about: str
    kinds: tuple[str, ...]
    grants: tuple[Grant, ...]


def read_roles(name: str, source: bytes, known: Collection[str]) -> Mapping[str, Role]:
    """The roles of the file `name` by key, in its order; `known` are the deeds there are.

    Raises:
        CatalogRejected: with every fault of the file.
    """
    faults: list[str] = []
    try:
        root = Node(name, "", tomllib.loads(source.decode()), faults)
    except ValueError as error:
        raise CatalogRejected([f"{name}: 读不懂：{error}"]) from error
    read = [_role(node, known) for node in root.nodes("role", name="key")]
    root.finish()
    roles = {role.key: role for role in read}
    if len(roles) < len(read):
        root.fault("role", "有两个角色同名")
    if not any(EVERYTHING in role.grants for role in read):
        root.fault("role", "没有一个角色有全部权限")
    if faults:
        raise CatalogRejected(faults)
    return roles


def _role(node: Node, known: Collection[str]) -> Role:
    kinds = node.texts("kinds")
    for kind in sorted(set(kinds) - set(KINDS)):
        node.fault("kinds", f"“{kind}”不在可填之列", "、".join(KINDS))
    deeds = node.texts("grants")
    for deed in sorted(set(deeds) - {*known, "*"}):
        node.fault("grants", f"没有权限“{deed}”", "、".join(sorted(known)))
    made = Role(
        key=node.text("key"),
        label=node.text("label"),
        about=node.text("about"),
        kinds=tuple(kinds),
        grants=tuple((deed, "*", "all") for deed in deeds),
    )
    node.finish()
    return made
