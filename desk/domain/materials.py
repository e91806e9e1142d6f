"""Papers to hand in: which are asked, which are here from last time, which are missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from desk.domain.catalog import Item, MaterialDef
from desk.domain.fields import FieldDef
from desk.domain.variables import add_months

NeedState = Literal["needed", "held", "optional", "maybe"]


@dataclass(frozen=True, slots=True)
class HeldMaterial:
    """A paper kept from an earlier case; it may serve again until `valid_until`, that day among them."""

    key: str
    name: str
    valid_until: date
    case_no: str
    got_on: date


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """A scan or photo taken in before there is a case: its bytes lie in the store under `digest` (SHA-256, hex)."""

    digest: str
    kind: str
    size: int
    pages: int
    material: str
    at: str


@dataclass(frozen=True, slots=True)
class NeededMaterial:
    """A paper of the item as it stands for this applicant.

    `maybe`: whether it is asked hangs on something not yet answered. `held` is the kept paper that serves.
    """

    material: MaterialDef
    state: NeedState
    held: HeldMaterial | None = None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A paper as it came to the desk; `promised_by` (an ISO day) means it is to come by then and is not here."""

    key: str
    name: str
    original_seen: bool
    original_kept: bool
    copies: int
    carried_over: bool
    promised_by: str = ""
    note: str = ""


def needed(
    item: Item, facts: Mapping[str, object], held: Sequence[HeldMaterial], on: date
) -> tuple[NeededMaterial, ...]:
    """The papers of `item` for an applicant of whom `facts` are known, in the catalogue's order.

    Papers whose condition does not hold are left out. A kept paper serves if it is still valid on the day `on`.
    """
    serving = {paper.key: paper for paper in held if paper.valid_until >= on}
    return tuple(
        NeededMaterial(
            _with_evidence(material, item, facts),
            state,
            serving.get(material.key) if state == "held" else None,
        )
        for material in item.materials
        if (state := _state(material, facts, serving))
    )


def evidence(field: FieldDef, chosen: object) -> tuple[str, ...]:
    """What the chosen entries of a list ask to be shown, each as `entry：evidence`."""
    codes = chosen if isinstance(chosen, list | tuple) else (chosen,)
    return tuple(
        f"{choice.label}：{choice.evidence}"
        for choice in field.choices
        if choice.evidence and choice.code in codes
    )


def _with_evidence(material: MaterialDef, item: Item, facts: Mapping[str, object]) -> MaterialDef:
    """The paper with a note of what it must show for what was chosen."""
    field = next((one for one in item.fields if one.key == material.evidence_of), None)
    shown = evidence(field, facts.get(field.key)) if field else ()
    if not shown:
        return material
    return replace(material, note="。".join(filter(None, (material.note, "；".join(shown)))))


def _state(
    material: MaterialDef, facts: Mapping[str, object], serving: Mapping[str, HeldMaterial]
) -> NeedState | None:
    asked = True if material.when is None else material.when.holds(facts)
    if asked is False:
        return None
    if material.key in serving:
        return "held"
    if asked is None:
        return "maybe"
    return "needed" if material.required else "optional"


def missing(
    needed: Iterable[NeededMaterial], handed_in: Iterable[HandedIn]
) -> tuple[MaterialDef, ...]:
    """The needed papers that are not here as asked; a promised paper is missing until it comes."""
    here = {paper.key: paper for paper in handed_in}
    return tuple(
        one.material
        for one in needed
        if one.state == "needed"
        and not (one.material.key in here and fulfils(one.material, here[one.material.key]))
    )


def fulfils(material: MaterialDef, paper: HandedIn) -> bool:
    """Whether a paper came as the item asks for it: in original, shown, or copied. Further copies the desk can make."""
    if paper.promised_by:
        return False
    if paper.carried_over:
        return True
    original = paper.original_seen or paper.original_kept
    copied = paper.copies > 0
    needs_original = material.form in ("original", "inspect", "inspect_copy")
    needs_copy = material.form in ("inspect_copy", "copy", "sealed_copy")
    if material.form == "original_or_copy":
        return original or copied
    return (original or not needs_original) and (copied or not needs_copy)


def valid_until(material: MaterialDef, got_on: date) -> date | None:
    """The last day a copy got on `got_on` may serve again; None for a paper that is asked anew each time."""
    if not material.valid_months:
        return None
    return add_months(got_on, material.valid_months)
