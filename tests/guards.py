"""What no test may do: open a database from Python, reach another machine, leave a warning unread."""

import logging
import os

DATABASES = (".db", ".db-wal", ".db-shm")
HERE = ("127.0.0.1", "::1", "localhost", "")


class Forbidden(BaseException):
    """A test went where none may; no `except Exception` can hide it."""


class Guards:
    """An audit hook for the whole run (Python cannot remove one), and what it refused."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        self.database_files_closed = False
        self.opened: list[str] | None = None

    def watch(self, event: str, facts: tuple[object, ...]) -> None:
        """The hook: refuse by raising, and remember it in case the exception is swallowed."""
        if event == "open":
            self.opening(facts[0])
        elif event == "socket.connect":
            self.reaching(facts[1])
        elif event == "socket.getaddrinfo":
            self.reaching(facts)

    def opening(self, path: object) -> None:
        """Closing any handle on a live database drops SQLite's locks and can lose saved rows."""
        if self.opened is not None and isinstance(path, str | bytes | os.PathLike):
            self.opened.append(os.fsdecode(path))
        if self.database_files_closed or not isinstance(path, str | bytes | os.PathLike):
            return
        if os.fsdecode(path).endswith(DATABASES):
            self.refuse(f"a database was opened from Python: {os.fsdecode(path)}")

    def reaching(self, address: object) -> None:
        """Only this machine may be talked to; a path is a local socket."""
        host = address[0] if isinstance(address, tuple) else ""
        if host is not None and str(host) not in HERE:
            self.refuse(f"a connection left this machine: {address}")

    def refuse(self, what: str) -> None:
        self.refused.append(what)
        raise Forbidden(what)


class Warned(logging.Handler):
    """Collects what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
