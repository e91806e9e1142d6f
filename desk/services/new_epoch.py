"""A database that was restored or copied starts anew: under another name, with new keys and numbers of their own."""

from dataclasses import replace

from sqlalchemy import insert, update

from db.models import DeskKey, PackageOut
from desk.domain import ids
from desk.exchange.key_files import Predecessor
from desk.services import desk_keys, settings
from desk.services.exchange_keys import own_keys, renew
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, chain_head, perform, reading
from desk.services.sync_send import ACKED, DOUBT, ENROLLED, REPLACED, SENT, SNAPSHOT_WANTED


def begin(office: Office, *, why: str, after: int = 0) -> Done[None]:
    """Go on as a new database that names the one before it; `office` is it from now on.

    To be called after every restore from a backup, and where `DatabaseCopied` was raised. What the earlier database began
    is left alone (EarlierCasesWait) until the county's give-back (RESEND) is taken; whoever comes new is served at once.
    `after` is the highest epoch known to have been begun here, where the file itself may not know of it.
    The numbers of the new epoch have a thousand of their own, so none that was printed since the backup comes twice.
    """
    with reading(office) as connection:
        n, head, _mono = chain_head(connection, office.origin)
    before = Predecessor(office.origin, office.epoch, n, head)
    # A log is replayed database by database, so a later one needs a later id, whatever the clock says.
    after_last = ids.born_ms(office.origin) + 1
    origin = ids.new_id(max(int(office.clock.now().timestamp() * 1000), after_last))
    epoch = max(office.epoch, after) + 1
    profile = {**office.profile, "epoch": epoch, "before": before.body()}
    anew = replace(office, origin=origin, epoch=epoch, profile=profile, waits=False)

    def work(bench: Work) -> None:
        at = bench.now.isoformat(timespec="seconds")
        keys = renew(bench.connection, origin, anew.epoch, at)
        bench.connection.execute(insert(DeskKey), desk_keys.row_of(profile, keys.signing))
        for key in (ENROLLED, DOUBT, SNAPSHOT_WANTED):
            settings.keep(bench.connection, key, value=None)
        # What they carry is in the log; the give-back decides what of it is told again.
        waiting = (PackageOut.kind.in_(SENT), PackageOut.state != ACKED)
        bench.connection.execute(update(PackageOut).where(*waiting).values(state=REPLACED))
        bench.emit("desk.opened", "desk", origin, {**profile, "why": why})
        bench.touch("packages")

    done = perform(anew, Operation.EXCHANGE, work)
    with reading(office) as connection:
        signing = own_keys(connection).signing
    office.origin, office.epoch, office.profile = origin, anew.epoch, profile
    office.signing, office.waits = signing, True
    return Done(None, done.changes)
