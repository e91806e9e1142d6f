"""What the county asks of a desk's case, what the desk made of it, and where two people wrote the same field."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class OrderGiven(Base):
    """An order of the county to one desk database; `base` is the version of the case the county saw.

    `kind` is move, edit, request or decide; `body` says what is wanted.
    """

    __tablename__ = "order_given"
    __table_args__ = (
        Index("ix_order_given_addressee_id", "addressee", "id"),
        Index("ix_order_given_case_id", "case_id"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    n: Mapped[int] = mapped_column(BigInteger)
    addressee: Mapped[UUID] = mapped_column(Id)
    case_id: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    base: Mapped[int] = mapped_column(Integer)
    body: Mapped[Any] = mapped_column(JsonText)
    given_at: Mapped[str] = mapped_column(String(40))
    given_by: Mapped[str] = mapped_column(String(80))


class OrderTaken(Base):
    """What a desk made of an order of the county, told by the desk's own log.

    `outcome` is taken, merged, conflict, late or impossible; of a request asked, and then done or declined. `facts` are
    what is said of it.
    """

    __tablename__ = "order_taken"
    __table_args__ = (
        Index("ix_order_taken_case_id", "case_id"),
        Index("ix_order_taken_outcome_id", "outcome", "id"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    case_id: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str] = mapped_column(String(12))
    body: Mapped[Any] = mapped_column(JsonText)
    facts: Mapped[Any] = mapped_column(JsonText)
    given_at: Mapped[str] = mapped_column(String(40))
    given_by: Mapped[str] = mapped_column(String(80))
    taken_at: Mapped[str] = mapped_column(String(40))


class Conflict(Base):
    """One field that desk (`ours`) and county (`theirs`) changed without knowing of each other, `before` as it was.

    `choice` is '' until it is decided: desk, county, or newer when the field was written anew.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        Index("ix_conflict_choice_id", "choice", "id"),
        Index("ix_conflict_case_id", "case_id"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    order_id: Mapped[UUID] = mapped_column(Id)
    case_id: Mapped[UUID] = mapped_column(Id)
    field: Mapped[str] = mapped_column(String(48))
    before: Mapped[Any] = mapped_column(JsonText, nullable=True)
    ours: Mapped[Any] = mapped_column(JsonText, nullable=True)
    theirs: Mapped[Any] = mapped_column(JsonText, nullable=True)
    ours_at: Mapped[str] = mapped_column(String(40))
    ours_by: Mapped[str] = mapped_column(String(80))
    theirs_at: Mapped[str] = mapped_column(String(40))
    theirs_by: Mapped[str] = mapped_column(String(80))
    found_at: Mapped[str] = mapped_column(String(40))
    choice: Mapped[str] = mapped_column(String(8))
    decided_at: Mapped[str] = mapped_column(String(40))
    decided_by: Mapped[str] = mapped_column(String(80))
