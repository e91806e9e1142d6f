"""Makes what this release writes, to be read by every later one: `python -m tests.exchange.make_released 1.0`.

What was made once is never made again under the same number.
"""

import sys
import tempfile
from pathlib import Path

from desk.exchange.key_files import FormerSigner, Predecessor, enrolment_file
from desk.services import hub, hub_desks, hub_keys, hub_orders, hub_resend, orders, sync
from desk.services.case_views import page
from desk.services.office import Office
from desk.services.operation import chain_head, reading
from desk.services.views import CaseFilter
from tests.exchange.makers import DB_ID, SITE, Node, enrolment
from tests.exchange.standing import EARLIER_DB, nodes
from tests.exchange.standing_offices import fixed_desk, fixed_hub
from tests.kept import opened
from tests.services.trips import export, on_stick, receive, served

RELEASED = Path(__file__).parent / "released"
PHONE = "13800000001"


def main(number: str) -> None:
    """Write all files of this release."""
    target = RELEASED / number
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in made(Path(folder), nodes()).items():
            (target / name).write_bytes(data)


def made(folder: Path, known: dict[str, Node]) -> dict[str, bytes]:
    """A desk works and reports twice, is replaced by a successor that gets its events back, and is asked for something."""
    for name in ("back", "asked"):
        (folder / name).mkdir()
    county = opened(fixed_hub(folder / "hub", known["county"]))
    files = {"county.bmkey": hub.write_public_key(county, folder=folder).read_bytes()}
    first = opened(fixed_desk(folder / "first", known["former"], EARLIER_DB))
    files["first.bmenrol"] = introduced(county, folder, known["former"], first)
    for name in ("first-1.bmq", "first-2.bmq"):
        served(first, 1, first=len(files))
        files[name] = up(county, first, folder / name)["data"]
    files["next.bmenrol"] = succeeded(county, folder, known, first)
    second = opened(fixed_desk(folder / "second", known["desk"], DB_ID))
    sync.take_county_key(second, path=folder / f"county-{hub.node_of(county)}.bmkey")
    hub_resend.resend(county, site=SITE, window=2, folder=folder / "back")
    [files["resend.bmq"]] = on_stick(folder / "back").values()
    sync.read_answers(second, folder=folder / "back")
    answer = up(county, second, folder / "third")
    files |= {"next-1.bmq": answer["data"], "ack.bmq": answer["ack"]}
    files |= asked(county, folder)
    for office in (county, first, second):
        office.close()
    return files


def introduced(county: Office, folder: Path, node: Node, desk: Office) -> bytes:
    """The desk's enrolment, taken by the county; the desk takes the county's key."""
    data = enrolment_file(enrolment(node, db_id=desk.origin), node.signing)
    taken(county, folder, data)
    sync.take_county_key(desk, path=folder / f"county-{hub.node_of(county)}.bmkey")
    return data


def succeeded(county: Office, folder: Path, known: dict[str, Node], first: Office) -> bytes:
    """The successor's enrolment, vouched for by the first one's key, taken by the county."""
    with reading(first) as connection:
        n, head, _mono = chain_head(connection, first.origin)
    before = Predecessor(first.origin, 1, n, head)
    former = FormerSigner(
        enrolment(known["former"], db_id=first.origin).fingerprint, known["former"].signing
    )
    data = enrolment_file(enrolment(known["desk"], before=before), known["desk"].signing, former)
    taken(county, folder, data)
    return data


def taken(county: Office, folder: Path, data: bytes) -> None:
    path = folder / "one.bmenrol"
    path.write_bytes(data)
    hub_desks.enrol(county, path=path)


def up(county: Office, desk: Office, stick: Path) -> dict[str, bytes]:
    """A trip; the newest package and its answer."""
    stick.mkdir()
    export(desk, stick)
    assert {one.outcome for one in receive(county, stick)} <= {"COMMITTED", "ALREADY"}
    sync.read_answers(desk, folder=stick)
    return {
        "data": list(on_stick(stick, "data-").values())[-1],
        "ack": list(on_stick(stick, "ack-").values())[-1],
    }


def asked(county: Office, folder: Path) -> dict[str, bytes]:
    """An order to the successor, the key list, and its acknowledgement as a code."""
    case = min(row.id for row in page(county, wanted=CaseFilter(group="all")).rows)
    orders.give_edit(county, case_id=case, version=2, fields={"kin_phone": PHONE}, reason="来电")
    desk = hub_desks.desk_at(county, site=SITE, window=2)
    hub_orders.put_status(county, desk, folder / "asked")
    [status] = on_stick(folder / "asked").values()
    keys = hub_keys.write_key_list(county, folder=folder).read_bytes()
    return {"status.bmq": status, "keys.bmkeys": keys}


if __name__ == "__main__":
    main(sys.argv[1])
