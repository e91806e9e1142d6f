"""What an operation touched, so that pages know whether to refresh."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids and areas touched by one operation; `rules`: the office goes by another catalogue from now on."""

    cases: frozenset[UUID] = field(default_factory=frozenset)
    people: frozenset[UUID] = field(default_factory=frozenset)
    documents: frozenset[UUID] = field(default_factory=frozenset)
    records: frozenset[UUID] = field(default_factory=frozenset)
    packages: bool = False
    settings: bool = False
    drafts: bool = False
    prints: bool = False
    rules: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.cases
            or self.people
            or self.documents
            or self.records
            or self.packages
            or self.settings
            or self.drafts
            or self.prints
            or self.rules
        )

    def __or__(self, other: "Changes") -> "Changes":
        """What either touched."""
        return Changes(
            cases=self.cases | other.cases,
            people=self.people | other.people,
            documents=self.documents | other.documents,
            records=self.records | other.records,
            packages=self.packages or other.packages,
            settings=self.settings or other.settings,
            drafts=self.drafts or other.drafts,
            prints=self.prints or other.prints,
            rules=self.rules or other.rules,
        )
