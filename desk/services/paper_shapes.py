"""Papers of every shape on file: a case's own, plain ones, layouts and application forms; issued and drawn again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from desk.domain.application_form import (
    FormFacts,
    application_form,
    form_title,
    form_values,
)
from desk.domain.field_values import show
from desk.domain.fields import FieldDef
from desk.domain.layouts import FilledLayout, Layout, TextAt, fill_layout, layout_for
from desk.domain.paper_facts import Hall, PaperFacts, Reprint
from desk.domain.papers import compose, reprint_words
from desk.domain.plain import from_plain, to_plain
from desk.domain.plain_papers import PlainHead, compose_plain
from desk.printing.media import Medium
from desk.services import catalogs, shielding
from desk.services.case_store import StoredCase
from desk.services.operation import Work
from desk.services.paper_making import hall_of
from desk.services.receipt_seal import case_code
from desk.services.rules import Rules

FORM: Final = "application_form"
OWN_SIZE: Final = ("layout", "form")
"""Shapes whose page is as large as it is, on whatever it is printed."""
REPRINT_ROOM: Final = 8.0
"""Millimetres above the lower edge of a layout where its reprint says so."""
VOID_TOP: Final = 3.0
"""Millimetres below the upper edge where it says that it counts no more."""


def issue_plain(
    work: Work,
    kind: str,
    values: Mapping[str, str],
    rows: Mapping[str, tuple[Mapping[str, str], ...]] = MappingProxyType({}),
    *,
    case_id: UUID | None = None,
    number: str = "",
    issuer: str = "",
) -> UUID:
    """Issue a paper whose gaps are filled from plain values; gives its id back.

    Raises:
        KeyError: no such kind, or a value or rows it has no place for.
    """
    head = PlainHead(
        hall=hall_of(work.office),
        signed_at=work.now,
        number=number,
        compact=number.replace("-", ""),
        code=case_code(work, kind, number, case_id) if case_id and number else "",
        clerk=work.office.hall.operator,
        window=str(work.office.hall.window),
        issuer=issuer,
    )
    rules = _rules(work, case_id)
    title = compose_plain(kind, head, values, rows, rules.wording).title
    facts = {
        "shape": "plain",
        "head": to_plain(head),
        "values": dict(values),
        "rows": to_plain(rows),
    }
    return _issue(work, case_id, kind, title, number, facts)


def issue_layout(
    work: Work, name: str, values: Mapping[str, str], *, case_id: UUID | None = None
) -> UUID:
    """Issue a paper of fixed places; gives its id back. Raises KeyError for a layout that is not there."""
    layout = _rules(work, case_id).layouts[name]
    facts = {
        "shape": "layout",
        "layout": name,
        "values": dict(values),
        "at": work.now.isoformat(timespec="seconds"),
    }
    return _issue(work, case_id, name, layout.title, values.get("number", ""), facts)


def issue_form(work: Work, stored: StoredCase) -> UUID:
    """Issue the application form of a case, filled from what was taken in; gives its id back."""
    told = _form_facts(work, stored)
    title = form_title(stored.item, stored.rules.form_wording)
    return _issue(work, stored.standing.case_id, FORM, title, told["number"], told)


def draw(
    rules: Rules,
    kind: str,
    facts: Mapping[str, Any],
    medium: Medium,
    mark: Reprint | None,
    *,
    only_values: bool = False,
) -> bytes:
    """The PDF of a paper on file, from the facts of its event and the rules of its case; layouts and forms have a size
    of their own.

    `only_values` leaves out what pre-printed stock bears (套打), where the paper is a layout.
    """
    # A window that has drawn nothing yet does without ReportLab.
    from desk.printing.layout_painter import render_layout
    from desk.printing.printer import render

    match facts.get("shape"):
        case "plain":
            head = replace(from_plain(PlainHead, facts["head"]), reprint=mark)
            rows = {name: tuple(found) for name, found in facts["rows"].items()}
            return render(compose_plain(kind, head, facts["values"], rows, rules.wording), medium)
        case "layout":
            filled = _filled(rules, rules.layouts[facts["layout"]], facts, facts["values"], mark)
            return render_layout(filled, only_values=only_values)
        case "form":
            return _draw_form(rules, facts, mark, only_values=only_values)
    told = replace(from_plain(PaperFacts, facts), reprint=mark)
    return render(compose(kind, told, rules.wording), medium)


def _rules(work: Work, case_id: UUID | None) -> Rules:
    """The rules a paper is worded by: its case's own."""
    return catalogs.rules_of_case(work.office, work.connection, case_id)


