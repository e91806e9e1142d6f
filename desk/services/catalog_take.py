"""A desk and the county's catalogue: looked through when it comes, taken by a person, never a lower one."""

from functools import partial

from sqlalchemy import update

from db.models import DeskKey
from desk.changes import Changes
from desk.errors import CatalogRejected, ChangedMeanwhile, PackageRefused
from desk.exchange.catalog_body import Release, parse_release
from desk.exchange.header import Header
from desk.exchange.parts import Contents
from desk.services import audit, catalog_turn, releases
from desk.services.catalog_check import checked
from desk.services.catalog_publish import taken_payload
from desk.services.catalog_turn import Turned
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.rules import Rules
from desk.services.sync_views import ReadBack
from desk.words.catalog import day_text, taken_text
from desk.words.exchange import outcome_text

NOTHING = ReadBack((), ())


def take(office: Office, header: Header, contents: Contents) -> Done[ReadBack]:
    """Keep a release that came, for somebody to look through and take; what cannot be used changes nothing.

    Raises:
        PackageRefused: TOO_NEW.
    """
    try:
        release = parse_release(contents.body)
    except PackageRefused as refused:
        if refused.code == "BAD_FILE":
            return _said(outcome_text("DAMAGED", {}))
        raise
    facts: dict[str, object] = {"version": release.release}
    if release.county != header.sender:
        return _passed("COUNTY", facts)
    with reading(office) as connection:
        held = releases.newest(connection)
        known = releases.body_of(connection, release.release)
    if known is not None:
        return Done(NOTHING, Changes()) if known == contents.body else _passed("OTHER", facts)
    if held is not None and release.release < held.version:
        return _passed("OLD", facts | {"held": held.version})
    try:
        rules = _read(office, release)
    except CatalogRejected as rejected:
        first = rejected.faults[0].partition(":")[0]
        return _passed("BROKEN", facts | {"faults": len(rejected.faults), "first": first})
    keep = partial(_keep, release=release, body=contents.body, digest=rules.catalog.digest)
    done = perform(office, Operation.EXCHANGE, keep)
    text = taken_text("FOUND", facts | {"day": day_text(release.effective_from)})
    return Done(ReadBack((text,), ()), done.changes)


def adopt(office: Office, *, version: int) -> Done[Turned]:
    """Take the release that waits: from its first day on the office goes by it, at once where that day has come.

    Raises:
        ChangedMeanwhile: it is not the one that waits any more.
    """
    done = perform(office, Operation.EXCHANGE, partial(_adopt, version=version))
    turned = catalog_turn.turn(office)
    return Done(turned.value, done.changes | turned.changes)


def _read(office: Office, release: Release) -> Rules:
    """The rules of a release, every file of it read.

    Raises:
        CatalogRejected: with all faults.
    """
    rules = checked(
        release.files,
        office.rules,
        office.rules.pinyin,
        county=str(office.profile["county"]),
        through=release.valid_through,
    )
    if rules.catalog.version != release.release:
        raise CatalogRejected(["catalog/catalog.toml: version"])
    return rules


def _keep(bench: Work, release: Release, body: bytes, digest: str) -> None:
    releases.put(bench.connection, release, body, digest, "")
    bench.touch("packages")


def _adopt(bench: Work, version: int) -> None:
    connection = bench.connection
    held = releases.found(connection)
    body = releases.body_of(connection, version)
    if held is None or held.version != version or body is None:
        raise ChangedMeanwhile
    release = parse_release(body)
    releases.mark_taken(connection, version, bench.now.isoformat(timespec="seconds"))
    for one in release.revoked:
        connection.execute(
            update(DeskKey)
            .where(DeskKey.public == one.public, DeskKey.revoked_at == "")
            .values(revoked_at=one.day)
        )
    bench.emit("catalog.taken", "desk", bench.office.origin, taken_payload(release, held.digest))
    audit.note(bench, "catalog", version=release.release)
    bench.touch("packages")
    bench.touch("rules")


def _passed(code: str, facts: dict[str, object]) -> Done[ReadBack]:
    return _said(taken_text(code, facts))


def _said(text: str) -> Done[ReadBack]:
    return Done(ReadBack((), (text,)), Changes())
