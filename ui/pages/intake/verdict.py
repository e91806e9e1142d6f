"""The answer on eligibility: one colour, one word, the clauses it rests on, and the amount."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.domain.eligibility import Assessment, RuleOutcome
from ui.theme import mark, px, restyle
from ui.widgets.cards import label

_WORDS = {
    "yes": ("good", "符合条件"),
    "no": ("late", "不符合条件"),
    "later": ("action", "还没到时候"),
    "open": ("soon", "还要问清楚"),
}
_SHOWN = 3


class VerdictBanner(QFrame):
    """Drawn from an `Assessment`; says nothing the rules did not say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.title = label("", "strong", wrap=True)
        self.lines = label("", wrap=True)
        self.basis = label("", "hint", wrap=True)
        self.amount = label("", "figure")
        self.every = label("每月", "hint")
        words = QVBoxLayout()
        words.setSpacing(px(3))
        for part in (self.title, self.lines, self.basis):
            words.addWidget(part)
        figure = QVBoxLayout()
        figure.setSpacing(0)
        figure.addStretch(1)
        for part in (self.amount, self.every):
            part.setAlignment(Qt.AlignmentFlag.AlignRight)
            figure.addWidget(part)
        figure.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(10), px(14), px(10))
        row.setSpacing(px(12))
        row.addLayout(words, 1)
        row.addLayout(figure)

    def show_assessment(
        self, assessment: Assessment, derived: Mapping[str, str], unconfirmed: str
    ) -> None:
        """Say the verdict; `derived` are values that fill themselves, by label, `unconfirmed` the figures in doubt."""
        tone, word = _WORDS[assessment.verdict]
        mark(self, "tone", tone)
        restyle(self.title)
        if assessment.verdict == "later" and assessment.from_day:
            word = f"{_day(assessment.from_day)}起可以办"
        _say(self.title, word)
        _say(self.lines, "\n".join(_telling(assessment)))
        _say(self.basis, "；".join(filter(None, (_basis(assessment, derived), unconfirmed))))
        _say(self.amount, f"{assessment.amount} 元" if assessment.amount else "")
        self.every.setVisible(bool(assessment.amount))


def _say(place: QLabel, text: str) -> None:
    place.setText(text)
    place.setVisible(bool(text))


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _telling(assessment: Assessment) -> tuple[str, ...]:
    """The outcomes worth a line: what stands against it, what is still to be asked, else what was found."""
    against = [o.text for o in assessment.outcomes if o.level == "hard" and o.met is False]
    unknown = [o.text for o in assessment.outcomes if o.level == "hard" and o.met is None]
    warned = [f"请留意：{o.text}" for o in assessment.outcomes if _warns(o)]
    if assessment.verdict in ("no", "later"):
        told = against
    elif assessment.verdict == "open":
        told = [f"还不知道：{text}" for text in unknown]
    else:
        told = ["；".join(o.text for o in assessment.outcomes if o.met and o.level == "hard")]
    told = [line for line in (*told, *warned) if line]
    more = len(told) - _SHOWN
    return (*told[:_SHOWN], f"另有 {more} 条") if more > 0 else tuple(told)


def _warns(outcome: RuleOutcome) -> bool:
    return outcome.level == "warn" and outcome.met is False


def _basis(assessment: Assessment, derived: Mapping[str, str]) -> str:
    wanted = (False,) if assessment.verdict == "no" else (True, False)
    clauses = dict.fromkeys(o.clause for o in assessment.outcomes if o.clause and o.met in wanted)
    parts = [f"依据：{'、'.join(clauses)}"] if clauses else []
    parts += [f"{name} {value}" for name, value in derived.items() if value]
    return "；".join(parts)
