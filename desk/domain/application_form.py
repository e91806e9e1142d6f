"""Composes the application form of any item from its fields, as a form to go by until a county lays out its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from desk.domain.catalog import Item
from desk.domain.fields import FieldDef
from desk.domain.form_wording import FormWording
from desk.domain.paper_facts import Hall

FORM_MATERIAL: Final = "application_form"
EMPTY: Final = "□"
CHOSEN: Final = "☑"
NUMERALS: Final = "一二三四五"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What a form is filled from; all values are words as people read them, by field key.

    `person_fields` are the block asked of the applicant, `agent_fields` of who comes in his place; numbers are whole or masked as
    the caller decides. `facts` decide which fields are asked at all (None: a blank form, all of them). `code` is what the QR
    code says, `bars` what the bar code says.
    """

    item: Item
    hall: Hall
    made_at: datetime
    person_fields: tuple[FieldDef, ...]
    agent_fields: tuple[FieldDef, ...] = ()
    person: Mapping[str, str] = field(default_factory=dict)
    agent: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] | None = None
    number: str = ""
    code: str = ""
    bars: str = ""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A label and what stands beside it: a text, or options with their boxes. `tall` leaves room to write several lines."""

    label: str
    text: str = ""
    options: tuple[str, ...] = ()
    wide: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class FormSection:
    """Cells under a heading ('' for none)."""

    title: str
    cells: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class SignBox:
    """A box for words and a signature: its label, what is printed in it, and the line to sign on."""

    label: str
    text: str
    signs: str


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """One form, ready to be drawn.

    First what the applicant tells and signs, then `office`, what those who handle it fill in, and the boxes of their
    `opinions`.
    """

    title: str
    head: str
    marks: tuple[str, ...]
    number: str
    number_line: str
    code: str
    bars: str
    sections: tuple[FormSection, ...]
    declaration: SignBox
    office: tuple[FormSection, ...]
    opinions_title: str
    opinions: tuple[SignBox, ...]
    foot: str
    continued: str
    page: str
    issuer: str
    made_at: datetime

    def strings(self) -> tuple[str, ...]:
        """Every text of the form, the ticked boxes without their ticks."""
        own = (self.title, self.head, *self.marks, self.number_line, self.opinions_title, self.foot)
        sections = (*self.sections, *self.office)
        cells = [cell for section in sections for cell in section.cells]
        told = [text for cell in cells for text in (cell.label, cell.text, *cell.options)]
        boxes = [(box.label, box.text, box.signs) for box in (self.declaration, *self.opinions)]
        signs = [text for box in boxes for text in box]
        titles = [section.title for section in sections]
        return tuple(text.replace(CHOSEN, EMPTY) for text in (*own, *titles, *told, *signs))


def application_form(facts: FormFacts, wording: FormWording) -> ApplicationForm:
    """The form of an item: what was taken in is filled, what comes later is left to write on."""
    item = facts.item
    sections, office = _applicants(facts, wording), _office(facts, wording)
    secret = item.sensitive in wording.confidential_kinds
    return ApplicationForm(
        title=form_title(item, wording),
        head="　·　".join(part for part in (facts.hall.name, facts.hall.brand) if part),
        marks=(wording.confidential, wording.mark) if secret else (wording.mark,),
        number=facts.number,
        number_line=wording.number.format(number=facts.number),
        code=facts.code,
        bars=facts.bars,
        sections=_numbered(sections, 0, wording),
        declaration=SignBox(
            wording.declaration_label, wording.declaration, wording.declaration_signs
        ),
        office=_numbered(office, len(sections) - 1, wording),
        opinions_title=_heading(wording.opinions, len(sections) + len(office) - 1, wording),
        opinions=_opinions(item, wording),
        foot=wording.foot,
        continued=wording.continued,
        page=wording.page,
        issuer=facts.hall.name,
        made_at=facts.made_at,
    )


def form_title(item: Item, wording: FormWording) -> str:
    """The official name of the form where the item's papers tell it, else the item's name and 申请表."""
    named = next((one.name for one in item.materials if one.key == FORM_MATERIAL), "")
    if named:
        return named
    said = item.name.endswith(wording.already_said)
    return item.name + (wording.short_ending if said else wording.title_ending)


def form_values(facts: FormFacts, wording: FormWording) -> dict[str, str]:
    """The same words for a county's own layout, by the gaps `form_gaps` allows."""
    hall, day = facts.hall, facts.made_at
    told = (
        ("person", facts.person_fields, facts.person),
        ("agent", facts.agent_fields, facts.agent),
        ("form", facts.item.fields, facts.form),
    )
    return {
        **{
            f"{part}.{one.key}": _words(one, values.get(one.key, ""), wording)
            for part, found, values in told
            for one in found
        },
        "hall.name": hall.name,
        "hall.community": hall.community,
        "hall.phone": hall.phone,
        "number": facts.number,
        "code": facts.code,
        "bars": facts.bars,
        "year": str(day.year),
        "month": str(day.month),
        "day": str(day.day),
    }


