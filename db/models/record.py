"""Registers: who stands on a roll, and each step he took on it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class Record(Base):
    """One entry of a register; `case_id` is the case that last touched it, `due_on` the day something is due ('' none).

    `tier` repeats the field of that name, which lists are asked by.
    """

    __tablename__ = "record"
    __table_args__ = (
        Index("ix_record_register_state_due", "register", "state", "due_on", "id"),
        Index("ix_record_person_id_register", "person_id", "register"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    version: Mapped[int] = mapped_column()
    register: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(24))
    person_id: Mapped[UUID | None] = mapped_column(Id)
    case_id: Mapped[UUID | None] = mapped_column(Id)
    opened_on: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[str] = mapped_column(String(10))
    tier: Mapped[str] = mapped_column(String(48))
    fields: Mapped[Any] = mapped_column(JsonText)
    changed_at: Mapped[str] = mapped_column(String(40))


class RecordStep(Base):
    """What brought an entry to a version: `does` says what, `month` from when it counts, `fields` what it set."""

    __tablename__ = "record_step"
    __table_args__ = (
        Index("ix_record_step_record_id", "record_id", "version"),
        Index("ix_record_step_register_month", "register", "month", "id"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    record_id: Mapped[UUID] = mapped_column(Id)
    version: Mapped[int] = mapped_column()
    register: Mapped[str] = mapped_column(String(24))
    does: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(24))
    day: Mapped[str] = mapped_column(String(10))
    month: Mapped[str] = mapped_column(String(7))
    why: Mapped[str] = mapped_column(String(400))
    operator_id: Mapped[UUID | None] = mapped_column(Id)
    fields: Mapped[Any] = mapped_column(JsonText)
