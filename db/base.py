"""The declarative base, names of constraints and the column types both engines share."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData, String, Text, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

# What goes round in a circle is noticed by its depth; looking for it in each object takes a quarter of the time.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)

SEAL = "bianmin_seal"
"""The attribute of a server's dialect that holds the office's `db.sealing.Seal`; a file has none, it is encrypted as a whole."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of an office or a county.

    Typed declarative models, as the project's user fixed them: the mapper's 6 MB of memory are their price.
    """

    metadata = MetaData(naming_convention=NAMES)


@compiles(String, "postgresql")
def _of_any_length(_type: String, _compiler: Any, **_options: Any) -> str:
    """Lengths are told to the reader; a server that enforced them would refuse what a file keeps."""
    return "VARCHAR"


class Id(TypeDecorator[UUID]):
    """A UUID: 16 bytes on SQLite, `uuid` on PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(LargeBinary(16))
        return dialect.type_descriptor(Uuid(native_uuid=True))

    # Half of all values are ids: they go to the file without the wrappings of the general way.
    def bind_processor(self, dialect: Dialect) -> Any:
        return _bytes_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name == "sqlite":
            return _uuid_of
        return super().result_processor(dialect, coltype)


class CanonicalText(str):
    """What `JsonText` would write, written already."""

    __slots__ = ()


def _bytes_of(value: UUID | None) -> bytes | None:
    # What `bytes` gives, without the property.
    return None if value is None else value.int.to_bytes(16, "big")


def _uuid_of(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


class JsonText(TypeDecorator[Any]):
    """JSON with its keys in canonical order: text in a file, sealed bytes on a server.

    Takes a value or its `CanonicalText`. No query looks inside: what is asked for has a column of its own.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else LargeBinary())

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | bytes | None:
        if value is None:
            return None
        text = str(value) if isinstance(value, CanonicalText) else _ENCODER.encode(value)
        if dialect.name == "sqlite":
            return text
        sealed: bytes = getattr(dialect, SEAL).seal(text.encode("utf-8", "surrogatepass"))
        return sealed

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(_text_of(value, dialect))


class JsonAsKept(JsonText):
    """The same column read as the text it keeps, for whoever passes that on."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else _text_of(value, dialect)


def _text_of(value: Any, dialect: Dialect) -> str:
    if dialect.name == "sqlite":
        return str(value)
    text: str = getattr(dialect, SEAL).open(bytes(value)).decode("utf-8", "surrogatepass")
    return text


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that are a secret: as they are in a file, sealed on a server."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None or dialect.name == "sqlite":
            return value
        sealed: bytes = getattr(dialect, SEAL).seal(value)
        return sealed

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None or dialect.name == "sqlite":
            return value
        opened: bytes = getattr(dialect, SEAL).open(bytes(value))
        return opened
