"""Reads registers, and what an item's cases do to them."""

from typing import Final, get_args

from desk.domain.catalog_forms import FIELD_WORDS, Tables, read_fields
from desk.domain.catalog_nodes import Node, defaults, once, words
from desk.domain.registers import Deed, Does, Effect, Register, RegisterList, RegisterState

_EFFECT: Final = defaults(Effect)


def read_register(root: Node, tables: Tables) -> Register:
    """The register of a file `catalog/registers/<key>.toml`."""
    states = tuple(_state(node) for node in root.nodes("state", name="key"))
    once(root, "state", (state.key for state in states), "状态")
    lists = tuple(_list(node) for node in root.nodes("lists", [], name="key"))
    once(root, "lists", (one.key for one in lists), "名单")
    deeds = tuple(_deed(node, tables) for node in root.nodes("deeds", [], name="key"))
    once(root, "deeds", (deed.key for deed in deeds), "操作")
    read = Register(
        key=root.text("key"),
        label=root.text("label"),
        line=root.text("line"),
        item=root.text("item"),
        states={state.key: state for state in states},
        fields=read_fields(root, "fields", tables),
        sensitive=root.word("sensitive", FIELD_WORDS["sensitive"], ""),
        recheck=root.text("recheck", ""),
        change=root.text("change", ""),
        due_label=root.text("due_label", ""),
        raise_from=root.text("raise_from", ""),
        backpay=root.text("backpay", ""),
        columns=root.texts("columns", []),
        lists=lists,
        deeds=deeds,
        does=_does(root.table("does")),
        known=_flags(root.table("known")),
        shared=_texts(root.table("shared")),
        fills=_texts(root.table("fills")),
    )
    root.finish()
    return read


def _does(node: Node) -> dict[Does, str]:
    allowed: tuple[Does, ...] = get_args(Does)
    found = _texts(node)
    for key in sorted(found.keys() - set(allowed)):
        node.fault(key, "没有这一种", "、".join(allowed))
    return {key: found[key] for key in allowed if key in found}


def _texts(node: Node) -> dict[str, str]:
    return {key: node.text(key) for key in node.pairs()}


def _flags(node: Node) -> dict[str, bool]:
    return {key: node.yes_no(key) for key in node.pairs()}


def _list(node: Node) -> RegisterList:
    read = RegisterList(
        key=node.text("key"),
        label=node.text("label"),
        kind=node.word("kind", words(RegisterList, "kind")),
        empty=node.text("empty"),
        states=node.texts("states", []),
        days=node.whole("days", 0, 3660),
    )
    node.finish()
    return read


def _deed(node: Node, tables: Tables) -> Deed:
    read = Deed(
        key=node.text("key"),
        label=node.text("label"),
        does=node.word("does", words(Deed, "does")),
        sources=node.texts("sources"),
        state=node.text("state"),
        asks=read_fields(node, "asks", tables),
        due=node.text("due", ""),
    )
    node.finish()
    return read


def _state(node: Node) -> RegisterState:
    read = RegisterState(
        key=node.text("key"),
        label=node.text("label"),
        tone=node.word("tone", words(RegisterState, "tone")),
        on_roll=node.yes_no("on_roll"),
    )
    node.finish()
    return read


def read_effect(node: Node) -> Effect:
    """One effect of an item's cases on a register."""
    sets = node.table("sets")
    read = Effect(
        actions=node.texts("actions"),
        register=node.text("register"),
        does=node.word("does", words(Effect, "does")),
        state=node.text("state"),
        sets={key: sets.text(key) for key in sets.pairs()},
        due=node.text("due", _EFFECT["due"]),
        month=node.text("month", _EFFECT["month"]),
        when=node.condition("when"),
    )
    node.finish()
    return read
