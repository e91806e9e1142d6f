"""The search box: every word counts, nothing typed breaks it, nothing is found by chance."""

import pytest

from desk.clock import FixedClock
from desk.services import case_views, items, search
from desk.services.office import Office
from desk.services.views import CaseFilter, SearchHits
from tests.builders import id_number, person, take_in

NOTHING = SearchHits((), (), ())


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\u202e", "\ud800", "·"])
def test_blank_text_finds_nothing(shared_office: Office, typed: str) -> None:
    """Also what only looks blank."""
    take_in(shared_office)
    assert search.search(shared_office, text=typed) == NOTHING


def test_all_words_must_fit(office: Office) -> None:
    """Name and house, name and item, tail and name."""
    wanted = take_in(office, who=person("刘桂兰"))
    take_in(office, who=person("刘桂英", id_no=id_number(order=44), house="8号楼1单元102"))
    for typed in ("刘桂 3-2-501", "guilan 高龄", "0420 刘", "glbt liuguilan"):
        found = [row.id for row in search.search(office, text=typed).cases]
        assert found == [wanted.case_id], typed
    assert len(search.search(office, text="刘桂").people) == 2
    assert search.search(office, text="刘桂兰 8-1-102").cases == ()


def test_no_more_than_asked_for(office: Office, clock: FixedClock) -> None:
    """The newest first."""
    done = []
    for _ in range(4):
        clock.advance(minutes=5)
        done.append(take_in(office).case_id)
    found = [row.id for row in search.search(office, text="刘桂兰", limit=3).cases]
    assert found == done[:0:-1]


def test_items_are_found_by_name_code_and_pinyin(shared_office: Office) -> None:
    """The usual ones first; blank text shows all."""
    assert [row.code for row in items.items(shared_office, text="mz-gl-01")] == ["MZ-GL-01"]
    for typed in ("高龄津贴", "glbt", "gaoling"):
        assert "MZ-GL-01" in [row.code for row in items.items(shared_office, text=typed)], typed
    everything = items.items(shared_office)
    assert len(everything) == 63
    assert [row.code for row in everything[:9]] == list(shared_office.catalog.usual)
    assert [row.place for row in everything[:10]] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
    assert items.items(shared_office, text="没有这一项") == ()


@pytest.mark.parametrize("typed", ["%", "_", "*", "' OR 1=1 --", "100%", "刘%"])
def test_signs_of_the_query_language_are_plain_text(shared_office: Office, typed: str) -> None:
    """Neither wildcard nor statement."""
    take_in(shared_office)
    assert search.search(shared_office, text=typed).people == ()
    wanted = CaseFilter(group="all", text=typed)
    assert case_views.page(shared_office, wanted=wanted).rows == ()
