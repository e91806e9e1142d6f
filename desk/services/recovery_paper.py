"""The sheet with the recovery key, drawn once at the set-up and kept nowhere."""

from desk.domain.paper_facts import Hall, PaperFacts
from desk.domain.papers import compose
from desk.services.office import Office


def recovery_sheet(office: Office, *, recovery_key: str) -> bytes:
    """The A4 sheet (PDF) with the key's groups; it goes to paper and a safe, not into the office's file."""
    from desk.printing.printer import render

    facts = PaperFacts(
        hall=Hall(name=office.hall.hall, brand=office.hall.brand, community=office.hall.community),
        signed_at=office.clock.now(),
        key_groups=tuple(recovery_key.split("-")),
    )
    return render(compose("recovery_key", facts, office.rules.wording), "A4")