def _issue(
    work: Work,
    case_id: UUID | None,
    kind: str,
    title: str,
    number: str,
    facts: Mapping[str, Any],
) -> UUID:
    document = work.new_id()
    payload = {
        "case": case_id.hex if case_id else None,
        "kind": kind,
        "title": title,
        "number": number,
        "facts": shielding.struck(facts, shielding.secrets(work.connection, case_id)),
    }
    work.emit("document.issued", "document", document, payload)
    if case_id:
        work.touch("case", case_id)
    return document


def _filled(
    rules: Rules,
    layout: Layout,
    facts: Mapping[str, Any],
    values: Mapping[str, str],
    mark: Reprint | None,
) -> FilledLayout:
    filled = fill_layout(layout, values, made_at=datetime.fromisoformat(facts["at"]))
    said = reprint_words(mark, rules.wording)
    if not said:
        return filled
    # What counts no more says so first, and large enough to be seen beside the case.
    void = mark is not None and mark.voided_on is not None
    y, high, size = (VOID_TOP, 7.0, 14.0) if void else (layout.height - REPRINT_ROOM, 5.0, 8.0)
    place = TextAt(10.0, y, layout.width - 20.0, high, said, size=size, bold=void)
    return replace(filled, elements=(*filled.elements, place))


def _form_facts(work: Work, stored: StoredCase) -> dict[str, Any]:
    item, blocks = stored.item, stored.catalog.person_blocks
    conditions = (one.when for one in item.fields if one.when)
    names = {name for when in conditions for name in when.names()}
    number = stored.row["sl_number"] or stored.row["sj_number"]
    code = case_code(work, FORM, number, stored.standing.case_id)
    return {
        "shape": "form",
        "item": item.code,
        "catalog": stored.row["catalog_digest"],
        "at": work.now.isoformat(timespec="seconds"),
        "hall": to_plain(hall_of(work.office)),
        "person": _shown(blocks[item.person_block], lambda key: getattr(stored.person, key)),
        "agent": _shown(
            blocks["agent"], lambda key: getattr(stored.agent, key.removeprefix("agent_"))
        ),
        "form": _shown(item.fields, stored.standing.form.get),
        "asked": {name: to_plain(stored.facts[name]) for name in names if name in stored.facts},
        "number": number,
        "code": code,
        "bars": number.replace("-", ""),
    }


def _shown(fields: tuple[FieldDef, ...], value: Callable[[str], object]) -> dict[str, str]:
    words = {one.key: show(one, value(one.key)) for one in fields}
    return {key: text for key, text in words.items() if text}


def _draw_form(
    rules: Rules, facts: Mapping[str, Any], mark: Reprint | None, *, only_values: bool
) -> bytes:
    catalog = rules.catalog
    item = catalog.item(facts["item"])
    told = FormFacts(
        item=item,
        hall=from_plain(Hall, facts["hall"]),
        made_at=datetime.fromisoformat(facts["at"]),
        person_fields=catalog.person_blocks[item.person_block],
        agent_fields=catalog.person_blocks["agent"] if facts["agent"] else (),
        person=facts["person"],
        agent=facts["agent"],
        form=facts["form"],
        facts=facts["asked"],
        number=facts["number"],
        code=facts["code"],
        bars=facts.get("bars", ""),
    )
    from desk.printing.form_painter import render_form
    from desk.printing.layout_painter import render_layout

    own = layout_for(rules.layouts, item.code)
    if own is not None:
        filled = _filled(rules, own, facts, form_values(told, rules.form_wording), mark)
        return render_layout(filled, only_values=only_values)
    form = application_form(told, rules.form_wording)
    said = reprint_words(mark, rules.wording)
    return render_form(replace(form, marks=(*form.marks, said)) if said else form)
