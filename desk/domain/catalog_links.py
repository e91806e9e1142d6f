"""Checks that the parts of a catalogue name only what is there: lines, life-cycles, facts, parameters, codes."""

from collections.abc import Iterable, Mapping, Set
from typing import Final

from desk.domain.catalog import Catalog, Item, Rule
from desk.domain.catalog_register_links import register_faults
from desk.domain.conditions import Condition
from desk.domain.fact_names import DERIVED, LIFE_CYCLE, VARIABLES
from desk.domain.fields import FieldDef
from desk.domain.registers import Effect
from desk.domain.variables import VARIABLE
from desk.domain.workflow import Action, Workflow

RELATION: Final = "agent_relation"
"""The field of the agent's block whose value is the fact `proxy_relation`."""

_USUAL: Final = 9


def check_links(catalog: Catalog, files: dict[str, str], faults: list[str]) -> None:
    """Append a fault for everything named but not there; `files` tells each item's file by its code."""
    head = "catalog/catalog.toml"
    lines = {line.key for line in catalog.lines}
    for item in catalog.items.values():
        place = f"{files[item.code]}: item[{item.code}]"
        if item.line not in lines:
            faults.append(f"{place}: 没有条线“{item.line}”；可填：{_listed(lines)}")
        if item.workflow not in catalog.workflows:
            known = _listed(catalog.workflows)
            faults.append(f"{place}.workflow: 没有流程“{item.workflow}”；可填：{known}")
        faults.extend(f"{place}.{fault}" for fault in _item_faults(item, catalog))
    faults.extend(f"{head}: {fault}" for fault in _head_faults(catalog))
    faults.extend(register_faults(catalog))
    # What several items miss is told once.
    faults.extend(
        dict.fromkeys(
            f for item in catalog.items.values() for f in _life_cycle_faults(item, catalog)
        )
    )
    faults.extend(_county_faults(catalog))


def _listed(words: Iterable[str]) -> str:
    return "、".join(sorted(words))


def _head_faults(catalog: Catalog) -> Iterable[str]:
    for code in catalog.usual:
        if code not in catalog.items:
            yield f"usual: 没有事项“{code}”"
    if len(catalog.usual) > _USUAL:
        yield f"usual: 最多 {_USUAL} 个"
    for old, new in catalog.renamed.items():
        if new not in catalog.items:
            yield f"renamed.{old}: 没有事项“{new}”"
    for code in (*catalog.renamed, *catalog.removed):
        if code in catalog.items:
            yield f"renamed/removed: 事项“{code}”还在目录里"


def _county_faults(catalog: Catalog) -> Iterable[str]:
    wanted = {name for county in catalog.counties.values() for name in county.params}
    for county in catalog.counties.values():
        file = f"catalog/counties/{county.code}.toml"
        for name in sorted(wanted - county.params.keys()):
            yield f'{file}: params.{name}: 缺少，别的县有这一项；不知道就填 0 或 ""'
        for name in sorted(county.confirmed - county.params.keys()):
            yield f"{file}: confirmed: 没有参数“{name}”"


def _item_faults(item: Item, catalog: Catalog) -> Iterable[str]:
    params = {name for county in catalog.counties.values() for name in county.params}
    asked = {one.key: one for one in (*item.fields, *item.questions)}
    relation = next((one for one in catalog.person_blocks["agent"] if one.key == RELATION), None)
    if relation:
        asked.setdefault("proxy_relation", relation)
    for tier in item.tiers:
        if tier.param not in params:
            yield f"tiers: 县参数里没有“{tier.param}”"
    for number, rule in enumerate(item.rules):
        for fault in (*_rule_faults(rule, item, params), *_value_faults(rule, asked)):
            yield f"rules[{number}].{fault}"
    known = asked.keys() | DERIVED | params
    yield from _need_faults(item, asked, known)
    yield from _effect_faults(item, catalog, known)


def _life_cycle_faults(item: Item, catalog: Catalog) -> Iterable[str]:
    """A life-cycle may ask for the fields of each item that goes through it."""
    workflow = catalog.workflows.get(item.workflow)
    if workflow is None:
        return
    file = f"catalog/workflows/{workflow.key}.toml"
    fields = {one.key: one for one in item.fields}
    known = LIFE_CYCLE | DERIVED | fields.keys()
    for action in workflow.actions:
        spot = f"{file}: action[{action.key}]"
        for fault in _condition_faults(action.when, known, fields):
            yield f"{spot}.when: {fault}"
        for fault in (*_entered_faults(action, fields), *_hidden_faults(action, item)):
            yield f"{spot}.{fault}"
    for number, notice in enumerate(workflow.notices):
        for fault in _condition_faults(notice.when, known, fields):
            yield f"{file}: notice[{number}].when: {fault}"
    days = {f"state[{one.key}].due": one.due for one in workflow.states.values() if one.due}
    days |= {f"notice[{n}].field": one.field for n, one in enumerate(workflow.notices)}
    for spot, key in days.items():
        if key not in fields or fields[key].kind != "date":
            yield f"{file}: {spot}: 没有日期字段“{key}”"


