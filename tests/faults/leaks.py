"""Fifty marks typed wherever something can be typed; afterwards none stands in clear in data folder, temp, log or diagnosis.

What is in clear by design is no mark: names of hall and operators (the sign-in page shows them before any key is there).
Receipts and lists that a clerk writes to a place of his own are his; none is written here.
"""

import io
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pypdf
from PIL import Image

from desk import logs
from desk.domain.fields import FieldDef
from desk.errors import SignInRefused
from desk.services import (
    attachments,
    backup,
    case_editing,
    diagnosis,
    documents,
    drafts,
    intake,
    orders,
    people,
    revealing,
    search,
    sign_in,
    sync,
)
from desk.services.office import Office
from desk.services.views import AgentValues, Finished
from tests.builders import id_number, intake_values, make_office, person
from tests.faults.figure import Figure
from tests.faults.houses import room
from tests.importing.photos import pdf
from tests.kept import keep as kept
from tests.kept import opened
from tests.services import deeds
from tests.services.importing import job, taken
from tests.services.test_hostile_text import WITH_TEXT
from tests.services.trips import enrolled, export, make_hub, receive

LEAST = 50
ITEMS = 5
"""Forms whose text fields are filled with marks."""
SIGNS = "峪岭塬沟坪湾寨堡埝峁梁川沱滩埠屯铺驿"


