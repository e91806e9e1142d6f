"""Ledgers of this file: mappings a clerk made, and how far each ledger was written."""

from typing import Any
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class LedgerMap(Base):
    """A mapping a clerk made by pointing at a table; the shipped ones come with the catalogue."""

    __tablename__ = "ledger_map"

    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[Any] = mapped_column(JsonText)
    made_at: Mapped[str] = mapped_column(String(40))


class LedgerRun(Base):
    """A ledger was written: of what span, by whom, and up to where, so that the next holds only what is newer.

    `until` leads from each origin (hex) to its last event that was seen: a clock may go back, numbers never do.
    """

    __tablename__ = "ledger_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[str] = mapped_column(String(48), index=True)
    span: Mapped[str] = mapped_column(String(24))
    until: Mapped[Any] = mapped_column(JsonText)
    rows: Mapped[int] = mapped_column()
    written_at: Mapped[str] = mapped_column(String(40))
    operator_id: Mapped[UUID | None] = mapped_column(Id)
