"""What was done that is no change of a case: sign-ins, looks behind a mask, exports, prints, keys."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class AuditEntry(Base):
    """One deed an auditor reads of; ids only, no personal values. `mono` orders them whatever the clock said."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_mono_id", "mono", "id"),
        Index("ix_audit_entry_what_mono_id", "what", "mono", "id"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    n: Mapped[int] = mapped_column(BigInteger)
    what: Mapped[str] = mapped_column(String(24))
    object_id: Mapped[UUID | None] = mapped_column(Id)
    purpose: Mapped[str] = mapped_column(String(24))
    actor: Mapped[UUID | None] = mapped_column(Id)
    at: Mapped[str] = mapped_column(String(40))
    mono: Mapped[int] = mapped_column(BigInteger)
    facts: Mapped[Any] = mapped_column(JsonText)
