"""Unpacking the bundled fonts: once, whole, and mended when the cache is not."""

import hashlib
from pathlib import Path

import pytest

from desk.errors import OfficeDamaged
from desk.fonts import bundled_fonts, font_file
from desk.resources import resource_path


def test_a_font_is_unpacked_once(tmp_path: Path) -> None:
    first = font_file("bold", tmp_path)
    written = first.stat().st_mtime_ns
    assert font_file("bold", tmp_path) == first
    assert first.stat().st_mtime_ns == written
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


def test_the_file_is_the_listed_one(tmp_path: Path) -> None:
    (bold,) = (font for font in bundled_fonts() if font.name == "bold")
    assert hashlib.sha256(font_file("bold", tmp_path).read_bytes()).hexdigest() == bold.sha256


def test_half_a_font_in_the_cache_is_replaced(tmp_path: Path) -> None:
    file = font_file("bold", tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[:1000])
    assert font_file("bold", tmp_path).read_bytes() == whole


def test_a_missing_cache_folder_is_made(tmp_path: Path) -> None:
    assert font_file("bold", tmp_path / "a" / "b").is_file()


def test_a_damaged_bundle_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources = tmp_path / "bundle" / "resources" / "fonts"
    resources.mkdir(parents=True)
    listed = resource_path("fonts/fonts.toml").read_bytes()
    packed = bytearray(resource_path("fonts/bold.ttf.zst").read_bytes())
    packed[len(packed) // 2] ^= 0xFF
    (resources / "fonts.toml").write_bytes(listed)
    (resources / "bold.ttf.zst").write_bytes(packed)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path / "bundle"), raising=False)
    with pytest.raises(OfficeDamaged):
        font_file("bold", tmp_path / "cache")
    assert list((tmp_path / "cache").glob("*")) == []
