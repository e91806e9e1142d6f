"""The columns of the list of cases."""

from desk.services.views import CaseRow
from ui.widgets.due_date import due_cell
from ui.widgets.table_model import Cell, Column

COLUMNS: tuple[Column[CaseRow], ...] = (
    Column("编号", 112, lambda row: Cell(row.short_no)),
    Column("申请人", 116, lambda row: Cell(row.applicant)),
    Column("证件号", 156, lambda row: Cell(row.id_masked), spare=2),
    Column("事项", 110, lambda row: Cell(row.item_name, hint=row.item_name), stretch=True),
    Column("状态", 90, lambda row: Cell(row.state_label, tone=row.tone)),
    Column("收件", 62, lambda row: Cell(row.opened_on[5:], hint=row.opened_on)),
    Column("期限", 86, lambda row: due_cell(row.due, row.due_on, provisional=row.provisional)),
    Column("上报", 76, lambda row: Cell(row.sync, tone=row.sync_tone), spare=3),
    Column("经办", 68, lambda row: Cell(row.operator), spare=1),
)
