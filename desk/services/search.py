"""Finding people, cases and items by whatever the clerk types, without ever scanning a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, IssuedNumber, Person, SearchToken
from desk.domain.query import Word, parse_query
from desk.services import case_rows, items, people, shielding
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import SearchHits

MANY = 800
"""From this many people on, walking the newest cases finds a page sooner than gathering all people first."""

AFTER_ALL_TEXT = "\U0010ffff"


def search(office: Office, *, text: str, limit: int = 8) -> SearchHits:
    """People, cases and items that fit every word of `text`; nothing for blank text."""
    words = parse_query(text).words
    if not words:
        return SearchHits((), (), ())
    with reading(office) as connection:
        fitting = case_rows.newest(conditions(office, connection, text), None, limit)
        cases = connection.execute(fitting).mappings()
        rows = tuple(case_rows.case_row(office, row) for row in cases)
        found = people_like(connection, words, limit)
    return SearchHits(
        people=tuple(people.person_row(row) for row in found),
        cases=rows,
        items=items.items(office, text=text)[:limit],
    )


def people_like(
    connection: Connection, words: Sequence[Word], limit: int
) -> list[Mapping[Any, Any]]:
    """The people who carry a token for every word."""
    query = select(Person).where(*(_has_token(Person.id, word) for word in words))
    if _how_many(connection, words[0]) < MANY:
        query = query.where(Person.id.in_(_people_of(words[0])))
    return [
        dict(row)
        for row in connection.execute(query.order_by(Person.id.desc()).limit(limit)).mappings()
    ]


def conditions(office: Office, connection: Connection, text: str) -> tuple[Any, ...]:
    """For every word a condition on cases: its number, its applicant or its item; none for blank text."""
    return tuple(_fits(office, connection, word) for word in parse_query(text).words)


def of_people(person: Any, text: str) -> tuple[Any, ...]:
    """For every word a condition on rows that name a person by this column; none for blank text."""
    return tuple(_has_token(person, word) for word in parse_query(text).words)


def _fits(office: Office, connection: Connection, word: Word) -> Any:
    if word.kind in ("number", "short"):
        column = IssuedNumber.number if word.kind == "number" else IssuedNumber.short_no
        numbers = select(IssuedNumber.case_id).where(column == word.text)
        if word.series:
            numbers = numbers.where(IssuedNumber.series == word.series)
        ours = CaseFile.id.in_(numbers)
        return or_(ours, _has_old_number(word)) if word.kind == "short" else ours
    by_person = (
        CaseFile.person_id.in_(_people_of(word))
        if _how_many(connection, word) < MANY
        else _has_token(CaseFile.person_id, word)
    )
    fits = [and_(by_person, shielding.open_to(office))]
    if codes := _item_codes(office, word):
        fits.append(CaseFile.item_code.in_(codes))
    if any(sign.isdigit() for sign in word.text):
        fits.append(_has_old_number(word))
    return or_(*fits)


def _has_old_number(word: Word) -> Any:
    """The condition that an old ledger gave the case this number; asked by id, so that the walk stays in its index."""
    written = {word.text, word.text.upper()}
    numbers = (CaseFile.old_number.in_(written), CaseFile.old_number > "")
    return CaseFile.id.in_(select(CaseFile.id).where(*numbers))


def _item_codes(office: Office, word: Word) -> list[str]:
    # One letter fits nearly every item: it means a name.
    if len(word.text) < 2 and word.text.isascii():
        return []
    found = items.items(office, text=word.text)
    return [code for one in found for code in (one.code, *items.former_codes(office, one.code))]


def _range(word: Word) -> Any:
    return and_(SearchToken.token >= word.text, SearchToken.token < word.text + AFTER_ALL_TEXT)


def _people_of(word: Word) -> Select[Any]:
    return select(SearchToken.person_id).where(_range(word))


def _has_token(person: Any, word: Word) -> Any:
    return exists().where(SearchToken.person_id == person, _range(word))


def _how_many(connection: Connection, word: Word) -> int:
    some = _people_of(word).limit(MANY).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())
