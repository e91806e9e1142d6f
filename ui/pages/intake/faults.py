"""Which problems are told now: those of fields that were left, and all of them once an end was pressed."""

from collections.abc import Iterable, Sequence

from desk.errors import Problem
from desk.words.problems import problem_text


class Faults:
    """Nothing is held against the clerk while he is still typing it."""

    def __init__(self) -> None:
        self._standing: tuple[Problem, ...] = ()
        self._advice: tuple[Problem, ...] = ()
        self._left: set[str] = set()
        self._refused: tuple[Problem, ...] = ()

    def clear(self, keep: Iterable[str] = ()) -> None:
        """A new intake or item begins; the fields of `keep` were left before and stay so."""
        self._standing, self._advice, self._refused = (), (), ()
        self._left &= set(keep)

    def leave(self, key: str) -> None:
        """The clerk left this field; what is wrong with it may be told."""
        self._left.add(key)

    def take_standing(self, problems: Sequence[Problem], advice: Sequence[Problem]) -> None:
        """What the rules find now; what was mended is no longer told."""
        self._standing, self._advice = tuple(problems), tuple(advice)
        wrong = {problem.field for problem in problems}
        self._refused = tuple(p for p in self._refused if p.field in wrong)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """An end was pressed and refused for these."""
        self._refused = tuple(problems)

    def sentences(self) -> dict[str, str]:
        """The sentence to show beside each field."""
        told = {p.field: problem_text(p) for p in self._advice if p.field in self._left}
        told |= {p.field: problem_text(p) for p in self._standing if self._may_be_told(p)}
        return told | {p.field: problem_text(p) for p in self._refused}

    def summary(self) -> tuple[tuple[str, str], ...]:
        """(key, sentence) of everything an end was refused for and that still stands."""
        return tuple((p.field, problem_text(p)) for p in self._refused)

    def _may_be_told(self, problem: Problem) -> bool:
        # Passing by an empty field is no mistake; it is asked for at the end.
        return problem.field in self._left and problem.code != "required"
