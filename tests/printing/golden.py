"""The kept PDFs of all sample papers, and how two PDFs are compared.

    python -m tests.printing.golden

writes them anew; look at them (tests/printing/look.py) before committing.
"""

import hashlib
import io
from pathlib import Path
from typing import get_args

import pikepdf

from desk.printing.media import Medium
from desk.printing.printer import render
from tests.printing.form_samples import DRAWN
from tests.printing.reading import lines_of
from tests.printing.samples import FACTS, sample

FOLDER = Path(__file__).parent / "golden"
# Letters and forms, which have one medium only.
DRAWN_FOLDER = FOLDER / "drawn"
MEDIA: tuple[Medium, ...] = get_args(Medium)
PAPERS = [(name, medium) for name in FACTS for medium in MEDIA]
# Of the lesser media a few papers are kept whole, of the others a digest and the text: whole they would take 8 MB.
USUAL: tuple[Medium, ...] = ("A4", "A5", "80mm")
ON_ALL_MEDIA = ("receipt_slip", "acceptance_notice", "one_time_notice", "recovery_key")
KEPT = [(name, medium) for name, medium in PAPERS if medium in USUAL or name in ON_ALL_MEDIA]
PRINTED = [one for one in PAPERS if one not in KEPT]


def golden_file(name: str, medium: Medium) -> Path:
    return FOLDER / f"{name}-{file_word(medium)}.pdf"


def drawn_file(name: str) -> Path:
    return DRAWN_FOLDER / f"{name}.pdf"


def file_word(medium: Medium) -> str:
    """The medium as part of a file's name."""
    return medium.replace("/", "-")


def print_file(name: str, medium: Medium) -> Path:
    return FOLDER / f"{name}-{file_word(medium)}.txt"


def kept_files() -> set[Path]:
    """All that lies there."""
    return {*FOLDER.glob("*.pdf"), *FOLDER.glob("*.txt"), *DRAWN_FOLDER.glob("*.pdf")}


def wanted_files() -> set[Path]:
    """All that should."""
    whole = {golden_file(name, medium) for name, medium in KEPT} | set(map(drawn_file, DRAWN))
    return whole | {print_file(name, medium) for name, medium in PRINTED}


def kept_print(pdf: bytes) -> str:
    """What is kept of a paper on its lesser media: a digest of all it is made of, and its text, to see what has changed."""
    digest = hashlib.sha256("\n".join(contents(pdf)).encode()).hexdigest()
    return f"{digest}\n\n{lines_of(pdf)}\n"


def contents(pdf: bytes) -> list[str]:
    """Every object of the PDF in the clear: another zlib may pack the same bytes otherwise."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [_plain(found) for found in document.objects]


def _plain(found: pikepdf.Object) -> str:
    if not isinstance(found, pikepdf.Stream):
        return repr(found)
    keys = sorted(key for key in found.keys() if key not in ("/Length", "/Filter"))  # noqa: SIM118
    head = {key: repr(found[key]) for key in keys}
    return f"{head} {found.read_bytes().hex()}"


def main() -> None:
    DRAWN_FOLDER.mkdir(parents=True, exist_ok=True)
    for name, medium in KEPT:
        golden_file(name, medium).write_bytes(render(sample(name), medium))
    for name, medium in PRINTED:
        told = kept_print(render(sample(name), medium))
        print_file(name, medium).write_text(told, encoding="utf-8")
    for name, draw in DRAWN.items():
        drawn_file(name).write_bytes(draw())
    for stray in kept_files() - wanted_files():
        stray.unlink()


if __name__ == "__main__":
    main()
