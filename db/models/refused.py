"""What the county gave back: events of this desk it keeps without rows that follow."""

from uuid import UUID

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id


class RefusedEvent(Base):
    """An event of this desk the county refused, with its reason; `case_id` is the case it is about, if any.

    `chain` and `reached` are this desk's database and its last event when it was told: what came after may answer it.
    """

    __tablename__ = "refused_event"
    __table_args__ = (Index("ix_refused_event_case_id", "case_id"),)

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)
    case_id: Mapped[UUID | None] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(500))
    told_at: Mapped[str] = mapped_column(String(40))
    chain: Mapped[UUID] = mapped_column(Id)
    reached: Mapped[int] = mapped_column(BigInteger)
