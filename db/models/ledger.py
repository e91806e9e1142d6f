"""Ledgers of this file: mappings a clerk made, and how far each ledger was written."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, JsonText


class LedgerMap(Base):
    """A mapping a clerk made by pointing at a table; the shipped ones come with the catalogue."""

    __tablename__ = "ledger_map"

    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[Any] = mapped_column(JsonText)
    made_at: Mapped[str] = mapped_column(String(40))


class LedgerRun(Base):
    """A ledger was written: of what span, and up to which moment, so that the next holds only what is newer."""

    __tablename__ = "ledger_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[str] = mapped_column(String(48), index=True)
    span: Mapped[str] = mapped_column(String(24))
    until: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int] = mapped_column()
    written_at: Mapped[str] = mapped_column(String(40))
