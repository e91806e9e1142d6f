"""Requests and statuses as JSON: one shape, and every other refused whole."""

import json
from typing import Any

import pytest

from desk.errors import TableRefused
from desk.importing.json_file import MOST_BYTES, read_json
from desk.importing.tables import MOST_ROWS

KEYS = ("号码", "结果")
GOOD: dict[str, Any] = {
    "format": "bianmin-statuses",
    "version": 1,
    "source": " 县民政局 ",
    "statuses": [{"号码": "SL-1", "结果": "已发放"}, {"号码": "SL-2"}],
}


def read(tmp_path, body: object, into: str = "statuses"):
    path = tmp_path / "a.json"
    path.write_bytes(body if isinstance(body, bytes) else json.dumps(body).encode())
    return read_json(path, into, KEYS)


def test_entries_are_rows_under_the_keys(tmp_path):
    told = read(tmp_path, GOOD | {"made_at": "2026-11-23T08:00:00+08:00"})
    assert told.source == "县民政局"
    assert (told.table.headings, told.table.rows) == (KEYS, (("SL-1", "已发放"), ("SL-2", "")))
    assert read(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode()) == read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "json_shape"),
        (b"\xff\xfe", "json_shape"),
        (b"[" * 100_000, "json_shape"),
        (b'{"format": "a", "format": "a"}', "json_shape"),
        (b'{"version": NaN}', "json_shape"),
        ([], "json_shape"),
        (GOOD | {"format": "bianmin-requests"}, "json_shape"),
        (GOOD | {"version": 2}, "json_shape"),
        (GOOD | {"more": 1}, "json_shape"),
        (GOOD | {"source": "  "}, "json_shape"),
        (GOOD | {"source": "县" * 61}, "json_shape"),
        (GOOD | {"source": 7}, "json_shape"),
        (GOOD | {"statuses": []}, "empty"),
        (GOOD | {"statuses": {}}, "empty"),
        (GOOD | {"statuses": [{}] * (MOST_ROWS + 1)}, "rows"),
        (GOOD | {"statuses": ["SL-1"]}, "json_shape"),
        (GOOD | {"statuses": [{"别的": "x"}]}, "json_shape"),
        (GOOD | {"statuses": [{"号码": 1}]}, "json_shape"),
        (GOOD | {"statuses": [{"号码": "x" * 4001}]}, "json_shape"),
        (GOOD | {"statuses": [{"号码": "\ud800"}]}, "json_shape"),
        (b" " * (MOST_BYTES + 1), "too_large"),
        (b"", "empty"),
    ],
)
def test_any_other_shape_is_refused_whole(tmp_path, body, code):
    with pytest.raises(TableRefused) as refused:
        read(tmp_path, body)
    assert refused.value.code == code


def test_a_list_goes_where_lists_are_known(tmp_path):
    with pytest.raises(TableRefused):
        read(tmp_path, GOOD, into="people")
