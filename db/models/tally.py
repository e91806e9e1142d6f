"""Cases counted where many desks come together, so that no report walks all of them."""

from uuid import UUID

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id


class CaseCount(Base):
    """How many cases of one desk, item and month of opening stand in a phase; counted anew whenever the desk's package is applied."""

    __tablename__ = "case_count"

    origin: Mapped[UUID] = mapped_column(Id, primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    item_code: Mapped[str] = mapped_column(String(16), primary_key=True)
    line: Mapped[str] = mapped_column(String(24), primary_key=True)
    phase: Mapped[str] = mapped_column(String(12), primary_key=True)
    cases: Mapped[int] = mapped_column(Integer)
