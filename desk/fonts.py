"""Unpacks the bundled fonts into a cache folder, for the window and the papers alike."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from desk.errors import OfficeDamaged
from desk.files import write_atomic
from desk.paths import font_cache
from desk.resources import resource_bytes


@dataclass(frozen=True, slots=True)
class FontFile:
    """One bundled font: `size` in bytes and `sha256` of the unpacked TrueType file."""

    name: str
    family: str
    bold: bool
    size: int
    sha256: str


def bundled_fonts() -> tuple[FontFile, ...]:
    """The fonts of `resources/fonts/fonts.toml`: sans, bold, rare, in the order of falling back."""
    listed = tomllib.loads(resource_bytes("fonts/fonts.toml").decode())
    return tuple(FontFile(**entry) for entry in listed["font"])


def font_families() -> tuple[str, ...]:
    """Family names for the window, most wanted first."""
    return tuple(dict.fromkeys(font.family for font in bundled_fonts()))


def font_file(name: str, cache: Path | None = None) -> Path:
    """The unpacked file of the font `name` ('sans', 'bold' or 'rare').

    A file of the right size is taken as it is; otherwise it is unpacked, checked against its digest and put in
    place in one step, so that two programs starting at once do not see half a font.

    Raises:
        DiskFull, DiskFailed, OfficeError: the cache cannot be written.
        OfficeDamaged: the bundled file is not the one listed.
    """
    font = next(font for font in bundled_fonts() if font.name == name)
    target = (cache or font_cache()) / f"{font.name}-{font.sha256[:12]}.ttf"
    if not (target.is_file() and target.stat().st_size == font.size):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, _unpacked(font))
    return target


def unpacked_fonts(cache: Path | None = None) -> tuple[Path, ...]:
    """All bundled fonts as files, in the order of `bundled_fonts`."""
    return tuple(font_file(font.name, cache) for font in bundled_fonts())


def _unpacked(font: FontFile) -> bytes:
    import zstandard

    packed = resource_bytes(f"fonts/{font.name}.ttf.zst")
    try:
        data = zstandard.ZstdDecompressor().decompress(packed, max_output_size=font.size)
    except zstandard.ZstdError as damage:
        raise OfficeDamaged(f"{font.name}.ttf.zst") from damage
    if hashlib.sha256(data).hexdigest() != font.sha256:
        raise OfficeDamaged(f"{font.name}.ttf.zst")
    return data
