"""Papers a clerk asks for: further ones of a case, filled from it, and blank ones to write on."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from desk.domain.application_form import FormFacts, application_form, form_title, form_values
from desk.domain.field_values import show
from desk.domain.layouts import Layout, fill_layout, layout_for
from desk.domain.offers import Offer
from desk.domain.paper_values import rows_of, values_of
from desk.domain.paper_wording import fill
from desk.domain.plain_papers import PlainHead, compose_plain
from desk.errors import ActionNotAllowed
from desk.services import case_rows, case_store, paper_making
from desk.services.case_store import StoredCase
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.paper_shapes import FORM, issue_form, issue_plain
from desk.services.rules import Rules


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A paper that can be printed, by its kind and title; `item` names the matter of a blank application form."""

    kind: str
    title: str
    item: str = ""


def offered(office: Office, *, case_id: UUID) -> tuple[PaperOffer, ...]:
    """The further papers of a case as it stands: its application form first.

    Raises:
        NotFound: there is no such case.
    """
    with reading(office) as connection:
        stored = case_store.load(office, connection, case_id)
    state = stored.standing.state.key
    kinds = [
        offer.paper for offer in stored.rules.offers if not offer.states or state in offer.states
    ]
    form = PaperOffer(FORM, form_title(stored.item, stored.rules.form_wording))
    wording = stored.rules.wording
    return (form, *(PaperOffer(kind, paper_making.title_of(wording, kind)) for kind in kinds))


def issue(office: Office, *, case_id: UUID, kind: str) -> Done[UUID]:
    """Issue one of the offered papers, filled from the case; gives its id back.

    Raises:
        ActionNotAllowed: this paper is not offered as the case stands.
        NotFound: there is no such case.
    """

    def work(bench: Work) -> UUID:
        stored = case_store.for_paper(case_store.load(office, bench.connection, case_id))
        if kind == FORM:
            return issue_form(bench, stored)
        state = stored.standing.state.key
        offers = {offer.paper: offer for offer in stored.rules.offers}
        offer = offers.get(kind)
        if offer is None or (offer.states and state not in offer.states):
            raise ActionNotAllowed(kind, state)
        return _issue(bench, stored, offer)

    return perform(office, Operation.ISSUE_PAPER, work)


def blanks(office: Office) -> tuple[PaperOffer, ...]:
    """The forms that can be printed to be written on: those of the desk, then the application form of every item."""
    rules = office.rules
    titles = {
        kind: paper_making.title_of(rules.wording, kind)
        for kind, plan in rules.wording.papers.items()
        if plan.form
    }
    own = [PaperOffer(kind, title) for kind, title in titles.items()]
    items = office.catalog.items.values()
    forms = [PaperOffer(FORM, form_title(item, rules.form_wording), item.code) for item in items]
    return (*sorted(own, key=lambda offer: offer.title), *forms)


def blank(office: Office, *, kind: str, item: str = "") -> bytes:
    """A form with nothing filled in, as PDF; it is no document of the office and leaves no trace.

    Raises:
        KeyError: no such form or item.
    """
    now, rules = office.clock.now(), office.rules
    hall = paper_making.hall_of(office)
    if kind == FORM:
        matter, blocks = office.catalog.item(item), office.catalog.person_blocks
        told = FormFacts(matter, hall, now, blocks[matter.person_block], blocks["agent"])
        return blank_form(rules, told, layout_for(rules.layouts, item))
    # Pages load this module: what draws is loaded on the thread that draws, here and below.
    from desk.printing.printer import render

    plan = rules.wording.papers[kind]
    head = PlainHead(hall=hall, signed_at=now, dated=False)
    return render(compose_plain(kind, head, {}, {}, rules.wording), plan.medium)  # type: ignore[arg-type]


def blank_form(rules: Rules, told: FormFacts, own: Layout | None) -> bytes:
    """The application form of a matter with nothing filled in: on the county's own layout where it has one."""
    from desk.printing.form_painter import render_form
    from desk.printing.layout_painter import render_layout

    if own is None:
        return render_form(application_form(told, rules.form_wording))
    undated = {"year": "", "month": "", "day": ""}
    values = form_values(told, rules.form_wording) | undated
    return render_layout(fill_layout(own, values, made_at=told.made_at))


def _issue(bench: Work, stored: StoredCase, offer: Offer) -> UUID:
    subject = case_store.paper_subject(stored, stored.standing)
    facts = paper_making.facts_of(bench.office, offer.paper, subject, None, {}, bench.now)
    words = stored.rules.wording.words
    known = values_of(facts, words) | _of_case(bench.office, stored)
    sources = {
        "materials": rows_of("materials", facts, words),
        "matter": ({"code": facts.item_code, "name": known["item_name"]},),
    }
    names = {
        table.rows: table.names
        for table in stored.rules.wording.papers[offer.paper].tables.values()
    }
    rows = {
        table: tuple(_only(row, names[table]) for row in sources[source])
        for table, source in offer.rows.items()
    }
    values = {gap: fill(template, known) for gap, template in offer.values.items()}
    told = {gap: text for gap, text in values.items() if text}
    number = facts.other_number or facts.number
    case_id = stored.standing.case_id
    return issue_plain(bench, offer.paper, told, rows, case_id=case_id, number=number)


def _only(row: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: text for name, text in row.items() if name in names}


def _of_case(office: Office, stored: StoredCase) -> dict[str, str]:
    due_on = stored.row["due_on"]
    item, sl_number = stored.item.code, stored.row["sl_number"]
    alert = case_rows.due_alert(office, stored.standing.state, due_on, item, sl_number)
    fields = {one.key: one for one in stored.catalog.person_blocks["agent"]}
    return {
        "address": stored.person.live_addr or stored.person.hukou_addr,
        "agent_id": show(fields["agent_id_no"], stored.agent.id_no),
        "agent_phone": stored.agent.phone,
        "overdue": alert.text if alert.level == "overdue" else "",
        "state": stored.standing.state.label,
    }
