"""One value in every manner a department asks for."""

import pytest

from desk.domain.fields import Choice, FieldDef
from desk.domain.ledger_cells import cell
from desk.domain.ledgers import LedgerColumn, kind_of

ETHNIC = FieldDef("ethnic", "民族", "choice", choices=(Choice("01", "汉族"), Choice("03", "回族")))
DAY = FieldDef("day", "日期", "date")
MONTH = FieldDef("month", "月份", "month")
ACCOUNT = FieldDef("bank_account", "账号", "account", sensitive="bank")
NUMBER = FieldDef("id_no", "证件号码", "idnumber")
MONEY = FieldDef("amount", "金额", "money")
ILLNESS = FieldDef("illness", "病种", "text", sensitive="illness")


@pytest.mark.parametrize(
    ("field", "value", "parts", "told"),
    [
        (ETHNIC, "03", {}, "回族"),
        (ETHNIC, "03", {"style": "code"}, "03"),
        (ETHNIC, "回族", {"style": "code"}, "03"),
        (ETHNIC, ["01", "03"], {"style": "code"}, "01、03"),
        (ETHNIC, "97", {"style": "code"}, "97"),
        (DAY, "2026-11-02", {}, "2026-11-02"),
        (DAY, "2026-11-02", {"style": "words"}, "2026年11月2日"),
        (DAY, "2026-11-02", {"style": "dots"}, "2026.11.02"),
        (DAY, "2026-11-02", {"style": "slashes"}, "2026/11/02"),
        (DAY, "2026-11-02", {"style": "digits"}, "20261102"),
        (MONTH, "2026-03", {"style": "words"}, "2026年3月"),
        (MONTH, "2026-03", {"style": "digits"}, "202603"),
        (DAY, "从前", {"style": "digits"}, "从前"),
        (ACCOUNT, "6217000000001234567", {}, "****4567"),
        (ACCOUNT, "6217000000001234567", {"show": "full"}, "6217000000001234567"),
        (NUMBER, "610422195603120420", {}, "610422195603120420"),
        (NUMBER, "610422195603120420", {"show": "masked"}, "6104**********0420"),
        (MONEY, "50.00", {}, "50.00"),
        (ILLNESS, "糖尿病", {"show": "masked"}, "****"),
        (ILLNESS, "", {"show": "masked"}, ""),
        (NUMBER, None, {}, ""),
        (ETHNIC, [], {}, ""),
    ],
)
def test_a_value_in_a_column(
    field: FieldDef, value: object, parts: dict[str, str], told: str
) -> None:
    assert cell(field, value, LedgerColumn("列", "x", **parts)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "parts", "kind"),
    [
        (None, {}, "text"),
        (NUMBER, {}, "id"),
        (MONEY, {}, "number"),
        (DAY, {}, "date"),
        (DAY, {"style": "dots"}, "text"),
        (ETHNIC, {"style": "code"}, "text"),
        (NUMBER, {"show": "masked"}, "id"),
    ],
)
def test_how_a_table_takes_a_column(
    field: FieldDef | None, parts: dict[str, str], kind: str
) -> None:
    assert kind_of(field, LedgerColumn("列", "x", **parts)) == kind  # type: ignore[arg-type]
