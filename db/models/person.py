"""Residents as this desk knows them, and the tokens they are found by."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class Person(Base):
    """A living record of a person; cases keep their own snapshots.

    `more` holds what the columns do not: ethnic group, political status, grid.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_id_no", "id_no"), Index("ix_person_birth", "birth"))

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    id_type: Mapped[str] = mapped_column(String(40))
    id_no: Mapped[str] = mapped_column(String(40))
    sex: Mapped[str] = mapped_column(String(8))
    birth: Mapped[str] = mapped_column(String(10))
    phone: Mapped[str] = mapped_column(String(40))
    hukou_addr: Mapped[str] = mapped_column(String(200))
    live_addr: Mapped[str] = mapped_column(String(200))
    house: Mapped[str] = mapped_column(String(80))
    more: Mapped[Any] = mapped_column(JsonText)


class SearchToken(Base):
    """A prefix by which a person is found; derived, local, rebuilt at will."""

    __tablename__ = "search_token"
    __table_args__ = (Index("ix_search_token_person_id_token", "person_id", "token"),)

    token: Mapped[str] = mapped_column(String(80), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
