"""Short texts about an item that pages and papers share."""

from collections.abc import Mapping

from desk.domain.catalog import Catalog, Item, LimitUnit
from desk.domain.deadline_text import limit_text
from desk.domain.deadlines import Limit
from desk.domain.field_values import show
from desk.services.office import Office
from desk.services.views import AgentValues

UNCONFIRMED = "待县里核定"
OF_THE_PARTY = "党务服务"
"""The nature of items that are no matter of a government."""


def limit_words(days: int, unit: LimitUnit) -> str:
    """A limit in words: `15 个工作日`; '' for none."""
    return limit_text(Limit(days, unit)) if days else ""


def acceptor_name(office: Office, item: Item) -> str:
    """The body that by law accepts this item, as it is called here."""
    profile = office.profile
    match item.acceptor:
        case "community":
            name = str(profile["community_name"])
            return name if name.endswith("委员会") else f"{name}居民委员会"
        case "street" if item.nature == OF_THE_PARTY:
            return _committee(str(profile.get("street") or "")) or "街道（镇）党（工）委"
        case "street":
            return _government(str(profile.get("street") or "")) or "街道办事处（镇政府）"
        case _:
            # What stands in brackets tells the clerk how counties differ; it is no part of a name.
            return item.department.partition("（")[0]


def _committee(street: str) -> str:
    """The party's committee of a street or town, which accepts what is the party's own business."""
    name = street.removesuffix("办事处").removesuffix("人民政府")
    if name.endswith("街道"):
        return f"中共{name}工作委员会"
    return f"中共{name}委员会" if name.endswith(("镇", "乡")) else name


def _government(street: str) -> str:
    """The body that governs a street or town: the office of the one, the government of the other."""
    if street.endswith("街道"):
        return f"{street}办事处"
    return f"{street}人民政府" if street.endswith(("镇", "乡")) else street


def acceptor_word(item: Item) -> str:
    """Who accepts, in one word for a headline."""
    return {"community": "社区受理", "street": "街道（镇）受理", "county": "县里受理"}[
        item.acceptor
    ]


def headline(office: Office, item: Item) -> str:
    """Line, promised limit, acceptor and cost of an item: `民政 · 承诺 15 个工作日 · 街道受理 · 不收费`."""
    labels = {line.key: line.label for line in office.catalog.lines}
    promised = (
        "即办"
        if item.instant
        else f"承诺 {limit_words(item.limits.promised_days, item.limits.promised_unit)}"
    )
    parts = [labels[item.line], promised, acceptor_word(item), "不收费"]
    return " · ".join(part for part in parts if part)


def unconfirmed(office: Office, item: Item, tier: str) -> str:
    """Which figures no source confirms: `金额、期限待县里核定`; '' when all are confirmed."""
    params = [one.param for one in item.tiers if one.label == tier]
    doubts = []
    if any(param not in office.county.confirmed for param in params):
        doubts.append("金额")
    if not item.limits.confirmed and not item.instant:
        doubts.append("期限")
    return f"{'、'.join(doubts)}{UNCONFIRMED}" if doubts else ""


def relation(catalog: Catalog, agent: AgentValues) -> str:
    """How who came in his place is related to the applicant, in words."""
    fields = {field.key: field for field in catalog.person_blocks["agent"]}
    return show(fields["agent_relation"], agent.relation)


def derived(fields: Mapping[str, object], item: Item) -> dict[str, str]:
    """Values that fill themselves, by label, as shown."""
    labels = {field.key: field for field in item.fields}
    return {
        labels[key].label: show(labels[key], value)
        for key, value in fields.items()
        if key in labels
    }
