"""The columns of the three lists of the first page."""

from desk.services.views import CaseRow, DueRow, ProactiveRow
from ui.widgets.due_date import alert_tone, due_cell
from ui.widgets.table_model import Cell, Column

DUE: tuple[Column[DueRow], ...] = (
    Column("期限", 86, lambda row: Cell(row.alert.text, tone=alert_tone(row.alert))),
    Column("事项", 100, lambda row: Cell(row.item, second=row.who, hint=row.item), stretch=True),
)
PROACTIVE: tuple[Column[ProactiveRow], ...] = (
    Column("谁", 100, lambda row: Cell(row.name, second=row.text), stretch=True),
    Column("金额", 96, lambda row: Cell(row.amount, quiet=True)),
)
CASES: tuple[Column[CaseRow], ...] = (
    Column("时间", 56, lambda row: Cell(row.opened_at[11:16]), spare=1),
    Column("编号", 108, lambda row: Cell(row.short_no), spare=2),
    Column("申请人", 116, lambda row: Cell(row.applicant)),
    Column("事项", 100, lambda row: Cell(row.item_name, hint=row.item_name), stretch=True),
    Column("状态", 86, lambda row: Cell(row.state_label, tone=row.tone)),
    Column("期限", 84, lambda row: due_cell(row.due, row.due_on, provisional=row.provisional)),
)
