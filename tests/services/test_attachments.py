"""Scans and photos of a case: sealed, stored once, looked at for a purpose, taken off with a reason."""

import hashlib
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from db.models import Attachment
from desk.errors import (
    AttachmentLost,
    AttachmentRefused,
    DeskError,
    FieldsRefused,
    NotFound,
    NotGranted,
)
from desk.importing import pictures
from desk.services import attachments, roles
from desk.services.attachments import Taken
from desk.services.office import Office
from desk.services.operation import Operation, perform
from tests.builders import take_in
from tests.importing.photos import HTML, pdf, photo
from tests.services.deeds import events, everything, row


def files(office: Office) -> list[Path]:
    return list(office.blobs.stored())


def took(office: Office, case_id: UUID, *sources: bytes | Path, material: str = "") -> Taken:
    return attachments.take(office, case_id=case_id, sources=sources, material=material).value


def id_of(found: attachments.AttachmentRow) -> UUID:
    """Of a picture that is on a case; one of a draft has none."""
    assert found.id is not None
    return found.id


def only(office: Office, case_id: UUID) -> attachments.AttachmentRow:
    (found,) = attachments.view(office, case_id=case_id).rows
    return found


def test_a_photo_is_on_the_case_with_a_thumbnail_and_sealed_on_the_disk(office, tmp_path):
    case_id = take_in(office).case_id
    path = tmp_path / "刘桂兰身份证.jpg"
    path.write_bytes(photo())
    assert took(office, case_id, path, material="id_card") == Taken((0,), ())
    found = only(office, case_id)
    assert found.thumb.startswith(b"\xff\xd8\xff")
    assert (found.there, found.pages, found.kind) == (True, 1, pictures.JPEG)
    (stored,) = files(office)
    assert photo()[:64] not in stored.read_bytes()
    assert stored.name not in (hashlib.sha256(photo()).hexdigest(), path.name)
    assert "刘桂兰" not in str(events(office, "attachment.added"))


def test_the_same_picture_is_stored_once_and_once_a_case(office):
    one, other = (
        take_in(office).case_id,
        take_in(office, "MZ-GL-01", "notify", handed_in=()).case_id,
    )
    took(office, one, photo())
    took(office, other, photo())
    assert took(office, one, photo()).refused[0].code == "twice"
    assert len(files(office)) == 1
    assert attachments.view(office, case_id=one).rows[0].id != only(office, other).id


def test_what_is_refused_leaves_nothing_and_the_others_come_in(office):
    case_id = take_in(office).case_id
    before = everything(office)
    taken = took(office, case_id, HTML, photo(), b"")
    assert taken.places == (1,)
    assert [one.code for one in taken.refused] == ["kind", "empty"]
    assert everything(office)["attachment"] == before["attachment"] + 1
    assert len(files(office)) == 1


def test_a_case_has_room_for_so_many(office):
    case_id = take_in(office).case_id
    looked = pictures.look(photo(), office.rules.attachments)
    most = office.rules.attachments.per_case
    for n in range(most):
        one = pictures.Looked(looked.kind, 1, looked.data + bytes([n]), looked.thumb)
        attachments.add(office, case_id=case_id, looked=one)
    with pytest.raises(AttachmentRefused) as refused:
        attachments.add(office, case_id=case_id, looked=looked)
    assert (refused.value.code, refused.value.most) == ("too_many", most)


def test_looking_is_noted_with_its_purpose_and_refused_without(office):
    case_id = take_in(office).case_id
    took(office, case_id, pdf(2))
    found = only(office, case_id)
    with pytest.raises(FieldsRefused):
        attachments.opened(office, attachment_id=id_of(found), purpose="")
    picture = attachments.opened(office, attachment_id=id_of(found), purpose="verify").value
    assert picture.data == pdf(2)
    assert attachments.shown(office, picture=picture, page=1, box=300).startswith(b"\xff\xd8\xff")
    noted = events(office, "audit.noted")[-1]
    assert (noted["what"], noted["purpose"], noted["object"]) == (
        "attachment",
        "verify",
        case_id.hex,
    )


def test_a_copy_and_a_paper_are_noted_each(office, tmp_path):
    case_id = take_in(office).case_id
    took(office, case_id, photo())
    found = only(office, case_id)
    target = tmp_path / "copy.jpg"
    attachments.save_copy(office, attachment_id=id_of(found), purpose="handle", path=target)
    assert target.read_bytes() == photo()
    paper = attachments.paper(office, attachment_id=id_of(found), purpose="handle").value
    assert paper.startswith(b"%PDF-")
    deeds = [one["facts"]["deed"] for one in events(office, "audit.noted")[-2:]]
    assert deeds == ["picture_saved", "picture_printed"]


def test_taking_off_wants_a_reason_and_keeps_the_bytes(office):
    case_id = take_in(office).case_id
    took(office, case_id, photo())
    found = only(office, case_id)
    with pytest.raises(FieldsRefused):
        attachments.remove(office, attachment_id=id_of(found), why="  ")
    attachments.remove(office, attachment_id=id_of(found), why="拍糊了")
    assert attachments.view(office, case_id=case_id).rows == ()
    assert row(office, Attachment, Attachment.id == found.id)["why"] == "拍糊了"
    assert len(files(office)) == 1
    with pytest.raises(NotFound):
        attachments.opened(office, attachment_id=id_of(found), purpose="handle")
    assert took(office, case_id, photo()) == Taken((0,), ())


def test_bytes_that_are_gone_or_changed_are_told_apart(office):
    case_id = take_in(office).case_id
    took(office, case_id, photo())
    found, (stored,) = only(office, case_id), files(office)
    stored.write_bytes(stored.read_bytes()[::-1])
    with pytest.raises(AttachmentLost) as lost:
        attachments.opened(office, attachment_id=id_of(found), purpose="handle")
    assert lost.value.there
    stored.unlink()
    with pytest.raises(AttachmentLost) as lost:
        attachments.opened(office, attachment_id=id_of(found), purpose="handle")
    assert not lost.value.there
    assert not only(office, case_id).there


def test_a_lost_thumbnail_is_made_anew(office):
    case_id = take_in(office).case_id
    took(office, case_id, photo())
    for one in (office.paths.attachments / "thumbs").rglob("*"):
        if one.is_file():
            one.unlink()
    assert only(office, case_id).thumb == b""
    assert attachments.mend_thumbs(office, case_id=case_id) == 1
    assert only(office, case_id).thumb
    assert attachments.mend_thumbs(office, case_id=case_id) == 0


@pytest.mark.parametrize("role", ["auditor"])
def test_who_may_not_write_leaves_no_file(office, role):
    case_id = take_in(office).case_id
    office.grants = roles.granted(role, ())
    with pytest.raises(NotGranted):
        took(office, case_id, photo())
    assert files(office) == []


def test_an_illness_is_shown_to_its_line_alone(office):
    case_id = take_in(office, "YB-MT-01").case_id
    took(office, case_id, photo())
    office.grants = roles.granted("clerk", ())
    gallery = attachments.view(office, case_id=case_id)
    assert gallery.covered
    assert gallery.rows[0].thumb == b""
    with pytest.raises(NotGranted):
        attachments.opened(office, attachment_id=id_of(gallery.rows[0]), purpose="handle")


def test_forgetting_a_case_takes_its_bytes_once_that_is_committed(office):
    one, other = (
        take_in(office).case_id,
        take_in(office, "MZ-GL-01", "notify", handed_in=()).case_id,
    )
    took(office, one, photo(), pdf())
    took(office, other, photo())

    def not_after_all(bench):
        attachments.forget(bench, one)
        raise DeskError

    with pytest.raises(DeskError):
        perform(office, Operation.ATTACH, not_after_all)
    assert len(files(office)) == 2
    done = perform(office, Operation.ATTACH, lambda bench: attachments.forget(bench, one))
    assert done.value == 1
    (left,) = files(office)
    assert left == office.blobs.path(hashlib.sha256(photo()).digest())
    assert only(office, other).there


def test_what_is_not_there_is_not_found(office):
    with pytest.raises(NotFound):
        attachments.view(office, case_id=uuid4())
    with pytest.raises(NotFound):
        took(office, uuid4(), photo())
    with pytest.raises(NotFound):
        took(office, take_in(office).case_id, photo(), material="no such paper")
