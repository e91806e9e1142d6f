"""Blank forms are found as items are, and drawn on the medium they are made for."""

import pytest

from desk.services import blank_forms
from desk.services.office import Office
from desk.services.paper_shapes import FORM
from tests.printing.reading import images_of, text_of

MILLIMETRES = {"A4": (210, 297), "A5": (148, 210), "80mm": (80, 0)}
DPI = 25.4


def titles(office: Office, text: str) -> list[str]:
    return [form.title for form in blank_forms.find(office, text=text)]


def test_all_are_listed_the_usual_first_the_desks_own_last(shared_office: Office):
    forms = blank_forms.find(shared_office)
    usual = shared_office.catalog.usual
    assert [form.item for form in forms[: len(usual)]] == list(usual)
    assert {form.group for form in forms[: len(usual)]} == {blank_forms.USUAL}
    assert forms[-1].group == blank_forms.OF_THE_DESK
    assert {form.item for form in forms} == {"", *shared_office.catalog.items}
    # Each group stands together, under one heading.
    groups = [form.group for form in forms]
    changes = [
        group for group, before in zip(groups, ["", *groups], strict=False) if group != before
    ]
    assert len(changes) == len(set(changes))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("glbt", "陕西省高龄老人生活保健补贴申请（审批）表"),
        ("MZ-GL-01", "陕西省高龄老人生活保健补贴申请（审批）表"),
        ("送达", "送达回证"),
        ("sdhz", "送达回证"),
        ("wts", "代办委托书"),
        ("低保 边缘", "低收入家庭认定申请表"),
    ],
)
def test_a_form_is_found(shared_office: Office, text: str, found: str):
    hits = titles(shared_office, text)
    assert found in hits
    assert len(hits) < len(blank_forms.find(shared_office))


def test_nothing_fits_nonsense(shared_office: Office):
    assert titles(shared_office, "qqqq") == []


def test_each_form_is_drawn_on_its_own_medium(shared_office: Office):
    for form in blank_forms.find(shared_office):
        if form.item and form.item not in shared_office.catalog.usual:
            continue
        paper = blank_forms.draw(shared_office, kind=form.kind, item=form.item)
        width, height = MILLIMETRES[paper.profile.medium]
        sheet = images_of(paper.pdf, DPI)[0]
        # A small sheet may lie across.
        assert {width, height} == {round(sheet.width), round(sheet.height)}
        assert "".join(form.title.split()) in "".join(text_of(paper.pdf).split())


def test_an_unknown_form_is_not_drawn(shared_office: Office):
    with pytest.raises(KeyError):
        blank_forms.draw(shared_office, kind=FORM, item="XX-00-00")
    with pytest.raises(KeyError):
        blank_forms.draw(shared_office, kind="nothing")
