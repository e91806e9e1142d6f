"""The built program's own files, compared with what was written down when it was built."""

from pathlib import Path

import pytest

from desk.services import supply
from desk.services.supply import Tampered
from desk.words.supply import MOST, tampered_words


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder as the build leaves it."""
    for name in ("bianmin", "_internal/libone.so", "_internal/PySide6/plugins/libqxcb.so"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode() * 1000)
    supply.write_list(tmp_path)
    return tmp_path


def test_as_built_nothing_is_found(program: Path) -> None:
    assert not supply.tampered(program)


def test_a_changed_a_missing_and_a_planted_file_are_named(program: Path) -> None:
    (program / "_internal/libone.so").write_bytes(b"\x00")
    (program / "bianmin").unlink()
    (program / "_internal/PySide6/plugins/libevil.so").touch()
    found = supply.tampered(program)
    assert found == Tampered(
        ("_internal/libone.so",), ("bianmin",), ("_internal/PySide6/plugins/libevil.so",)
    )
    title, text = tampered_words(found)
    assert "和出厂时不一样" in title
    assert "改过的：_internal/libone.so" in text
    assert "多出来的：_internal/PySide6/plugins/libevil.so" in text
    assert "办件数据没有动" in text


@pytest.mark.parametrize("damage", [b"", b"{", b"3", b"[1]", b"[" * 100_000, None])
def test_a_list_that_is_gone_or_damaged_is_told_of(program: Path, damage: bytes | None) -> None:
    if damage is None:
        (program / supply.LIST).unlink()
    else:
        (program / supply.LIST).write_bytes(damage)
    assert supply.tampered(program).missing == (supply.LIST,)


def test_many_are_counted_and_not_all_named() -> None:
    _, text = tampered_words(Tampered(planted=tuple(f"f{n}.dll" for n in range(MOST + 3))))
    assert f"f{MOST - 1}.dll 等 {MOST + 3} 个" in text
    assert f"f{MOST}.dll" not in text


def test_from_its_sources_there_is_nothing_to_look_at() -> None:
    assert supply.program_folder() is None
    assert not supply.look_at_program()
