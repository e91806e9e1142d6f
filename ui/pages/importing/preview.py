"""The last steps: every row with what would come of it, the take-in with progress, and the list of what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.services.import_views import VERDICTS, ImportPlan, PlanRow
from desk.services.views import ItemRow
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.choice_editors import QuietCombo
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.table_model import Cell, Column

TONES = {"new": "good", "fill": "action", "same": "plain", "bad": "late"}
COLUMNS: tuple[Column[PlanRow], ...] = (
    Column("行", 56, lambda row: Cell(f"{row.number}" if row.number else "")),
    Column("谁", 220, lambda row: Cell(row.who, hint=row.who)),
    Column("怎样处理", 84, lambda row: Cell(VERDICTS[row.verdict], tone=TONES[row.verdict])),
    Column("说明", 200, lambda row: _why(row), stretch=True),
)
EVERY, WRONG = "", "bad"
NOTHING = "这些行都已经有了，或者有错，没有要导入的。"


def _why(row: PlanRow) -> Cell:
    text = "；".join(row.faults) or row.said
    return Cell(text, hint=text)


class PreviewStep(QWidget):
    """Before the take-in the plan, after it the outcome; the same table serves both."""

    take_asked = Signal()
    """The clerk wants the good rows taken in."""
    back_asked = Signal()
    """The clerk wants to change the columns, or, when all is done, begin with another file."""
    save_asked = Signal()
    """The clerk wants the list as a file."""
    other_item_chosen = Signal(str)
    """Unknown names of items are to stand for the item of this code."""
    onward_asked = Signal()
    """The clerk wants to see what came in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: ImportPlan | None = None
        self.done, self.leads_on = False, True
        self.card = Card(" ", " ")
        self.filter = QuietCombo()
        self.filter.setAccessibleName("只看")
        self.filter.setMinimumWidth(px(150))
        self.other = QuietCombo()
        self.other.setAccessibleName("没认出的事项都算作")
        self.other_words = label("", "label")
        self.table = DataTable(COLUMNS, key=lambda row: row.number or id(row), name="导入的行")
        self.list = FilledTable(self.table, EmptyState("没有这样的行", "换一个范围看看。"))
        self.whole = label("", "second", wrap=True)
        self.nothing = label(NOTHING, "strong", wrap=True)
        self.strip = ProgressStrip()
        self.back = button("返回改列", self.back_asked.emit)
        self.save = button("保存清单…", self.save_asked.emit)
        self.onward = button("去看看", self.onward_asked.emit)
        self.take = button("导入", self._press, role="primary", key="F9")
        self._lay_out()
        self.table.chosen.connect(self._tell_whole)
        self.filter.activated.connect(lambda _place: self._show_rows())
        self.other.activated.connect(lambda _p: self._chosen_other())

    def offer_items(self, items: Sequence[ItemRow]) -> None:
        """The items that an unknown name may stand for."""
        if self.other.count():
            return
        self.other.addItem("不收", "")
        for item in items:
            self.other.addItem(f"{item.short_name}（{item.code}）", item.code)

    def show_plan(self, title: str, plan: ImportPlan, *, done: bool) -> None:
        """Show the rows; `done` when they were taken in."""
        self.plan, self.done = plan, done
        counts = plan.counts
        told = [f"{word} {counts[key]:,}" for key, word in VERDICTS.items() if counts.get(key)]
        self.card.title.setText(title)
        self.card.aside.setText(" · ".join(told))
        self._offer_filter(plan)
        coming = counts.get("new", 0) + counts.get("fill", 0)
        self.take.setText("再导一个文件" if done else f"导入 {coming:,} 行")
        self.take.setEnabled(done or coming > 0)
        self.back.setVisible(not done)
        self.onward.setVisible(done and coming > 0 and self.leads_on)
        self.save.setVisible(done or counts.get("bad", 0) > 0)
        self._show_unknown(plan, done=done)
        self.nothing.setVisible(not done and not coming)
        self._show_rows()

    def begin(self, words: str) -> None:
        """The take-in is under way."""
        self.strip.start(words)
        self._enable(on=False)

    def rest(self) -> None:
        """It is over, one way or the other."""
        self.strip.clear()
        self._enable(on=True)

    def _enable(self, *, on: bool) -> None:
        for made in (self.back, self.save, self.take, self.other, self.onward):
            made.setEnabled(on)

    def _press(self) -> None:
        if self.done:
            self.back_asked.emit()
        else:
            self.take_asked.emit()

    def _chosen_other(self) -> None:
        self.other_item_chosen.emit(str(self.other.currentData() or ""))

    def _show_unknown(self, plan: ImportPlan, *, done: bool) -> None:
        asked = bool(plan.unknown_items) or bool(self.other.currentData())
        shown = asked and not done
        names = "、".join(plan.unknown_items[:3])
        more = f"等 {len(plan.unknown_items)} 种" if len(plan.unknown_items) > 3 else ""
        self.other_words.setText(
            f"没认出的事项（{names}{more}）都算作" if names else "没认出的事项都算作"
        )
        self.other_words.setVisible(shown)
        self.other.setVisible(shown)

    def _offer_filter(self, plan: ImportPlan) -> None:
        kept = self.filter.currentData()
        self.filter.clear()
        self.filter.addItem(f"全部 {len(plan.rows):,} 行", EVERY)
        for key, word in VERDICTS.items():
            if plan.counts.get(key):
                self.filter.addItem(f"只看{word} {plan.counts[key]:,} 行", key)
        place = self.filter.findData(kept)
        self.filter.setCurrentIndex(max(place, 0))

    def _show_rows(self) -> None:
        wanted = self.filter.currentData() or EVERY
        rows = self.plan.rows if self.plan else ()
        shown = tuple(row for row in rows if wanted in (EVERY, row.verdict))
        self.list.show_rows(shown)
        if self.table.chosen_key() is None and shown:
            self.table.choose(shown[0].number or id(shown[0]))
        self._tell_whole(self.table.chosen_key())

    def _tell_whole(self, key: object) -> None:
        """The whole of what is cut short in the chosen line."""
        shown: tuple[PlanRow, ...] = self.table.rows.rows
        row = next((one for one in shown if (one.number or id(one)) == key), None)
        self.whole.setText(
            f"第 {row.number} 行：{'；'.join(row.faults)}" if row and row.faults else ""
        )
        self.whole.setVisible(bool(self.whole.text()))

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(px(8))
        head.addWidget(self.filter)
        head.addStretch(1)
        head.addWidget(self.other_words)
        head.addWidget(self.other, 1)
        foot.addWidget(self.back)
        foot.addStretch(1)
        for made in (self.save, self.onward, self.take):
            foot.addWidget(made)
        self.card.body.addLayout(head)
        self.card.body.addWidget(self.list, 1)
        self.card.body.addWidget(self.whole)
        self.card.body.addWidget(self.nothing)
        self.card.body.addWidget(self.strip)
        self.card.body.addLayout(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)
