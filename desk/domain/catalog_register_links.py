"""Checks that registers name only what is there: lines, items, states, fields, facts of the items they answer."""

from collections.abc import Iterable

from desk.domain.catalog import Catalog
from desk.domain.registers import Register
from desk.domain.variables import VARIABLE

FURTHER = ("month", "why")
"""What a deed may ask besides the fields of the register."""


def register_faults(catalog: Catalog) -> Iterable[str]:
    """A fault for everything a register names that is not there."""
    lines = {line.key for line in catalog.lines}
    for register in catalog.registers.values():
        file = f"catalog/registers/{register.key}.toml"
        if register.line not in lines:
            yield f"{file}: line: 没有条线“{register.line}”；可填：{'、'.join(sorted(lines))}"
        for name in ("item", "recheck", "change"):
            code = getattr(register, name)
            if code and code not in catalog.items:
                yield f"{file}: {name}: 没有事项“{code}”"
        params = {name for county in catalog.counties.values() for name in county.params}
        for name in (register.raise_from, register.backpay):
            if name and name not in params:
                yield f"{file}: 县参数里没有“{name}”"
        for fault in (*_own_faults(register), *_answer_faults(register, catalog)):
            yield f"{file}: {fault}"


def _own_faults(register: Register) -> Iterable[str]:
    fields = {one.key for one in register.fields}
    for name in (*register.columns, *register.shared.values(), *register.fills.values()):
        if name not in fields:
            yield f"名册没有字段“{name}”"
    named = {f"lists[{one.key}].states": one.states for one in register.lists}
    named |= {f"deeds[{deed.key}]": (*deed.sources, deed.state) for deed in register.deeds}
    for spot, states in named.items():
        for state in sorted(set(states) - register.states.keys()):
            yield f"{spot}: 没有状态“{state}”"
    for deed in register.deeds:
        for asked in sorted({one.key for one in deed.asks} - fields - set(FURTHER)):
            yield f"deeds[{deed.key}].asks: 名册没有字段“{asked}”"
        if deed.due and not VARIABLE.fullmatch(deed.due):
            yield f"deeds[{deed.key}].due: 读不懂“{deed.due}”"


def _answer_faults(register: Register, catalog: Catalog) -> Iterable[str]:
    """What a register answers is asked by some item whose cases change it."""
    asked = {
        one.key
        for item in catalog.items.values()
        if any(effect.register == register.key for effect in item.effects)
        for one in (*item.fields, *item.questions)
    }
    for fact in (*register.known, *register.shared, *register.fills):
        if fact not in asked:
            yield f"没有事项问“{fact}”"
