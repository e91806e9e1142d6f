"""The state bar: a step for each state, with words for what its colour says."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.services.views import BarStep
from ui.emptying import empty
from ui.theme import TOKENS, px
from ui.widgets.cards import label

HERE, AHEAD = "现在", "还没到"
_HERE = {"good": TOKENS.dot_good, "soon": TOKENS.dot_soon, "late": TOKENS.late}


class StateBar(QWidget):
    """Done, here, ahead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(6))

    def show_steps(self, steps: Sequence[BarStep], tone: str) -> None:
        """Show these; `tone` is that of the state the case is in."""
        empty(self._row)
        for step in steps:
            self._row.addWidget(_step(step, tone), 1)


def _step(step: BarStep, tone: str) -> QWidget:
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(px(2))
    colour = {
        "done": TOKENS.dot_good,
        "here": _HERE.get(tone, TOKENS.action),
        "ahead": TOKENS.line,
    }[step.status]
    strip = QFrame()
    strip.setFixedHeight(px(4))
    strip.setStyleSheet(f"background: {colour}; border: none; border-radius: 2px;")
    name = label(f"✓ {step.label}" if step.status == "done" else step.label)
    name.setProperty("role", {"done": "tick", "here": "strong", "ahead": "second"}[step.status])
    box.addWidget(strip)
    box.addWidget(name)
    box.addWidget(label(_when(step), "hint"))
    box.addStretch(1)
    made.setAccessibleName(f"{step.label} {_when(step)}")
    made.setToolTip(step.at[:16].replace("T", " "))
    return made


def _when(step: BarStep) -> str:
    at = step.at[5:16].replace("T", " ")
    return {"done": at, "here": HERE, "ahead": AHEAD}[step.status]
