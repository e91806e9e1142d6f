"""The small *when* language of the catalogue: parse, evaluate with unknowns, name what it needs."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

Scalar: TypeAlias = "bool | int | str"
CompareOp = Literal["==", "!=", "<", "<=", ">", ">=", "in"]

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 20

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?[0-9]+)(?![\w.])"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>==|!=|<=|>=|<|>|[()\[\],]))"
)
_COMPARING = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})
_WORDS = frozenset({"and", "or", "not", "in", "true", "false"})
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_ORDERS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact by name; alone it holds when it is true, not 0 and not empty."""

    name: str


@dataclass(frozen=True, slots=True)
class _Compared:
    """A fact against a literal, or against a list of them."""

    name: str
    op: CompareOp
    value: "Scalar | tuple[Scalar, ...]"


@dataclass(frozen=True, slots=True)
class _Not:
    inner: "_Node"


@dataclass(frozen=True, slots=True)
class _Joined:
    """Several conditions of which all (`and`) or one (`or`) must hold."""

    word: Literal["and", "or"]
    parts: tuple["_Node", ...]


_Node: TypeAlias = _Fact | _Compared | _Not | _Joined


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition; `text` is its source."""

    text: str
    node: _Node = field(repr=False)

    def holds(self, facts: Mapping[str, object]) -> bool | None:
        """Whether it holds; None when that hangs on a fact that is missing or None (Kleene's logic)."""
        return _holds(self.node, facts)

    def names(self) -> frozenset[str]:
        """All facts it asks for."""
        return frozenset(leaf.name for leaf in _leaves(self.node))

    def literals(self) -> frozenset[tuple[str, Scalar]]:
        """Every fact with each literal it is compared to."""
        leaves = _leaves(self.node)
        return frozenset((leaf.name, literal) for leaf in leaves for literal in _literals(leaf))


def parse(text: str) -> Condition:
    """The condition that `text` writes: facts, `and or not`, parentheses, comparisons with 'x', 12, true or [lists].

    Raises:
        ValueError: it does not read; the message (Chinese, for whoever writes catalogues) names the spot.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"条件不能超过 {MAX_LENGTH} 个字符")
    reader = _Reader(text)
    node = reader.whole()
    return Condition(text, node)


def compare(known: object, op: str, value: object) -> bool | None:
    """How a fact compares with a value of the catalogue; None when either is unknown or they do not compare.

    Numbers compare with numerals ('50.00' > 8), days and months as ISO text. A fact that is a list compares by
    its members: one that fits is enough, and `!=` is the opposite of `==`.
    """
    if known is None or value is None:
        return None
    if isinstance(known, list | tuple | frozenset):
        if op == "!=":
            return _opposite(compare(known, "==", value))
        return any(compare(member, op, value) for member in known)
    if op == "in":
        members = value if isinstance(value, list | tuple) else (value,)
        return any(compare(known, "==", member) for member in members)
    return _compare_plain(_plain(known), op, _plain(value))


def _opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _compare_plain(known: object, op: str, value: object) -> bool | None:
    if isinstance(known, bool) or isinstance(value, bool):
        same = known is value
        return same if op == "==" else not same if op == "!=" else None
    if isinstance(known, str) and isinstance(value, str) and op in ("==", "!="):
        # Two texts are the same only letter by letter ('01' is not '1'), but amounts kept as text are ordered as numbers.
        return _ORDERS[op](known, value)
    left, right = _number(known), _number(value)
    if left is not None and right is not None:
        return _ORDERS[op](left, right)
    if isinstance(known, str) and isinstance(value, str):
        return _ORDERS[op](known, value)
    return {"==": False, "!=": True}.get(op)


def _number(value: object) -> Decimal | None:
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None


def _holds(node: _Node, facts: Mapping[str, object]) -> bool | None:
    if isinstance(node, _Fact):
        known = facts.get(node.name)
        return None if known is None else bool(known)
    if isinstance(node, _Compared):
        return compare(facts.get(node.name), node.op, node.value)
    if isinstance(node, _Not):
        return _opposite(_holds(node.inner, facts))
    deciding = node.word == "or"
    answers = [_holds(part, facts) for part in node.parts]
    if deciding in answers:
        return deciding
    return None if None in answers else not deciding


def _leaves(node: _Node) -> Iterator[_Fact | _Compared]:
    if isinstance(node, _Fact | _Compared):
        yield node
        return
    for part in (node.inner,) if isinstance(node, _Not) else node.parts:
        yield from _leaves(part)


def _literals(leaf: _Fact | _Compared) -> tuple[Scalar, ...]:
    if isinstance(leaf, _Fact):
        return ()
    return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


class _Reader:
    """Reads one condition from left to right; every complaint names the character it stopped at."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0

    def whole(self) -> _Node:
        node = self._or(0)
        if self._kind() != "end":
            raise self._stop("and、or 或到此结束")
        return node

    def _or(self, depth: int) -> _Node:
        return self._join("or", [self._and(depth)], depth)

    def _and(self, depth: int) -> _Node:
        return self._join("and", [self._not(depth)], depth)

    def _join(self, word: Literal["and", "or"], parts: list[_Node], depth: int) -> _Node:
        while self._take(word):
            parts.append(self._and(depth) if word == "or" else self._not(depth))
        return parts[0] if len(parts) == 1 else _Joined(word, tuple(parts))

    def _not(self, depth: int) -> _Node:
        if depth > MAX_DEPTH:
            raise self._stop(f"不超过 {MAX_DEPTH} 层的嵌套")
        if self._take("not"):
            return _Not(self._not(depth + 1))
        if self._take("("):
            inner = self._or(depth + 1)
            self._need(")")
            return inner
        return self._comparison()

    def _comparison(self) -> _Node:
        if self._kind() != "name" or self._text() in _WORDS:
            raise self._stop("事实名")
        fact = self._next()
        if self._text() not in _COMPARING:
            return _Fact(fact)
        op: CompareOp = self._next()  # type: ignore[assignment]
        return _Compared(fact, op, self._list() if op == "in" else self._literal())

    def _list(self) -> tuple[Scalar, ...]:
        self._need("[")
        members = [self._literal()]
        while self._take(","):
            members.append(self._literal())
        self._need("]")
        return tuple(members)

    def _literal(self) -> Scalar:
        kind, text = self._kind(), self._text()
        if kind == "text":
            return self._next()[1:-1]
        if kind == "number":
            return int(self._next())
        if text in ("true", "false"):
            return self._next() == "true"
        raise self._stop("'文字'、整数、true 或 false")

    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _text(self) -> str:
        # What stands in quotation marks is never a word of the language.
        return "" if self._kind() == "text" else self._tokens[self._at][1]

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _take(self, word: str) -> bool:
        if self._text() != word:
            return False
        self._at += 1
        return True

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise self._stop(sign)

    def _stop(self, wanted: str) -> ValueError:
        _, text, place = self._tokens[self._at]
        return ValueError(f"第 {place + 1} 个字符（{text or '末尾'}）处应是{wanted}")


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    place, end = 0, len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            spot = place + len(text[place:]) - len(text[place:].lstrip())
            raise ValueError(f"第 {spot + 1} 个字符（{text[spot]}）看不懂")
        kind = found.lastgroup
        yield kind, found[kind], found.start(kind)
        place = found.end()
    yield "end", "", end
