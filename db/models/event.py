"""The log of events and, apart from it, their payloads, which alone can be erased."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class Event(Base):
    """One event; immutable (triggers refuse UPDATE and DELETE)."""

    __tablename__ = "event"
    __table_args__ = (
        Index("uq_event_origin_n", "origin", "n", unique=True),
        Index("ix_event_entity_id_n", "entity_id", "n"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    n: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(Integer)
    entity: Mapped[str] = mapped_column(String(16))
    entity_id: Mapped[UUID] = mapped_column(Id)
    actor: Mapped[UUID | None] = mapped_column(Id)
    seat: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[str] = mapped_column(String(40))
    mono: Mapped[int] = mapped_column(BigInteger)
    trunk: Mapped[int] = mapped_column(BigInteger)
    base: Mapped[int] = mapped_column(BigInteger)
    prev: Mapped[bytes] = mapped_column(LargeBinary(32))
    commitment: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class EventPayload(Base):
    """What an event says; gone after an erasure, while the event stays."""

    __tablename__ = "event_payload"

    event_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    payload: Mapped[Any] = mapped_column(JsonText)
