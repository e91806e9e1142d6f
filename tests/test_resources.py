"""Where the program finds its files, in a checkout and frozen."""

import sys
from pathlib import Path

import pytest

from desk.resources import read_tree, resource_bytes, resource_path

ROOT = Path(__file__).parents[1] / "resources"


def test_finds_a_file_in_the_checkout():
    assert resource_path("catalog/people.toml") == ROOT / "catalog" / "people.toml"
    assert resource_bytes("catalog/people.toml").startswith(b"#")


def test_finds_a_file_in_the_frozen_program(tmp_path, monkeypatch):
    (tmp_path / "resources" / "codes").mkdir(parents=True)
    (tmp_path / "resources" / "codes" / "sex.toml").write_bytes(b"frozen")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_bytes("codes/sex.toml") == b"frozen"
    assert read_tree("codes") == {"codes/sex.toml": b"frozen"}


@pytest.mark.parametrize("name", ["../pyproject.toml", "codes/../../pyproject.toml"])
def test_leads_to_no_file_outside(name):
    with pytest.raises(ValueError, match="not below resources"):
        resource_bytes(name)


def test_a_missing_file_is_missed():
    with pytest.raises(FileNotFoundError):
        resource_bytes("codes/none.toml")


def test_a_tree_holds_data_by_name_and_no_programs():
    tree = read_tree("codes")
    assert tree["codes/pinyin.bin"] == (ROOT / "codes" / "pinyin.bin").read_bytes()
    assert not any(name.endswith((".py", ".pyc")) for name in tree)
    assert "catalog/workflows/application.toml" in read_tree("catalog")
