"""What a workbook's zip directory must look like before anybody unpacks a byte of it."""

import io
import struct
import zipfile
from collections.abc import Sequence

from desk.errors import TableRefused

MOST_ENTRIES = 200
MOST_UNPACKED = 50 << 20
MOST_RATIO = 200
# The longest names and extra fields a workbook needs; a directory larger than that is not a workbook's.
MOST_DIRECTORY = MOST_ENTRIES * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1
_MACROS = ("vbaproject.bin", "macrosheets/", "activex/", "embeddings/")
_OUTSIDE = ("externallinks/",)
_NEEDED = ("[content_types].xml", "xl/workbook.xml")


def check(data: bytes) -> None:
    """Let a workbook pass that is small enough, unpacks to little enough, and brings neither macros nor links outside.

    Only the directory at the end of the file is read.

    Raises:
        TableRefused: with the reason's code.
    """
    _check_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception as error:
        # The directory is a stranger's: struct.error, UnicodeDecodeError, NotImplementedError and more come out of it.
        raise TableRefused("not_a_table") from error
    _check_entries(entries)


def _check_end(data: bytes) -> None:
    """Count from the end record alone, so that a directory of a million entries is not even listed."""
    start = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if start < 0 or start + _END_SIZE > len(data):
        raise TableRefused("not_a_table")
    entries, size = struct.unpack_from("<HI", data, start + 10)
    if entries > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise TableRefused("bomb")


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names) or not set(_NEEDED) <= set(names):
        raise TableRefused("not_a_table")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise TableRefused("locked")
    if any(entry.compress_type not in (0, 8) for entry in entries):
        raise TableRefused("not_a_table")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED or any(map(_swells, entries)):
        raise TableRefused("bomb")
    if any(part in name for name in names for part in _MACROS):
        raise TableRefused("macros")
    if any(part in name for name in names for part in _OUTSIDE):
        raise TableRefused("links")


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
