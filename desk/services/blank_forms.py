"""Blank forms to be written on by hand: found by a few letters, drawn with how this seat prints them."""

from collections.abc import Iterator
from dataclasses import dataclass

from desk.domain.query import parse_query
from desk.printing.media import Medium
from desk.services import desk_papers, items, printers
from desk.services.desk_papers import PaperOffer
from desk.services.office import Office
from desk.services.paper_shapes import FORM
from desk.services.printers import PrinterProfile

USUAL = "常用事项"
OF_THE_DESK = "窗口用表"
FORM_MEDIUM: Medium = "A4"
FEW_LETTERS = 3


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form in the list; `item` is the code of the matter whose application form it is, `group` its heading."""

    kind: str
    title: str
    item: str
    group: str


@dataclass(frozen=True, slots=True)
class BlankPaper:
    """A form as PDF, and how it goes to the printer."""

    pdf: bytes
    profile: PrinterProfile


def find(office: Office, *, text: str = "") -> tuple[BlankForm, ...]:
    """The forms that fit every word of `text` by title, item or first letters of the sounds; all of them for no text.

    The application forms of the usual items come first, then those of the others by line, then the desk's own forms.
    """
    words = [word.text for word in parse_query(text).words]
    return tuple(
        form for form, names in _all(office) if all(_fits(office, form, names, w) for w in words)
    )


def draw(office: Office, *, kind: str, item: str = "") -> BlankPaper:
    """A blank form on the medium it is made for.

    Raises:
        KeyError: no such form or item.
    """
    pdf = desk_papers.blank(office, kind=kind, item=item)
    medium = FORM_MEDIUM if kind == FORM else office.rules.wording.papers[kind].medium
    return BlankPaper(pdf, printers.profile(office, kind=kind, medium=medium))


def _all(office: Office) -> Iterator[tuple[BlankForm, tuple[str, ...]]]:
    """Every form, with the names it goes by."""
    offers = desk_papers.blanks(office)
    of_items = {offer.item: offer for offer in offers if offer.item}
    for row in items.items(office):
        item, offer = office.catalog.item(row.code), of_items[row.code]
        names = (offer.title, item.name, item.short_name, *item.aliases)
        group = USUAL if row.place else row.line_label
        yield BlankForm(offer.kind, offer.title, offer.item, group), names
    for offer in offers:
        if not offer.item:
            yield _own(offer), (offer.title,)


def _own(offer: PaperOffer) -> BlankForm:
    return BlankForm(offer.kind, offer.title, "", OF_THE_DESK)


def _fits(office: Office, form: BlankForm, names: tuple[str, ...], word: str) -> bool:
    if word in form.item.lower() or items.goes_by(office, names, word):
        return True
    # 委托书 is looked for by wts, though the form is called 代办委托书; two letters would find half the list.
    initials = office.rules.pinyin.initials(form.title) if len(word) >= FEW_LETTERS else ()
    return any(word in reading for reading in initials)
