"""Whether somebody may have what he applies for, with the clause each answer rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from desk.domain.catalog import Item, Rule, RuleLevel
from desk.domain.conditions import compare
from desk.domain.facts import CONFIRMED
from desk.domain.identity import birthday_reaching
from desk.domain.variables import VARIABLE, resolve

Verdict = Literal["yes", "no", "later", "open"]

TO_BE_CONFIRMED: Final = "待县里核定"
"""Stands for an amount or limit the county has not told yet."""

_AGES: Final = frozenset({"age", "age_female"})
_OLDEST: Final = 150


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule says: `met` None is not known yet, for want of `fact` or, as `note` tells, of the county's word."""

    text: str
    clause: str
    level: RuleLevel
    met: bool | None
    fact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer of an item's rules.

    `later` names in `from_day` the day from which age alone no longer stands against it. `amount` is the monthly sum in
    yuan as the county wrote it, '' where there is none or none is known.
    """

    verdict: Verdict
    outcomes: tuple[RuleOutcome, ...]
    from_day: date | None
    amount: str
    tier: str

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Facts the hard rules still wait for and that can be asked at the desk."""
        return tuple(
            o.fact for o in self.outcomes if o.level == "hard" and o.met is None and not o.note
        )

    def to_dict(self) -> dict[str, Any]:
        """A form for events."""
        return {
            "verdict": self.verdict,
            "outcomes": [
                {
                    "text": o.text,
                    "clause": o.clause,
                    "level": o.level,
                    "met": o.met,
                    "fact": o.fact,
                    "note": o.note,
                }
                for o in self.outcomes
            ],
            "from_day": self.from_day.isoformat() if self.from_day else "",
            "amount": self.amount,
            "tier": self.tier,
        }


def assess(item: Item, facts: Mapping[str, object]) -> Assessment:
    """What the rules of `item` say of these facts.

    'no' when a hard rule fails that time does not heal, 'later' when only ages to come fail, 'open' while a hard rule
    hangs on something unknown, else 'yes'. Warnings never decide.
    """
    rules = tuple(replace(rule, level=_level(rule, facts)) for rule in item.rules)
    outcomes = tuple(_outcome(rule, facts) for rule in rules)
    pairs = tuple(zip(rules, outcomes, strict=True))
    failing = [rule for rule, o in pairs if rule.level == "hard" and o.met is False]
    days = [_reached(rule, facts) for rule in failing]
    verdict: Verdict = "yes"
    from_day: date | None = None
    if failing:
        coming = [day for day in days if day is not None]
        verdict, from_day = ("later", max(coming)) if len(coming) == len(days) else ("no", None)
    elif any(o.met is None for rule, o in pairs if rule.level == "hard"):
        verdict = "open"
    return Assessment(
        verdict=verdict,
        outcomes=outcomes,
        from_day=from_day,
        amount=str(facts.get("monthly_amount") or ""),
        tier=str(facts.get("tier") or ""),
    )


def _level(rule: Rule, facts: Mapping[str, object]) -> RuleLevel:
    """How hard a rule is here: what the county has not confirmed can only warn."""
    if rule.level != "county":
        return rule.level
    confirmed = facts.get(CONFIRMED)
    named = isinstance(confirmed, frozenset) and str(rule.value).removeprefix("$") in confirmed
    return "hard" if named else "warn"


def _outcome(rule: Rule, facts: Mapping[str, object]) -> RuleOutcome:
    value = resolve(rule.value, facts)
    met = compare(facts.get(rule.fact), rule.op, value)
    note = TO_BE_CONFIRMED if value is None and _is_parameter(rule.value) else ""
    return RuleOutcome(rule.text, rule.clause, rule.level, met, rule.fact, note)


def _is_parameter(value: object) -> bool:
    found = VARIABLE.fullmatch(value) if isinstance(value, str) else None
    return found is not None and found[1] not in ("applicant", "this_org")


def _reached(rule: Rule, facts: Mapping[str, object]) -> date | None:
    """The day on which time itself heals this failing rule, None if it never does."""
    born, least = facts.get("birth_date"), resolve(rule.value, facts)
    if rule.fact not in _AGES or rule.op not in (">=", ">"):
        return None
    if not isinstance(born, str) or not isinstance(least, int) or not 0 <= least < _OLDEST:
        return None
    return birthday_reaching(date.fromisoformat(born), least + (rule.op == ">"))
