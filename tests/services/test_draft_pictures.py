"""Pictures taken in at the window: with the draft, with the case that comes of it, gone with what is thrown away."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from desk.clock import FixedClock
from desk.domain.materials import DraftPicture
from desk.errors import (
    ActionNotAllowed,
    AttachmentLost,
    AttachmentRefused,
    MaterialsMissing,
    NotGranted,
)
from desk.paths import OfficePaths
from desk.services import (
    attachment_care,
    attachments,
    case_views,
    draft_pictures,
    drafts,
    intake,
    roles,
    sign_in,
    undoing,
)
from desk.services.attachments import Taken
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import Operation, perform
from desk.services.views import Finished, IntakeValues
from tests.architecture.tree import ROOT
from tests.builders import MONDAY, PASSWORD, intake_values, rules, take_in
from tests.importing.photos import HTML, pdf, photo
from tests.services.deeds import events, everything

ITEM = "MZ-GL-01"
DIES = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from desk.services import draft_pictures, drafts
from tests.builders import intake_values, make_office
from tests.importing.photos import photo

made = make_office(Path(sys.argv[1]))
taken = draft_pictures.take(made.office, have=(), sources=(photo(),), material="id_card")
values = replace(intake_values(made.office, "MZ-GL-01"), pictures=taken.pictures)
drafts.save(made.office, draft_id=None, values=values)
print(made.operator_id.hex, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def take(
    office: Office, *sources: bytes | Path, have: tuple[DraftPicture, ...] = (), material: str = ""
) -> Taken:
    return draft_pictures.take(office, have=have, sources=sources, material=material)


def with_pictures(office: Office, taken: tuple[DraftPicture, ...]) -> IntakeValues:
    return replace(intake_values(office, ITEM), pictures=taken)


def accept(office: Office, values: IntakeValues, draft_id: int | None = None) -> Finished:
    (first, *_) = intake.prepare(office, values=values).ends
    asks: dict[str, object] = {}
    done = intake.finish(office, values=values, end=first.key, asks=asks, draft_id=draft_id)
    return done.value


def files(office: Office) -> list[Path]:
    return list(office.blobs.stored())


def names(office: Office, case_id: UUID) -> list[str]:
    return [one.name for one in attachments.view(office, case_id=case_id).rows]


def test_pictures_go_onto_the_case_in_the_transaction_that_begins_it(office):
    taken = take(office, photo(), pdf(2), material="id_card")
    values = with_pictures(office, taken.pictures)
    draft_id = drafts.save(office, draft_id=None, values=values).value
    (left,) = drafts.left_behind(office)
    assert left.values == values
    assert everything(office)["attachment"] == 0
    done = accept(office, values, draft_id)
    assert names(office, done.case_id) == ["居民身份证", "居民身份证"]
    assert drafts.left_behind(office) == ()
    assert len(files(office)) == 2
    told = [one.text for one in case_views.detail(office, case_id=done.case_id).history]
    assert "收影像 2 份：居民身份证" in told
    assert check(office).findings == ()


def test_an_intake_that_is_refused_puts_no_picture_on_file(office):
    taken = take(office, photo())
    values = replace(with_pictures(office, taken.pictures), handed_in=())
    before = everything(office)
    with pytest.raises((MaterialsMissing, ActionNotAllowed)):
        intake.finish(office, values=values, end="accept", asks={})
    assert everything(office) == before
    assert len(files(office)) == 1


def test_a_draft_thrown_away_takes_its_pictures_along_but_those_of_others(office):
    other = take_in(office).case_id
    attachments.take(office, case_id=other, sources=(photo(),))
    taken = take(office, photo(), photo(colour="#112233"), pdf())
    shared = drafts.save(
        office, draft_id=None, values=IntakeValues(pictures=taken.pictures[1:2])
    ).value
    draft_id = drafts.save(office, draft_id=None, values=IntakeValues(pictures=taken.pictures))
    assert len(files(office)) == 3
    drafts.drop(office, draft_id=draft_id.value)
    assert len(files(office)) == 2
    drafts.drop(office, draft_id=shared)
    assert files(office) == [office.blobs.path(bytes.fromhex(taken.pictures[0].digest))]
    assert check(office).findings == ()


def test_a_draft_that_is_not_thrown_away_after_all_keeps_them(office):
    taken = take(office, photo())
    draft_id = drafts.save(
        office, draft_id=None, values=IntakeValues(pictures=taken.pictures)
    ).value

    def not_after_all(bench):
        drafts.forget(bench, draft_id)
        raise AttachmentRefused("nothing")

    with pytest.raises(AttachmentRefused):
        perform(office, Operation.SAVE_DRAFT, not_after_all)
    assert len(files(office)) == 1


def test_what_is_no_picture_and_what_is_there_already_is_refused(office):
    taken = take(office, HTML, photo(), photo())
    assert taken.places == (1,)
    assert [one.code for one in taken.refused] == ["kind", "twice"]
    again = take(office, photo(), have=taken.pictures)
    assert [one.code for one in again.refused] == ["twice"]
    most = office.rules.attachments.per_case
    full = tuple(replace(taken.pictures[0], digest=f"{n:064x}") for n in range(most))
    (refused,) = take(office, photo(), have=full).refused
    assert (refused.code, refused.most) == ("too_many", most)


def test_the_daily_cleaning_leaves_what_a_draft_names(office):
    taken = take(office, photo(), pdf())
    drafts.save(office, draft_id=None, values=IntakeValues(pictures=taken.pictures[:1]))
    for path in files(office):
        os.utime(path, (time.time() - 200_000,) * 2)
    assert attachment_care.clean(office) == 1
    assert len(files(office)) == 1
    assert office.blobs.has(bytes.fromhex(taken.pictures[0].digest))


def test_bytes_that_are_gone_stop_the_end_and_are_told(office):
    taken = take(office, photo())
    values = with_pictures(office, taken.pictures)
    (stored,) = files(office)
    stored.unlink()
    (found,) = draft_pictures.view(office, item_code=ITEM, taken=taken.pictures).rows
    assert not found.there
    before = everything(office)
    with pytest.raises(AttachmentLost):
        accept(office, values)
    assert everything(office) == before


def test_a_material_of_another_item_is_some_paper_of_this_one(office):
    taken = take(office, photo(), material="no such paper")
    assert names(office, accept(office, with_pictures(office, taken.pictures)).case_id) == [
        "其他材料"
    ]


def test_undoing_the_intake_takes_the_pictures_off_its_void_case(office):
    done = accept(office, with_pictures(office, take(office, photo()).pictures))
    assert undoing.look(office).why == ""
    undoing.undo(office)
    detail = case_views.detail(office, case_id=done.case_id)
    assert detail.row.state == "void"
    assert names(office, done.case_id) == []
    assert events(office, "attachment.removed")[-1]["why"].startswith("撤销")
    assert check(office).findings == ()


def test_an_illness_is_shown_to_its_line_alone(office):
    taken = take(office, photo())
    ask = partial(
        draft_pictures.shown, item_code="YB-MT-01", picture=taken.pictures[0], page=0, box=300
    )
    assert ask(office).startswith(b"\xff\xd8\xff")
    office.grants = roles.granted("clerk", ())
    gallery = draft_pictures.view(office, item_code="YB-MT-01", taken=taken.pictures)
    assert (gallery.covered, gallery.rows[0].thumb) == (True, b"")
    with pytest.raises(NotGranted):
        ask(office)
    assert not draft_pictures.view(office, item_code=ITEM, taken=taken.pictures).covered


@pytest.mark.parametrize("role", ["auditor"])
def test_who_may_not_write_leaves_no_file(office, role):
    office.grants = roles.granted(role, ())
    with pytest.raises(NotGranted):
        take(office, photo())
    assert files(office) == []


def test_draft_and_picture_outlive_a_killed_program(tmp_path):
    folder = tmp_path / "office"
    died = subprocess.run(
        [sys.executable, "-c", DIES, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    office = sign_in.sign_in(
        OfficePaths(folder),
        operator_id=died.stdout.strip(),
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
    )
    (left,) = drafts.left_behind(office)
    (found,) = draft_pictures.view(office, item_code=ITEM, taken=left.values.pictures).rows
    assert (found.name, found.there) == ("居民身份证", True)
    assert found.thumb.startswith(b"\xff\xd8\xff")
    assert names(office, accept(office, left.values, left.id).case_id) == ["居民身份证"]
    office.close()
