"""How long records are kept: classes as data, which class a record falls into, and from when it is due to be erased."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.domain.catalog_nodes import Node, once


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """One class of keeping; 0 `years` is for good. `confirmed`: some source says so, and it is not a proposal (domain notes, G.3)."""

    key: str
    label: str
    years: int
    basis: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """Which closed cases fall into a class: all that is named must fit, what is empty fits everything.

    `accepted` False means those that never had a number of acceptance.
    """

    keep: str
    states: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """What of a closed case decides its class."""

    item: str
    line: str
    nature: str
    state: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Retention:
    """The classes, the rules of cases (the first that fits), and the class of each register."""

    classes: Mapping[str, RetentionClass] = field(default_factory=dict)
    cases: tuple[RetentionRule, ...] = ()
    registers: Mapping[str, str] = field(default_factory=dict)

    def of_case(self, case: ClosedCase) -> RetentionClass | None:
        """The class of a closed case; None where nothing is said, and then it is kept."""
        return next((self.classes[one.keep] for one in self.cases if _fits(one, case)), None)

    def of_register(self, register: str) -> RetentionClass | None:
        """The class of a register's ended entries; None where nothing is said."""
        key = self.registers.get(register)
        return self.classes[key] if key else None

    def shortest(self) -> int:
        """The fewest years after which anything is due; 0 where nothing ever is."""
        return min((one.years for one in self.classes.values() if one.years), default=0)


def due_from(closed: date, years: int) -> date:
    """The first day on which what was closed that day is due: the same day `years` later, 1 March for 29 February."""
    try:
        return closed.replace(year=closed.year + years)
    except ValueError:
        return date(closed.year + years, 3, 1)


def closed_by(today: date, years: int) -> date:
    """The last day on which something was closed that is due `today`."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)


def read_retention(root: Node) -> Retention:
    """The classes and rules of a file; what is wrong is reported at the node."""
    classes = tuple(map(_class, root.nodes("classes", name="key")))
    once(root, "classes", (one.key for one in classes), "保管期限")
    found = Retention(
        classes={one.key: one for one in classes},
        cases=tuple(map(_rule, root.nodes("cases"))),
        registers={key: str(value) for key, value in root.table("registers").pairs().items()},
    )
    root.finish()
    for key in (*(one.keep for one in found.cases), *found.registers.values()):
        if key not in found.classes:
            root.fault("keep", f"没有“{key}”这一类", "、".join(found.classes))
    return found


def unknown_names(
    found: Retention, lines: Mapping[str, object], items: Mapping[str, object]
) -> Iterator[str]:
    """Lines and items a rule names that the catalogue does not have: a slip there would keep records too long, or not long enough."""
    for rule in found.cases:
        yield from (one for one in rule.lines if one not in lines)
        yield from (one for one in rule.items if one not in items)


def _class(node: Node) -> RetentionClass:
    found = RetentionClass(
        key=node.text("key"),
        label=node.text("label"),
        years=node.whole("years", most=100),
        basis=node.text("basis", ""),
        confirmed=node.yes_no("confirmed", default=False),
    )
    node.finish()
    return found


def _rule(node: Node) -> RetentionRule:
    found = RetentionRule(
        keep=node.text("keep"),
        states=node.texts("states", []),
        items=node.texts("items", []),
        lines=node.texts("lines", []),
        natures=node.texts("natures", []),
        accepted=node.yes_no("accepted", default=True),
    )
    node.finish()
    return found


def _fits(rule: RetentionRule, case: ClosedCase) -> bool:
    named = (
        (rule.states, case.state),
        (rule.items, case.item),
        (rule.lines, case.line),
        (rule.natures, case.nature),
    )
    return all(not known or value in known for known, value in named) and (
        rule.accepted or not case.accepted
    )