def form_gaps(
    item: Item, person_fields: Iterable[FieldDef], agent_fields: Iterable[FieldDef]
) -> frozenset[str]:
    """The names a county's layout of this item's form may use."""
    return frozenset(
        [
            *(f"person.{one.key}" for one in person_fields),
            *(f"agent.{one.key}" for one in agent_fields),
            *(f"form.{one.key}" for one in item.fields),
            *("hall.name", "hall.community", "hall.phone", "number", "code", "bars"),
            *("year", "month", "day"),
        ]
    )


def _applicants(facts: FormFacts, wording: FormWording) -> list[FormSection]:
    item = facts.item
    matter = (
        FormCell(wording.item, f"{item.name}（{item.code}）", wide=True),
        FormCell(wording.department, item.department, wide=True),
    )
    intake = [one for one in item.fields if one.stage == "intake"]
    told: list[tuple[str, list[FieldDef], Mapping[str, str]]] = [
        (wording.person, _ordered(facts.person_fields, wording), facts.person)
    ]
    if facts.agent:
        told.append((wording.agent, list(facts.agent_fields), facts.agent))
    told.append((wording.intake, intake, facts.form))
    sections = [
        FormSection(title, _cells(found, values, facts, wording)) for title, found, values in told
    ]
    return [FormSection("", matter), *(one for one in sections if one.cells)]


def _office(facts: FormFacts, wording: FormWording) -> list[FormSection]:
    later = [one for one in facts.item.fields if one.stage != "intake"]
    cells = _cells(later, facts.form, facts, wording)
    return [FormSection(wording.later, cells)] if cells else []


def _numbered(
    sections: Iterable[FormSection], before: int, wording: FormWording
) -> tuple[FormSection, ...]:
    """The sections with their headings numbered; the one without a heading stays so."""
    found = []
    for one in sections:
        if one.title:
            one = replace(one, title=_heading(one.title, before, wording))
            before += 1
        found.append(one)
    return tuple(found)


def _heading(title: str, before: int, wording: FormWording) -> str:
    return wording.section.format(number=NUMERALS[before], title=title)


def _ordered(found: Iterable[FieldDef], wording: FormWording) -> list[FieldDef]:
    places = {key: place for place, key in enumerate(wording.person_order)}
    told = (one for one in found if one.key not in wording.person_left_out)
    return sorted(told, key=lambda one: places.get(one.key, len(places)))


def _cells(
    found: Iterable[FieldDef], values: Mapping[str, str], facts: FormFacts, wording: FormWording
) -> tuple[FormCell, ...]:
    return tuple(
        _cell(one, values.get(one.key, ""), wording)
        for one in found
        if values.get(one.key) or _asked(one, facts.facts)
    )


def _asked(one: FieldDef, facts: Mapping[str, object] | None) -> bool:
    """Whether the field belongs on the form: all but those known not to be asked."""
    return facts is None or one.when is None or one.when.holds(facts) is not False


def _cell(one: FieldDef, value: str, wording: FormWording) -> FormCell:
    labels = _offered(one, wording)
    if not labels:
        blank = wording.blanks.get(one.kind, "")
        note = one.kind == "note"
        return FormCell(one.label, _words(one, value, wording) or blank, wide=note, tall=note)
    chosen = _chosen(value, labels)
    # What was chosen without being offered is told all the same.
    labels += [label for label in chosen if label not in labels]
    options = tuple((CHOSEN if label in chosen else EMPTY) + label for label in labels)
    return FormCell(one.label, options=options)


def _words(one: FieldDef, value: str, wording: FormWording) -> str:
    """An ISO day as a form writes it; any other words as they are."""
    if one.kind != "date":
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return wording.day.format(year=day.year, month=day.month, day=day.day)


def _offered(one: FieldDef, wording: FormWording) -> list[str]:
    if one.kind == "bool":
        return list(wording.yes_no)
    if len(one.choices) > wording.most_options:
        return []
    return [choice.label for choice in one.choices if choice.label not in wording.not_offered]


def _chosen(value: str, labels: list[str]) -> list[str]:
    """The labels in the words of a value; a label may itself have the mark that parts several."""
    if not value or value in labels:
        return [value] if value else []
    chosen, rest = [], value
    while rest:
        known = (label for label in labels if rest == label or rest.startswith(f"{label}、"))
        label = max(known, key=len, default=rest.split("、", 1)[0])
        chosen.append(label)
        rest = rest[len(label) + 1 :]
    return chosen


def _opinions(item: Item, wording: FormWording) -> tuple[SignBox, ...]:
    """A box for each level of the route, once, with those who act there."""
    actors: dict[str, list[str]] = {}
    for step in item.route:
        label = wording.levels.get(step.level, step.level)
        named = actors.setdefault(label, [])
        if step.actor not in named:
            named.append(step.actor)
    return tuple(
        SignBox(f"{label}\n（{'、'.join(named)}）", "", wording.opinion_signs)
        for label, named in actors.items()
    )
