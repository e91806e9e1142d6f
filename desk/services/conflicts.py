"""Conflicts decided: of the desk's value and the county's, a person chooses one, and the choice is an event."""

from uuid import UUID

from sqlalchemy import select

from db.models import Conflict
from desk.errors import ChangedMeanwhile, NotFound
from desk.exchange.order_lines import Choice
from desk.services import case_editing, case_store
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.ordered import Ordered

TAKEN = "两边填的不一样，采用县里的"


def decide(office: Office, *, conflict_id: UUID, choice: Choice) -> Done[None]:
    """Keep the desk's value, or take the county's; said by whoever sits at the desk.

    Raises:
        NotFound: there is no such conflict.
        ChangedMeanwhile: it is decided already.
    """

    def work(bench: Work) -> None:
        settle(bench, conflict_id, choice, bench.office.hall.operator)

    return perform(office, Operation.ACT_ON_CASE, work)


def settle(
    bench: Work, conflict_id: UUID, choice: Choice, by: str, ordered: Ordered | None = None
) -> None:
    """Decide a conflict in this operation; with the county's value the case is written anew.

    Raises:
        NotFound, ChangedMeanwhile: as `decide`.
    """
    row = (
        bench.connection.execute(select(Conflict).where(Conflict.id == conflict_id))
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound
    if row["choice"]:
        raise ChangedMeanwhile
    case_editing.close(bench, row, choice, by)
    if choice == "county":
        stored = case_store.load(bench.office, bench.connection, row["case_id"])
        behind = ordered or Ordered(
            row["order_id"], row["theirs_by"], TAKEN, stored.standing.version
        )
        values = {row["field"]: row["theirs"]}
        case_editing.write(bench, stored, values, ordered=behind)
