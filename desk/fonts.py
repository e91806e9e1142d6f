"""Unpacks the bundled fonts into a cache folder, for the window and the papers alike."""

import hashlib
import os
import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path

PACKED = Path(__file__).parent.parent / "resources" / "fonts"


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
    listed = tomllib.loads((PACKED / "fonts.toml").read_text(encoding="utf-8"))
    return tuple(FontFile(**entry) for entry in listed["font"])


def font_families() -> tuple[str, ...]:
    """Family names for the window, most wanted first."""
    return tuple(dict.fromkeys(font.family for font in bundled_fonts()))


def default_cache() -> Path:
    """This user's cache folder; deleting it costs a tenth of a second at the next start."""
    from platformdirs import user_cache_path

    return user_cache_path("bianmin", appauthor=False) / "fonts"


def font_file(name: str, cache: Path | None = None) -> Path:
    """The unpacked file of the font `name` ('sans', 'bold' or 'rare').

    A file of the right size is taken as it is; otherwise it is unpacked, checked against its digest and put in
    place in one step, so that two programs starting at once do not see half a font. Raises OSError when the
    cache cannot be written, ValueError when the bundled file is damaged.
    """
    font = next(font for font in bundled_fonts() if font.name == name)
    target = (cache or default_cache()) / f"{font.name}-{font.sha256[:12]}.ttf"
    if not (target.is_file() and target.stat().st_size == font.size):
        _put(target, _unpacked(font))
    return target


def unpacked_fonts(cache: Path | None = None) -> tuple[Path, ...]:
    """All bundled fonts as files, in the order of `bundled_fonts`."""
    return tuple(font_file(font.name, cache) for font in bundled_fonts())


def _unpacked(font: FontFile) -> bytes:
    import zstandard

    packed = (PACKED / f"{font.name}.ttf.zst").read_bytes()
    try:
        data = zstandard.ZstdDecompressor().decompress(packed, max_output_size=font.size)
    except zstandard.ZstdError as damage:
        raise ValueError(f"font {font.name} does not unpack") from damage
    if hashlib.sha256(data).hexdigest() != font.sha256:
        raise ValueError(f"font {font.name} is not the one listed")
    return data


def _put(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(data)
        os.replace(part, target)
    except OSError:
        part.unlink(missing_ok=True)
        # On Windows a font in use cannot be replaced; the one in place is as good if it is whole.
        if not (target.is_file() and target.stat().st_size == len(data)):
            raise
