"""CSV as Excel and WPS write it: its encoding told from its bytes, its separator from its first line."""

import csv
import io

from desk.errors import TableRefused

MOST_ROWS = 5_100
MOST_COLUMNS = 200
_SEPARATORS = (",", "\t", ";")


def decoded(data: bytes) -> str:
    """The text: UTF-8 with or without its mark, else GB 18030.

    Chinese in GB 18030 is, but for a few words of two or three signs, never well-formed UTF-8; so the stricter is tried
    first.

    Raises:
        TableRefused: neither.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableRefused("encoding")


def rows(data: bytes) -> list[list[str]]:
    """All rows of the file; blank ones count, so that places are those of the file as a sheet shows it.

    Raises:
        TableRefused: not text, a quote that never closes, too many rows or columns.
    """
    text = decoded(data)
    first = text[:4096].partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            found.append([cell.strip() for cell in row])
            _check(found)
    except csv.Error as error:
        raise TableRefused("not_a_table") from error
    return found


def _check(found: list[list[str]]) -> None:
    if len(found[-1]) > MOST_COLUMNS:
        raise TableRefused("columns")
    if len(found) > MOST_ROWS:
        raise TableRefused("rows")
