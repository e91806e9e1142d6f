"""Photos, scans and PDFs that somebody brought: looked at, shown and laid onto sheets by a process of its own."""

import json
import stat
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from desk.errors import AttachmentRefused
from desk.importing import own_process, picture_child
from desk.importing.picture_child import JPEG, PDF, PNG

__all__ = ["JPEG", "PDF", "PNG", "Limits", "Looked", "look", "paper", "read", "read_limits", "show"]

MOST_SECONDS = 40
"""A little more than the processor time the process allows itself."""
MIB = 1 << 20
BOUNDS = {
    "file_mib": (1, 50),
    "per_case": (1, 200),
    "megapixels": (1, 100),
    "pdf_pages": (1, 200),
    "long_edge": (1000, 6000),
    "keep_kib": (0, 51_200),
}
"""What a county may set: beyond it neither the process nor a package could hold it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken: MiB of a file, files of a case, million points, pages; the longest edge and KiB of what is kept as it is."""

    file_mib: int
    per_case: int
    megapixels: int
    pdf_pages: int
    long_edge: int
    keep_kib: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What is to be kept: its kind, pages and bytes, and a small JPEG of its first page."""

    kind: str
    pages: int
    data: bytes
    thumb: bytes


def read_limits(source: bytes) -> Limits:
    """The limits of a file like resources/forms/attachments.toml.

    Raises:
        ValueError: a figure is missing, unknown or out of its bounds.
    """
    told = tomllib.loads(source.decode())
    if set(told) != {one.name for one in fields(Limits)}:
        raise ValueError(f"the figures are {', '.join(BOUNDS)}")
    for name, (least, most) in BOUNDS.items():
        if type(told[name]) is not int or not least <= told[name] <= most:
            raise ValueError(f"{name} is {least} to {most}")
    return Limits(**told)


def read(path: Path, limits: Limits) -> bytes:
    """The bytes of a plain file that is not too large.

    Raises:
        AttachmentRefused: too large, empty, or not to be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise AttachmentRefused("unreadable")
        with path.open("rb") as file:
            data = file.read(limits.file_mib * MIB + 1)
    except OSError as error:
        raise AttachmentRefused("unreadable") from error
    return data


def look(data: bytes, limits: Limits) -> Looked:
    """What is to be kept of a file: a photo upright, no larger than needed, without what the camera wrote beside it.

    A small picture with nothing beside it, and every PDF, are kept as they are.

    Raises:
        AttachmentRefused: it is no photo or PDF, is damaged, or passes a limit.
    """
    if not data:
        raise AttachmentRefused("empty")
    if len(data) > limits.file_mib * MIB:
        raise AttachmentRefused("too_large", limits.file_mib)
    told, (kept, thumb) = _asked(data, limits, 2, deed="look")
    return Looked(str(told["kind"]), int(told["pages"]), kept, thumb)


def show(data: bytes, limits: Limits, *, page: int = 0, box: int = 1800) -> bytes:
    """One page as a JPEG made here, at most `box` points long.

    Raises:
        AttachmentRefused: it does not open.
    """
    _told, (made,) = _asked(data, limits, 1, deed="show", page=page, box=box)
    return made


def paper(data: bytes, limits: Limits) -> bytes:
    """All pages as a PDF of A4 sheets made here, to be printed.

    Raises:
        AttachmentRefused: it does not open.
    """
    _told, (made,) = _asked(data, limits, 1, deed="paper")
    return made


def _asked(
    data: bytes, limits: Limits, results: int, **wanted: Any
) -> tuple[dict[str, Any], list[bytes]]:
    request = json.dumps({**asdict(limits), **wanted}).encode() + b"\n" + data
    try:
        said = own_process.ask(picture_child.MODULE, picture_child.WORD, request, MOST_SECONDS)
    except own_process.ProcessTooSlow as error:
        raise AttachmentRefused("too_slow") from error
    except own_process.ProcessFailed as error:
        raise AttachmentRefused("damaged") from error
    line, _, rest = said.partition(b"\n")
    try:
        told = json.loads(line)
        sizes = [int(size) for size in told["sizes"]]
    except (ValueError, KeyError, TypeError) as error:
        raise AttachmentRefused("damaged") from error
    if "refused" in told:
        raise AttachmentRefused(str(told["refused"]), _limit_of(str(told["refused"]), limits))
    if len(sizes) != results or sum(sizes) != len(rest):
        raise AttachmentRefused("damaged")
    parts, start = [], 0
    for size in sizes:
        parts.append(rest[start : start + size])
        start += size
    return told, parts


def _limit_of(code: str, limits: Limits) -> int:
    return {"too_wide": limits.megapixels, "pages": limits.pdf_pages}.get(code, 0)