def _entered_faults(action: Action, fields: Mapping[str, FieldDef]) -> Iterable[str]:
    """A move enters and empties later fields of its item, and counts in a whole number."""
    for key in (*action.enters, *action.clears):
        if key not in fields or fields[key].derive or fields[key].stage == "intake":
            yield f"enters/clears: 没有后面才填的字段“{key}”"
    if action.counts and (action.counts not in fields or fields[action.counts].kind != "int"):
        yield f"counts: 没有整数字段“{action.counts}”"


def _hidden_faults(action: Action, item: Item) -> Iterable[str]:
    """What a move asks for itself must not stand in for an item's field of the same stage: that would never be asked."""
    hidden = {one.key for one in action.asks} - set(action.enters)
    for one in item.fields:
        if action.stage and one.stage == action.stage and one.key in hidden:
            yield f"asks: 事项 {item.code} 有同名的字段“{one.key}”，会问不到；请换一个名字"


def _effect_faults(item: Item, catalog: Catalog, known: Set[str]) -> Iterable[str]:
    asked = {one.key: one for one in (*item.fields, *item.questions)}
    for number, effect in enumerate(item.effects):
        spot = f"effects[{number}]"
        register = catalog.registers.get(effect.register)
        if register is None:
            yield f"{spot}.register: 没有名册“{effect.register}”；可填：{_listed(catalog.registers)}"
            continue
        if effect.state not in register.states:
            yield f"{spot}.state: 没有状态“{effect.state}”；可填：{_listed(register.states)}"
        for name in sorted(effect.sets.keys() - {one.key for one in register.fields}):
            yield f"{spot}.sets: 名册没有字段“{name}”"
        for fact in (*effect.sets.values(), effect.due, effect.month):
            if fact and not _derivable(fact, known):
                yield f"{spot}: 没有事实“{fact}”"
        for fault in _condition_faults(effect.when, known, asked):
            yield f"{spot}.when: {fault}"
        yield from _moves_faults(spot, effect, catalog.workflows.get(item.workflow))


def _moves_faults(spot: str, effect: Effect, workflow: Workflow | None) -> Iterable[str]:
    moves = {action.key for action in workflow.actions} if workflow else set()
    for key in effect.actions:
        if key not in moves:
            yield f"{spot}.actions: 流程里没有“{key}”"


def _need_faults(item: Item, asked: Mapping[str, FieldDef], known: Set[str]) -> Iterable[str]:
    for material in item.materials:
        for fault in _condition_faults(material.when, known, asked):
            yield f"materials[{material.key}].when: {fault}"
        if material.evidence_of and material.evidence_of not in asked:
            yield f"materials[{material.key}].evidence_of: 没有字段“{material.evidence_of}”"
    for one in (*item.fields, *item.questions):
        for fault in _condition_faults(one.when, known, asked):
            yield f"fields[{one.key}].when: {fault}"
        if one.derive and not _derivable(one.derive, known):
            yield f"fields[{one.key}].derive: 推不出“{one.derive}”；可填：{_listed(DERIVED)}"
        if one.default and not _derivable(one.default, known):
            yield f"fields[{one.key}].default: 推不出“{one.default}”；可填：{_listed(DERIVED)}"


def _derivable(name: str, known: Set[str]) -> bool:
    return _variable_known(name, known) if name.startswith("$") else name in known


def _condition_faults(
    when: Condition | None, known: Set[str], asked: Mapping[str, FieldDef]
) -> Iterable[str]:
    if when is None:
        return
    for name in sorted(when.names() - known):
        yield f"没有事实“{name}”"
    for fact, value in sorted(when.literals(), key=str):
        if fact in asked:
            yield from _misfit(asked[fact], value)


def _rule_faults(rule: Rule, item: Item, params: Set[str]) -> Iterable[str]:
    fields = {one.key for one in item.fields}
    questions = {one.key for one in item.questions}
    # What a register does not know must be asked, so a fact from there is a question or a field as well.
    known: Set[str] = {
        "derived": DERIVED | fields,
        "field": fields,
        "asked": questions,
        "register": fields | questions,
    }[rule.source]
    if rule.fact not in known:
        yield f"fact: source 为 {rule.source}，但没有“{rule.fact}”；可填：{_listed(known)}"
    for value in rule.value if isinstance(rule.value, tuple) else (rule.value,):
        if isinstance(value, str) and value.startswith("$") and not _variable_known(value, params):
            yield f"value: 没有“{value}”；可填：{_listed(f'${name}' for name in params | VARIABLES)}"


def _value_faults(rule: Rule, asked: Mapping[str, FieldDef]) -> Iterable[str]:
    for value in rule.value if isinstance(rule.value, tuple) else (rule.value,):
        if rule.fact in asked and not (isinstance(value, str) and value.startswith("$")):
            yield from (f"value: {fault}" for fault in _misfit(asked[rule.fact], value))


def _misfit(one: FieldDef, value: object) -> Iterable[str]:
    """A value that the field can never have: a rule or condition on it would never hold."""
    codes = [choice.code for choice in one.choices]
    if (one.kind == "bool") != isinstance(value, bool):
        yield f"“{value}”和“{one.key}”的类型 {one.kind} 对不上"
    elif codes and value not in (*codes, ""):
        yield f"“{value}”不是“{one.key}”的选项；可填：{'、'.join(codes[:20])}"


def _variable_known(text: str, params: Set[str]) -> bool:
    found = VARIABLE.fullmatch(text)
    if found is None or (found[4] and found[4] not in params):
        return False
    return found[1] in params | VARIABLES | DERIVED
