"""What the history of a case says of its pictures: those taken in one after the other are one line."""

from typing import Any

from desk.services.picture_history import ADDED, REMOVED, joined, line


def added(name: str, who: str = "王敏", payload: bool = True) -> dict[Any, Any]:
    return {"kind": ADDED, "name": who, "payload": {"name": name} if payload else None}


def told(*rows: dict[Any, Any]) -> list[str]:
    """The lines of these events; other events by their kind, pictures nobody can name any more as such."""
    return [
        line(row["kind"], "2026-11-23 09:00", row["name"], row["payload"]).text
        if row["payload"] and row["kind"] in (ADDED, REMOVED)
        else row["kind"]
        for row in joined(rows)
    ]


def test_pictures_of_one_person_are_one_line_with_each_name_once() -> None:
    # Rows come newest first, the line names them as they were taken in.
    assert told(added("户口本.jpg"), added("照片.jpg"), added("户口本.jpg")) == [
        "收影像 3 份：户口本.jpg、照片.jpg"
    ]


def test_another_person_or_another_event_begins_a_line_of_its_own() -> None:
    accepted = {"kind": "case.accepted", "name": "王敏", "payload": {}}
    rows = (added("甲.jpg"), added("乙.jpg", "李静"), accepted, added("丙.jpg"))
    assert told(*rows) == [
        "收影像 1 份：甲.jpg",
        "收影像 1 份：乙.jpg",
        "case.accepted",
        "收影像 1 份：丙.jpg",
    ]


def test_what_was_taken_off_says_why() -> None:
    gone: dict[Any, Any] = {
        "kind": REMOVED,
        "name": "王敏",
        "payload": {"name": "甲.jpg", "why": "拍错了人"},
    }
    row = line(REMOVED, "2026-11-23 09:00", "王敏", gone["payload"])
    assert (row.text, row.reason) == ("删去影像：甲.jpg", "拍错了人")
    assert told(added("乙.jpg"), gone, added("甲.jpg")) == [
        "收影像 1 份：乙.jpg",
        "删去影像：甲.jpg",
        "收影像 1 份：甲.jpg",
    ]


def test_pictures_whose_names_were_erased_stand_by_themselves() -> None:
    assert told(added("甲.jpg"), added("", payload=False), added("", payload=False)) == [
        "收影像 1 份：甲.jpg",
        ADDED,
        ADDED,
    ]
