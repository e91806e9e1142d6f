"""Cases whose rules of their own day are not here: read by those in force, with what the case itself kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desk.domain.case_clock import CaseClock
from desk.domain.catalog import Catalog, Item, Limits
from desk.domain.catalog_diff import present_code
from desk.domain.workflow import State, Workflow
from desk.services.views import HistoryRow

TOLD = "开办时的第 {version} 版目录不在这台电脑里，按现行目录显示；填过的内容和定好的日期不变"


def item_of(catalog: Catalog, row: Mapping[Any, Any]) -> Item:
    """The item of this case as it is called now; with nothing but its name where the catalogue holds it no more.

    By other rules than its own, the limits it was promised stay those it is counted with.
    """
    code = present_code(catalog, row["item_code"])
    item = catalog.item(code) if code else _bare(row)
    if row["catalog_digest"] == catalog.digest or not row.get("clock"):
        return item
    return replace(item, limits=_promised(item.limits, CaseClock.from_dict(row["clock"])))


def workflow_of(catalog: Catalog, row: Mapping[Any, Any]) -> Workflow:
    """The life-cycle of this case, in which its present state is surely one."""
    known = catalog.workflows.get(row["workflow"])
    if known is not None and row["state"] in known.states:
        return known
    here = State(row["state"], "原目录的状态", row["phase"], "none", "plain")
    # A life-cycle that lost the state leads nowhere from it: the case can be read, not moved.
    return Workflow(row["workflow"], "原目录", here.key, {here.key: here}, ())


def told(catalog: Catalog, row: Mapping[Any, Any]) -> tuple[HistoryRow, ...]:
    """The line of a case's history that says by which rules it is read; none where its own are here."""
    if row["catalog_digest"] == catalog.digest:
        return ()
    text = TOLD.format(version=row["catalog_version"])
    return (HistoryRow(row["opened_at"], "系统", text),)


def _promised(limits: Limits, clock: CaseClock) -> Limits:
    if clock.start is None:
        return limits
    said = {"promised": clock.promised, "statutory": clock.statutory}
    kept: dict[str, Any] = {}
    for name, due in said.items():
        kept[f"{name}_days"] = due.limit.n if due else 0
        if due:
            kept[f"{name}_unit"] = due.limit.unit
    return replace(limits, **kept)


def _bare(row: Mapping[Any, Any]) -> Item:
    return Item(
        code=row["item_code"],
        name=row["item_name"],
        short_name=row["item_name"],
        aliases=(),
        line=row["line"],
        department="",
        nature="",
        subject="",
        acceptor="community",
        workflow=row["workflow"],
        person_block="full",
        instant=False,
        applicants=(),
        result="",
        legal_basis=(),
        confirmed=False,
        notes="",
        limits=Limits(),
        fields=(),
        questions=(),
        rules=(),
        materials=(),
        route=(),
    )
