"""Reads registers, and what an item's cases do to them."""

from typing import Final

from desk.domain.catalog_forms import FIELD_WORDS, Tables, read_fields
from desk.domain.catalog_nodes import Node, defaults, once, words
from desk.domain.registers import Effect, Register, RegisterState

_EFFECT: Final = defaults(Effect)


def read_register(root: Node, tables: Tables) -> Register:
    """The register of a file `catalog/registers/<key>.toml`."""
    states = tuple(_state(node) for node in root.nodes("state", name="key"))
    once(root, "state", (state.key for state in states), "状态")
    read = Register(
        key=root.text("key"),
        label=root.text("label"),
        line=root.text("line"),
        item=root.text("item"),
        states={state.key: state for state in states},
        fields=read_fields(root, "fields", tables),
        sensitive=root.word("sensitive", FIELD_WORDS["sensitive"], ""),
    )
    root.finish()
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
