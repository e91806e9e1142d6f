"""All tables, imported together so that the metadata is whole."""

from db.base import Base
from db.models.attachment import Attachment
from db.models.audit import AuditEntry
from db.models.case import CaseFile, CaseMaterial, CaseParty
from db.models.document import Document, DocumentFile
from db.models.event import Event, EventPayload
from db.models.exchange import (
    CatalogRelease,
    CountyKey,
    DeskKey,
    Enrolment,
    KeyRoot,
    PackageIn,
    PackageOut,
    Sender,
)
from db.models.keeping import Erasure, LegalHold
from db.models.ledger import LedgerMap, LedgerRun
from db.models.local import (
    CatalogSnapshot,
    Draft,
    FormerKey,
    PrintJob,
    SetAside,
    Setting,
    ThisDesk,
)
from db.models.number import IssuedNumber
from db.models.operator import Operator
from db.models.order import Conflict, OrderGiven, OrderTaken
from db.models.person import Person, SearchToken
from db.models.record import Record, RecordStep
from db.models.refused import RefusedEvent
from db.models.site import Consultation, Site
from db.models.tally import CaseCount

PROJECTED: tuple[type[Base], ...] = (
    Site,
    Operator,
    Person,
    CaseFile,
    CaseParty,
    CaseMaterial,
    Document,
    IssuedNumber,
    Consultation,
    Record,
    RecordStep,
    OrderGiven,
    OrderTaken,
    Conflict,
    AuditEntry,
    Attachment,
    LegalHold,
    Erasure,
)
"""Tables whose rows follow from the events alone; `bianmin check` rebuilds and compares them."""

LOCAL: tuple[type[Base], ...] = (
    ThisDesk,
    FormerKey,
    SetAside,
    Setting,
    Draft,
    PrintJob,
    CatalogSnapshot,
    SearchToken,
    DocumentFile,
    PackageOut,
    PackageIn,
    CountyKey,
    Enrolment,
    DeskKey,
    RefusedEvent,
    Sender,
    CatalogRelease,
    KeyRoot,
    LedgerMap,
    LedgerRun,
    CaseCount,
)
"""Tables that belong to this file alone and never travel."""

__all__ = [
    "LOCAL",
    "PROJECTED",
    "Attachment",
    "AuditEntry",
    "Base",
    "CaseCount",
    "CaseFile",
    "CaseMaterial",
    "CaseParty",
    "CatalogRelease",
    "CatalogSnapshot",
    "Conflict",
    "Consultation",
    "CountyKey",
    "DeskKey",
    "Document",
    "DocumentFile",
    "Draft",
    "Enrolment",
    "Erasure",
    "Event",
    "EventPayload",
    "FormerKey",
    "IssuedNumber",
    "KeyRoot",
    "LedgerMap",
    "LedgerRun",
    "LegalHold",
    "Operator",
    "OrderGiven",
    "OrderTaken",
    "PackageIn",
    "PackageOut",
    "Person",
    "PrintJob",
    "Record",
    "RecordStep",
    "RefusedEvent",
    "SearchToken",
    "Sender",
    "SetAside",
    "Setting",
    "Site",
    "ThisDesk",
]