class Marks:
    """Words that stand nowhere else; each is given out once."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.given: list[str] = []

    def text(self) -> str:
        return self._new("".join(self.rng.choices(SIGNS, k=6)))

    def phone(self) -> str:
        return self._new(f"13{self.rng.randrange(10**9):09}")

    def id_no(self) -> str:
        return self._new(id_number(birth="19500607", order=self.rng.randrange(100, 999)))

    def account(self) -> str:
        return self._new(f"62{self.rng.randrange(10**17):017}")

    def _new(self, word: str) -> str:
        self.given.append(word)
        return word


def run(rounds: int, seed: int, careless: Callable[[Path, Marks], object] | None = None) -> Figure:
    """So many whole runs, each with marks of its own; `careless` is something more that is done with them."""
    failures: list[str] = []
    marks = Marks(seed)
    for round_ in range(rounds):
        marks = Marks(seed + round_)
        with room() as folder, outside(folder / "temp"):
            leaks = lived(folder, marks, careless or (lambda *_: None))
        failures += [f"seed {seed + round_}: {word} in {where}" for where, word in leaks]
    return Figure(rounds, tuple(failures), f"{len(marks.given)} marks")


def lived(
    folder: Path, marks: Marks, careless: Callable[[Path, Marks], object]
) -> list[tuple[str, str]]:
    """A desk and its county with marks everywhere; what is found while they are open, and afterwards."""
    office, hub = make_office(folder / "desk").office, make_hub(folder / "hub")
    stick = folder / "stick"
    stick.mkdir()
    log = logs.start_log(office.paths.logs)
    try:
        enrolled(office, hub, stick)
        taken_in(office, marks)
        imported(office, marks)
        travelled(office, hub, stick, marks)
        went_wrong(office, marks)
        diagnosis.write(diagnosis.gather(office.paths, clock=office.clock, office=office), stick)
        backup.make(office, why="hours")
        careless(folder, marks)
        leaks = scanned(folder, marks)
    finally:
        if log is not None:
            logging.getLogger().removeHandler(log)
            log.close()
        office.close()
        hub.close()
    with suppress(SignInRefused):
        sign_in.sign_in(
            office.paths, operator_id=marks.text(), password=marks.text(), clock=office.clock
        )
    again = opened(kept(folder / "desk"))
    again.close()
    assert len(marks.given) >= LEAST
    return leaks + scanned(folder, marks)


def taken_in(office: Office, marks: Marks) -> None:
    """In every field of a person and an agent, in forms, notes, drafts, corrections and searches."""
    for code in WITH_TEXT[:ITEMS]:
        who = person(
            marks.text(),
            id_no=marks.id_no(),
            phone=marks.phone(),
            live_addr=marks.text(),
            hukou_addr=marks.text(),
            house=marks.text(),
        )
        agent = AgentValues(marks.text(), marks.id_no(), marks.phone(), "20")
        values = intake_values(office, code, who=who, agent=agent, remark=marks.text())
        first = replace(values.handed_in[0], note=marks.text()) if values.handed_in else None
        if first is not None:
            values = replace(values, handed_in=(first, *values.handed_in[1:]))
        view = intake.prepare(office, values=values)
        typed = {one.key: marked(one, marks) for one in view.fields if one.kind in KINDS}
        values = replace(values, form={**values.form, **typed})
        drafts.save(office, draft_id=None, values=values)
        view = intake.prepare(office, values=values)
        assert not view.problems, (code, view.problems)
        asks = {one.key: deeds.answer(one, office.today) for one in view.ends[0].asks}
        done = intake.finish(office, values=values, end=view.ends[0].key, asks=asks).value
        pictured(office, done, marks)
        looked_at(office, done, who.id_no)
        search.search(office, text=who.name)


def pictured(office: Office, done: Finished, marks: Marks) -> None:
    """A photo and a scan with marks in what a camera or a scanner writes beside the picture; both are looked at and printed."""
    camera, scanner = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (64, 48), f"#{marks.rng.randrange(1 << 24):06x}").save(
        camera, "JPEG", comment=marks.text().encode()
    )
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(1)))
    writer.add_metadata({"/Title": marks.text()})
    writer.add_attachment("note.txt", marks.text().encode())
    writer.write(scanner)
    sources = (camera.getvalue(), scanner.getvalue())
    attachments.take(office, case_id=done.case_id, sources=sources)
    rows = attachments.view(office, case_id=done.case_id).rows
    assert len(rows) == len(sources)
    for row in rows:
        assert row.id is not None
        opened = attachments.opened(office, attachment_id=row.id, purpose="handle").value
        attachments.shown(office, picture=opened, page=0, box=40)
        attachments.paper(office, attachment_id=row.id, purpose="handle")


KINDS = ("text", "note", "account", "phone")


def marked(field: FieldDef, marks: Marks) -> str:
    """A mark that fits into the field."""
    if field.kind == "phone":
        return marks.phone()
    if field.kind == "account":
        return marks.account()
    return marks.text()


def looked_at(office: Office, done: Finished, id_no: str) -> None:
    """Its papers are drawn, the person is looked up, and what is masked is shown."""
    if done.document is not None:
        documents.pdf(office, document_id=done.document)
    assert people.known(office, id_no=id_no) is not None
    revealing.of_case(office, case_id=done.case_id, purpose="contact")


def travelled(office: Office, hub: Office, stick: Path, marks: Marks) -> None:
    """Corrected and withdrawn with reasons, sealed, received, asked for by the county, answered."""
    values = intake_values(office, "MZ-GL-01", who=person(marks.text(), id_no=id_number(order=900)))
    done = intake.finish(office, values=values, end="receive", asks={}).value
    case_editing.edit(
        office,
        case_id=done.case_id,
        version=deeds.detail(office, done).version,
        fields={"kin_phone": marks.phone()},
        why=marks.text(),
    )
    export(office, stick)
    receive(hub, stick)
    orders.give_request(hub, case_id=done.case_id, field="live_state", reason=marks.text())
    deeds.act(office, done, "withdraw", reason=marks.text())
    export(office, stick)
    receive(hub, stick)
    sync.read_answers(office, folder=stick)


def imported(office: Office, marks: Marks) -> None:
    """A table somebody brought, from a place that is not looked at: it is his."""
    heading = ("姓名", "身份证号", "联系电话", "现住址")
    row = (marks.text(), marks.id_no(), marks.phone(), marks.text())
    with room() as theirs:
        plan = taken(office, job(office, theirs, "people", [heading, row]))
    assert [one.verdict for one in plan.rows] == ["new"]


def went_wrong(office: Office, marks: Marks) -> None:
    """Errors whose texts quote what was typed are logged as the program logs them."""
    log = logging.getLogger("bianmin.leaks")
    wrong: tuple[Callable[[], object], ...] = (
        lambda: int(marks.text()),
        lambda: dict[str, str]()[marks.id_no()],
        lambda: _wrong_row(office, marks),
    )
    for deed in wrong:
        try:
            deed()
        except Exception:
            log.exception("a deed went wrong")
    log.warning("%s", f"tel {marks.phone()} id {marks.id_no()} card {marks.account()}")


def _wrong_row(office: Office, marks: Marks) -> None:
    with office.writer.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person (id, name, phone) VALUES (?, ?, ?)",
            (marks.text(), marks.text(), marks.phone()),
        )


@contextmanager
def outside(temp: Path) -> Iterator[None]:
    """Temporary files of this process and its children go where they are looked for."""
    temp.mkdir()
    before = {name: os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")}
    kept_dir = tempfile.tempdir
    os.environ.update(dict.fromkeys(before, str(temp)))
    tempfile.tempdir = str(temp)
    try:
        yield
    finally:
        tempfile.tempdir = kept_dir
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def scanned(folder: Path, marks: Marks) -> list[tuple[str, str]]:
    """Where marks stand in clear."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.leak_scan", str(folder)],
        input=json.dumps(marks.given),
        capture_output=True,
        text=True,
        check=True,
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]
