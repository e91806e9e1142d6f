"""The log: bounded, and without a resident's data even where a text slipped in."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILES, BYTES_EACH = 5, 2 * 1024 * 1024
_SECRETS = (
    (re.compile(r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx](?![0-9])"), "[证件号]"),
    (re.compile(r"(?<![0-9])[0-9]{16,19}(?![0-9])"), "[账号]"),
    (re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])"), "[电话]"),
)


class Redacted(logging.Formatter):
    """Writes ids and codes; anything that looks like a person's number is blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def redacted(text: str) -> str:
    """The text with ID numbers, account numbers and telephones blotted out."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def start_log(folder: Path) -> logging.Handler:
    """Log into `folder` from now on: five files of two megabytes at most; gives the handler back."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "bianmin.log", maxBytes=BYTES_EACH, backupCount=FILES - 1, encoding="utf-8"
    )
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler
