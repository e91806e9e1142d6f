"""What people photograph is kept without what the camera wrote beside it; what is no picture is refused."""

import io
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desk.errors import AttachmentRefused
from desk.importing import own_process, picture_child, pictures
from desk.importing.pictures import Limits
from desk.resources import resource_bytes
from tests.importing.photos import HOSTILE, pdf, photo


@pytest.fixture(scope="module")
def limits() -> Limits:
    return pictures.read_limits(resource_bytes("forms/attachments.toml"))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def outcome(data: bytes, limits: Limits) -> str | None:
    """The code of a refusal, or the format of the thumbnail that was made of it."""
    try:
        return opened(pictures.look(data, limits).thumb).format
    except AttachmentRefused as refused:
        return refused.code


@pytest.mark.parametrize("name", list(HOSTILE))
def test_what_is_no_picture_is_refused_by_its_code(limits: Limits, name: str) -> None:
    data, code = HOSTILE[name]
    with pytest.raises(AttachmentRefused) as refused:
        pictures.look(data, limits)
    assert refused.value.code == code


def test_a_file_over_the_limit_is_not_even_opened(limits: Limits) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        pictures.look(photo(), replace(limits, file_mib=0))
    assert (refused.value.code, refused.value.most) == ("too_large", 0)


def test_a_small_plain_picture_is_kept_as_it_is(limits: Limits) -> None:
    for form, kind in (("JPEG", pictures.JPEG), ("PNG", pictures.PNG)):
        data = photo(form=form)
        looked = pictures.look(data, limits)
        assert (looked.kind, looked.data) == (kind, data)
        assert max(opened(looked.thumb).size) == picture_child.THUMB


def test_place_and_make_of_camera_are_left_out_and_the_picture_stands_upright(
    limits: Limits,
) -> None:
    taken = photo(camera=True)
    assert b"Phone of somebody" in taken
    looked = pictures.look(taken, limits)
    assert b"Phone of somebody" not in looked.data
    assert not opened(looked.data).getexif()
    assert opened(looked.data).size == (480, 640)


def test_what_stands_behind_the_end_of_a_picture_is_left_out(limits: Limits) -> None:
    looked = pictures.look(photo() + b"PK\x03\x04 something else", limits)
    assert b"something else" not in looked.data


def test_a_large_photo_is_made_smaller(limits: Limits) -> None:
    looked = pictures.look(photo((4000, 3000)), limits)
    assert opened(looked.data).size == (limits.long_edge, limits.long_edge * 3 // 4)
    assert pictures.look(photo((4000, 3000)), limits).data == looked.data


def test_a_pdf_is_kept_and_its_pages_are_counted_shown_and_laid_onto_sheets(limits: Limits) -> None:
    looked = pictures.look(pdf(3), limits)
    assert (looked.kind, looked.pages, looked.data) == (pictures.PDF, 3, pdf(3))
    assert max(opened(pictures.show(looked.data, limits, page=2, box=500)).size) == 500
    paper = pypdfium2.PdfDocument(pictures.paper(looked.data, limits))
    assert [tuple(map(round, paper.get_page_size(n))) for n in range(len(paper))] == [
        (595, 842)
    ] * 3
    paper.close()


def test_a_pdf_with_a_password_is_named(limits: Limits, tmp_path) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(1)))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(AttachmentRefused) as refused:
        pictures.look((tmp_path / "locked.pdf").read_bytes(), limits)
    assert refused.value.code == "locked"


def test_flipped_bytes_are_refused_or_read_but_never_come_back_as_anything_else(
    limits: Limits,
) -> None:
    chance = random.Random(5)
    for whole in (photo(), photo(form="PNG"), pdf(1)):
        data = bytearray(whole)
        for _ in range(12):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        said = outcome(bytes(data), limits)
        assert said in ("damaged", "too_wide", "locked", "pages", "JPEG")


def test_the_built_programs_hidden_word_answers_as_the_process_does() -> None:
    asked = b'{"deed": "show", "megapixels": 50, "page": 0, "box": 90}\n' + photo()
    answers = [
        subprocess.run(
            [sys.executable, *words], input=asked, capture_output=True, check=True
        ).stdout
        for words in (
            ["-m", "ui", picture_child.WORD],
            own_process._command(picture_child.MODULE, picture_child.WORD)[1:],
        )
    ]
    assert answers[0] == answers[1]
    assert opened(answers[0].partition(b"\n")[2]).size == (90, 68)


def other_program(folder: Path, says: str) -> str:
    """A program in the place of ours that takes what it is given and says something else before it ends."""
    path = folder / "other"
    path.write_text(f"#!/bin/sh\ncat > /dev/null\nprintf '{says}'\n")
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize(
    "says",
    ["", "{}", "[]", "no answer", '{"sizes": [2, 2]}\\nabc', '{"sizes": [3]}\\nabc'],
    ids=["nothing", "no sizes", "a list", "no json", "cut in a result", "a result too few"],
)
def test_half_an_answer_is_none(limits, tmp_path, monkeypatch, says: str) -> None:
    """As of a process that was killed while it answered."""
    monkeypatch.setattr(sys, "executable", other_program(tmp_path, says))
    assert outcome(photo(), limits) == "damaged"


def test_a_process_that_cannot_be_started_or_does_not_end_is_told(
    limits, tmp_path, monkeypatch
) -> None:
    with pytest.raises(own_process.ProcessTooSlow):
        own_process.ask(picture_child.MODULE, picture_child.WORD, photo(), 0)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    assert outcome(photo(), limits) == "damaged"


def test_the_built_program_starts_itself_by_its_hidden_word(monkeypatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = own_process._command(picture_child.MODULE, picture_child.WORD)
    assert command == [sys.executable, "read-picture"]


def test_only_a_plain_file_within_the_limit_is_read(limits: Limits, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(photo())
    assert pictures.read(path, limits) == photo()
    with path.open("r+b") as file:
        file.truncate((limits.file_mib << 20) + 5)
    assert len(pictures.read(path, limits)) == (limits.file_mib << 20) + 1
    for wrong in (tmp_path, tmp_path / "nothing.jpg"):
        with pytest.raises(AttachmentRefused) as refused:
            pictures.read(wrong, limits)
        assert refused.value.code == "unreadable"


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"file_mib = 10",
        b"file_mib = true\nper_case = 1\nmegapixels = 1\npdf_pages = 1\nlong_edge = 1000\nkeep_kib = 0",
    ],
)
def test_limits_are_read_strictly(source: bytes) -> None:
    with pytest.raises(ValueError, match=r"figures|file_mib"):
        pictures.read_limits(source)
