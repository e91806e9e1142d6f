"""The audit: what is no change of a case but must be known later, noted in the one chain."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from desk.domain.canonical import Json
from desk.domain.fields import Choice
from desk.resources import resource_bytes
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform


@dataclass(frozen=True, slots=True)
class AuditCodes:
    """What can be noted, and what somebody may look behind a mask for."""

    deeds: tuple[Choice, ...]
    purposes: tuple[Choice, ...]
    words: Mapping[str, str]
    """How what was noted with a deed is said, by its code; {gaps} are filled from the facts."""
    labels: Mapping[str, Mapping[str, str]]
    """How the codes among the facts are said, by the name of the fact."""

    def said(self, what: str, facts: Mapping[str, object]) -> str:
        """The facts noted with a deed, in words."""
        told = {name: self._said(name, value) for name, value in facts.items()}
        return self.words.get(what, "").format_map(defaultdict(str, told)).strip()

    def _said(self, name: str, value: object) -> str:
        code = str(value).lower() if isinstance(value, bool) else str(value)
        return self.labels.get(name, {}).get(code, code)


def codes() -> AuditCodes:
    """The codes of resources/codes/audit.toml; the program's own, so no county's catalogue takes one away."""
    source = tomllib.loads(resource_bytes("codes/audit.toml").decode())
    deeds, purposes = (
        tuple(Choice(one["code"], one["label"]) for one in source[name])
        for name in ("entries", "purposes")
    )
    words = {one["code"]: one.get("words", "") for one in source["entries"]}
    return AuditCodes(deeds, purposes, words, source["labels"])


def note(
    bench: Work, what: str, object_id: UUID | None = None, purpose: str = "", **facts: Json
) -> None:
    """Note a deed in the operation that does it; `facts` are codes, counts and names of files, never personal values."""
    payload: dict[str, Json] = {
        "what": what,
        "object": object_id.hex if object_id else "",
        "purpose": purpose,
        "facts": facts,
    }
    bench.emit("audit.noted", "audit", bench.new_id(), payload)


def noted(
    office: Office, *, what: str, object_id: UUID | None = None, purpose: str = "", **facts: Json
) -> Done[None]:
    """Note a deed that writes nothing else, as an operation of its own."""
    return perform(
        office, Operation.NOTE, lambda bench: note(bench, what, object_id, purpose, **facts)
    )
