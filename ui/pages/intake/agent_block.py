"""Who came in the applicant's place; folded away while nobody did."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.domain.fields import FieldDef
from desk.services.views import AgentValues
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.choice_editors import Initials
from ui.widgets.form_view import FormView

PREFIX = "agent_"


class AgentBlock(QWidget):
    """Alt D unfolds it; folding it again says that the applicant came himself."""

    changed = Signal()
    """The clerk changed something, or folded the block."""
    left = Signal(str)
    """The clerk left the field of that key."""

    def __init__(
        self, block: Sequence[FieldDef], initials: Initials, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fold = button("", self.toggle, role="field")
        inside = QHBoxLayout(self.fold)
        inside.setContentsMargins(0, 0, px(8), 0)
        inside.addStretch(1)
        inside.addWidget(label("Alt D", "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.form = FormView(self, columns=1, initials=initials)
        self.form.show_fields(block)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        title = label("代办人（选填）", "label")
        title.setAlignment(Qt.AlignmentFlag.AlignLeft)
        box.addWidget(title)
        box.addWidget(self.fold)
        box.addWidget(self.form)
        self.form.changed.connect(self.changed)
        self.form.left.connect(self.left)
        self._open(False)

    def values(self) -> AgentValues:
        """The agent as typed; empty while folded."""
        if self.form.isHidden():
            return AgentValues()
        typed = self.form.values()
        texts = {k.removeprefix(PREFIX): str(v or "").strip() for k, v in typed.items()}
        return AgentValues(**texts)

    def fill(self, agent: AgentValues) -> None:
        """Show this agent; an empty one folds the block. Emits nothing."""
        parts = {
            "agent_name": agent.name,
            "agent_id_no": agent.id_no,
            "agent_phone": agent.phone,
            "agent_relation": agent.relation,
        }
        self.form.show_values(parts)
        self._open(any(parts.values()))

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Put each sentence beside its field."""
        self.form.show_problems(sentences)

    def toggle(self) -> None:
        """Unfold and go to the first field, or fold: the applicant came himself."""
        opening = self.form.isHidden()
        self._open(opening)
        if opening:
            self.form.focus(self.form.keys()[0])
        self.changed.emit()

    def _open(self, opened: bool) -> None:
        self.form.setVisible(opened)
        self.fold.setText("改回本人办理" if opened else "本人办理")
