"""One case at the county: what it is, and what may be asked of its desk about it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk.changes import Changes
from desk.domain.fields import Choice, FieldDef
from desk.errors import DeskError, FieldsRefused
from desk.services import hub_disputes, orders, revealing
from desk.services.hub_disputes import OrderedCase
from desk.services.operation import Done
from ui.emptying import empty
from ui.pages.county.order_form import Asked, OrderForm
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.revealed import Revealed
from ui.widgets.scrolling import scrolling
from ui.widgets.state_badge import StateBadge
from ui.widgets.summary_list import SummaryList
from ui.widgets.timeline import Timeline
from ui.widgets.widths import side_width

RIGHT = 300
REASON = FieldDef("reason", "理由", "note", max_length=300)
WHY = replace(REASON, required=True)
EDIT, REQUEST, ERASE = "改这件的内容", "请社区更正", "要求到期删除"
GIVEN = "已记下，下次接收时随回执写给社区"


class OrderPage(PageFrame):
    """The case stays the desk's: whatever is asked here goes there as an order, and the desk says what became of it."""

    help_text = (
        "这一件归社区办。县里要它往前走、改县里管的内容、或请社区更正，都在右边提出来，随下一个 U 盘到社区。\n"
        "按 F9 发出，按 Esc 不办。社区照办了没有，下面“县里的要求”里看得到。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.case_id: UUID | None = None
        self.told: OrderedCase | None = None
        self.title = label("", "title", wrap=True)
        self.state = StateBadge()
        self.where = label("", "second", wrap=True)
        self.lines = SummaryList()
        self.revealed = Revealed()
        self.revealed.asked.connect(self._reveal)
        self.past = Timeline()
        self.given = QVBoxLayout()
        self.verbs: list[QPushButton] = []
        self._buttons = QVBoxLayout()
        self.form = OrderForm()
        self._deeds = self._deeds_card()
        self._lay_out()
        self.form.sent.connect(self.main_action)
        self.form.left.connect(self._leave)

    def opened(self, **facts: object) -> None:
        case_id = facts.get("case_id")
        if isinstance(case_id, UUID) and case_id != self.case_id:
            self.case_id = case_id
            self._leave()
            self.banner.clear()
        self.make_stale()
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        if self.case_id is not None:
            self.shell.read(
                hub_disputes.case, on_done=self._show, latest="case", case_id=self.case_id
            )

    def wants(self, changes: Changes) -> bool:
        return changes.packages or bool(changes.cases)

    def main_action(self) -> None:
        if self.form.asked is not None and not self.form.isHidden():
            self.form.show_problems(())
            asked = self.form.asked
            edit = asked.kind == "edit"
            self._send(asked, self.form.changed() if edit else self.form.values())

    def go_back(self) -> bool:
        if not self.form.isHidden():
            self._leave()
            return True
        return super().go_back()

    def _show(self, told: OrderedCase) -> None:
        if told.detail.row.id != self.case_id:
            return
        self.told = told
        row = told.detail.row
        self.title.setText(f"{row.short_no}　{row.applicant}　{row.item_name}")
        self.state.show_state(row.state_label, row.tone)
        self.where.setText("　".join(filter(None, (told.hall, *told.detail.numbers))))
        self.revealed.be_about(row.id)
        self.lines.show_lines((*told.detail.parties, *told.detail.form))
        # Papers lie at the desk.
        self.past.show_rows([replace(row, document=None) for row in told.detail.history])
        empty(self.given)
        for one in told.orders:
            self.given.addWidget(_order(f"{one.given_at[5:10]}　{one.what}", one.state, one.tone))
        if not told.orders:
            self.given.addWidget(label("还没有提过。", "second"))
        self._show_verbs(told)

    def _reveal(self, case_id: UUID, purpose: str) -> None:
        self.shell.write(
            revealing.of_case,
            on_done=partial(self.revealed.show_values, case_id),
            case_id=case_id,
            purpose=purpose,
        )

    def _show_verbs(self, told: OrderedCase) -> None:
        empty(self._buttons)
        asked = [Asked("move", one.label, (*one.asks, REASON), one.key) for one in told.moves]
        if told.editable:
            asked.append(Asked("edit", EDIT, (*told.editable, REASON)))
        if told.askable:
            choices = tuple(Choice(one.key, one.label) for one in told.askable)
            which = FieldDef("field", "哪一项", "choice", required=True, choices=choices)
            asked.append(Asked("request", REQUEST, (which, WHY)))
        if told.detail.state.phase == "closed":
            asked.append(Asked("erase", ERASE, (WHY,)))
        self.verbs = [button(one.label, partial(self._ask, one)) for one in asked]
        for verb in self.verbs:
            self._buttons.addWidget(verb)

    def _ask(self, asked: Asked) -> None:
        self._deeds.hide()
        self.form.show()
        begun = self.told.values if self.told and asked.kind == "edit" else {}
        self.form.ask(asked, begun)

    def _leave(self) -> None:
        self.form.hide()
        self._deeds.show()

    def _send(self, asked: Asked, typed: Mapping[str, object]) -> None:
        told, values = self.told, dict(typed)
        if told is None:
            return
        reason = str(values.pop("reason", "") or "")
        self.shell.write(
            _verb(asked, told, values),
            on_done=lambda _: self._sent(),
            on_refused=self._refused,
            case_id=told.detail.row.id,
            reason=reason,
        )

    def _sent(self) -> None:
        self._leave()
        self.shell.notices.toast(GIVEN)
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, FieldsRefused) and self.form.show_problems(error.problems):
            return
        self.shell.cannot(error)
        self.refresh()

    # Layout

    def _deeds_card(self) -> Card:
        card = Card("县里可以提的", "按 F9 发出")
        self._buttons.setSpacing(px(8))
        card.body.addLayout(self._buttons)
        return card

    def _lay_out(self) -> None:
        head = Card()
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.state)
        head.body.addLayout(line)
        head.body.addWidget(self.where)
        values, past, given = Card("内容"), Card("经过"), Card("县里的要求")
        values.body.addWidget(scrolling(self.lines), 1)
        values.body.addWidget(self.revealed)
        past.body.addWidget(self.past, 1)
        given.body.addLayout(self.given)
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(values, 4)
        middle.addWidget(past, 5)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(head)
        left.addLayout(middle, 1)
        self.form.hide()
        right = scrolling(self._deeds, self.form, given, spacing=GAP)
        right.setFixedWidth(side_width(RIGHT))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(right)
        self.body.addLayout(row)


def _verb(
    asked: Asked, told: OrderedCase, values: Mapping[str, object]
) -> Callable[..., Done[UUID]]:
    """The order that was asked for, but for its case and reason."""
    match asked.kind:
        case "move":
            return partial(orders.give_move, action=asked.key, asks=values)
        case "edit":
            return partial(orders.give_edit, version=told.detail.version, fields=values)
        case "erase":
            return orders.give_erasure
        case _:
            return partial(orders.give_request, field=str(values.get("field") or ""))


def _order(what: str, state: str, tone: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(what, wrap=True), 1)
    row.addWidget(StateBadge(state, tone))
    return made
