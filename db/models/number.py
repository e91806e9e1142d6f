"""Numbers that were given out; never re-used, never changed."""

from uuid import UUID

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id


class IssuedNumber(Base):
    """One number of a series; immutable (triggers refuse UPDATE and DELETE)."""

    __tablename__ = "issued_number"
    __table_args__ = (
        Index(
            "uq_issued_number_serial",
            "origin",
            "series",
            "window",
            "day",
            "epoch",
            "serial",
            unique=True,
        ),
        Index("ix_issued_number_case_id", "case_id"),
        Index("ix_issued_number_short_no", "short_no"),
    )

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id, primary_key=True)
    series: Mapped[str] = mapped_column(String(2))
    window: Mapped[int] = mapped_column(Integer)
    day: Mapped[str] = mapped_column(String(10))
    epoch: Mapped[int] = mapped_column(Integer)
    serial: Mapped[int] = mapped_column(Integer)
    short_no: Mapped[str] = mapped_column(String(9))
    case_id: Mapped[UUID] = mapped_column(Id)
