"""The community halls whose events are in this file, and their consultations without a case."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class Site(Base):
    """One desk database of a community; `profile` is what its papers say of the hall.

    `continued_by` is the later database that carries its cases on, once that has everything the county had of this one.
    """

    __tablename__ = "site"

    origin: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    county: Mapped[str] = mapped_column(String(6))
    community: Mapped[str] = mapped_column(String(12), index=True)
    name: Mapped[str] = mapped_column(String(80))
    window: Mapped[int] = mapped_column(Integer)
    profile: Mapped[Any] = mapped_column(JsonText)
    continued_by: Mapped[UUID | None] = mapped_column(Id)


class Consultation(Base):
    """Somebody asked and was answered; counted, no case."""

    __tablename__ = "consultation"
    __table_args__ = (Index("ix_consultation_day", "day"),)

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    day: Mapped[str] = mapped_column(String(10))
    item_code: Mapped[str] = mapped_column(String(16))
    operator_id: Mapped[UUID | None] = mapped_column(Id)
