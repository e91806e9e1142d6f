"""Packages out and in, keys known, desks known; local to each side."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class PackageOut(Base):
    """A package this side made: the bytes stay in the packages folder until they are acknowledged."""

    __tablename__ = "package_out"
    __table_args__ = (
        Index("uq_package_out_seq", "addressee", "epoch", "seq", unique=True),
        Index("ix_package_out_newest", "epoch", "seq"),
        # Covers how far this desk's events have got, which every list of cases asks.
        Index("ix_package_out_reach", "state", "kind", "epoch", "last_n"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    addressee: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    epoch: Mapped[int] = mapped_column(Integer)
    seq: Mapped[int] = mapped_column(Integer)
    first_n: Mapped[int] = mapped_column(BigInteger)
    last_n: Mapped[int] = mapped_column(BigInteger)
    cases: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    file_name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[str] = mapped_column(String(40))
    written_at: Mapped[str] = mapped_column(String(40))
    acked_at: Mapped[str] = mapped_column(String(40))
    result: Mapped[Any] = mapped_column(JsonText)


class PackageIn(Base):
    """A package that was received, with its outcome; `refused` counts its events that were not taken."""

    __tablename__ = "package_in"
    __table_args__ = (
        Index("ix_package_in_sender_seq", "sender", "epoch", "seq"),
        Index("ix_package_in_refused", "refused", "sender"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    sender: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    epoch: Mapped[int] = mapped_column(Integer)
    seq: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    outcome: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[str] = mapped_column(String(40))
    refused: Mapped[int] = mapped_column(Integer, default=0)
    result: Mapped[Any] = mapped_column(JsonText)


class CountyKey(Base):
    """The county's public key file as this desk took it."""

    __tablename__ = "county_key"

    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    taken_at: Mapped[str] = mapped_column(String(40))


class Enrolment(Base):
    """A key of a desk the county has accepted, with its enrolment file; a desk that renews its keys has several rows.

    `key` is the fingerprint. `valid_to` is the last day it signs for, '' while it is in use; `revoked_at` the day from
    which it counts for nothing; `closed_for` the desk database that carries this one's cases on. `term` is the last day the
    county took the key for, '' without an end.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_origin_epoch", "origin", "epoch"),
        Index("ix_enrolment_site_window", "site", "window"),
    )

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    epoch: Mapped[int] = mapped_column(Integer)
    site: Mapped[str] = mapped_column(String(12))
    window: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(80))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    accepted_at: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[str] = mapped_column(String(10))
    valid_to: Mapped[str] = mapped_column(String(10))
    revoked_at: Mapped[str] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(String(200))
    term: Mapped[str] = mapped_column(String(10))
    closed_for: Mapped[UUID | None] = mapped_column(Id)


class DeskKey(Base):
    """A public key that papers are checked with: this desk's own, all its epochs, and those of the county's key list.

    `county` and `list_no` say from which list it came; '' and 0 for the desk's own. `key_id` is what a paper's code names.
    """

    __tablename__ = "desk_key"
    __table_args__ = (Index("ix_desk_key_key_id", "key_id"),)

    public: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(4))
    site: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(80))
    window: Mapped[int] = mapped_column(Integer)
    revoked_at: Mapped[str] = mapped_column(String(40))
    county: Mapped[str] = mapped_column(String(64))
    list_no: Mapped[int] = mapped_column(Integer)


class Sender(Base):
    """How far a sender's packages are applied: last sequence, its hash, the chain's head and the control totals."""

    __tablename__ = "sender"

    origin: Mapped[UUID] = mapped_column(Id, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    last_seq: Mapped[int] = mapped_column(Integer)
    last_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    last_n: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[bytes] = mapped_column(LargeBinary(32))
    last_at: Mapped[str] = mapped_column(String(40))
    totals: Mapped[Any] = mapped_column(JsonText)


class CatalogRelease(Base):
    """A signed snapshot of the county's catalogue: published here, or taken from the county; bytes as they were signed.

    `taken_at` is '' while it was only seen; a version never goes back.
    """

    __tablename__ = "catalog_release"

    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    effective_from: Mapped[str] = mapped_column(String(10))
    valid_through: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[str] = mapped_column(String(40))
    taken_at: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class KeyRoot(Base):
    """A version of the county's root list: who signs for what; each is signed by the one before it."""

    __tablename__ = "key_root"

    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    taken_at: Mapped[str] = mapped_column(String(40))
