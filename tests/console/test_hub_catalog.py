"""`bianmin hub edit-catalog` and `publish`: the files out, edited, shown, in as a release."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.services.releases import newest
from tests.kept import keep, opened
from tests.services.editions import edition, write_tree
from tests.services.trips import make_hub

TYPED = "--password-stdin"
SOON = (date.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def closed_hub(tmp_path) -> Path:
    """A county's folder that nobody has open."""
    make_hub(tmp_path / "hub").close()
    folder: Path = tmp_path / "hub"
    return folder


def version(hub: Path) -> int:
    """The newest release; 0 before the first."""
    office = opened(keep(hub))
    with office.reader.connect() as connection:
        held = newest(connection)
    office.close()
    return held.version if held else 0


def test_out_edited_and_published(tmp_path, closed_hub, run):
    tree = tmp_path / "tree"
    status, said, _ = run("hub", "edit-catalog", tree, "--data", closed_hub, TYPED)
    assert status == 0
    assert "catalog/catalog.toml" in said
    head, civil = tree / "catalog/catalog.toml", tree / "catalog/items/civil.toml"
    head.write_text(head.read_text("utf-8").replace("version = 1", "version = 2"), "utf-8")
    told = civil.read_text("utf-8").replace(
        'short_name = "高龄补贴申请"', 'short_name = "高龄津贴"'
    )
    civil.write_text(told, "utf-8")
    words = ("hub", "publish", tree, "--from", SOON, "--data", closed_hub, TYPED)
    status, said, _ = run(*words, typed="渭河北岸有一棵老槐树A1\n否\n")
    assert status == 1
    assert "1 项有变化" in said
    assert "简称由“高龄补贴申请”改为“高龄津贴”" in said
    assert version(closed_hub) == 0
    status, said, complaints = run(*words, "--yes", "--out", tmp_path)
    assert (status, complaints) == (0, "")
    assert "第 2 版目录已发布" in said
    assert version(closed_hub) == 2
    status, _, complaints = run(*words, "--yes")
    assert status == 2
    assert "要比以前发布的第 2 版大" in complaints
    head.write_text(head.read_text("utf-8").replace("version = 2", "version = 3"), "utf-8")
    status, said, complaints = run(*words, typed="渭河北岸有一棵老槐树A1\n是\n")
    assert (status, complaints, "目录包" in said.splitlines()[-1]) == (0, "", False)
    assert version(closed_hub) == 3


def test_every_fault_is_told_and_nothing_published(tmp_path, closed_hub, run):
    tree = write_tree(tmp_path / "tree", {**edition(2), "codes/X.toml": b"", "codes/y.txt": b""})
    words = ("hub", "publish", tree, "--from", SOON, "--yes", "--data", closed_hub, TYPED)
    status, said, complaints = run(*words)
    assert (status, said) == (2, "")
    assert "codes/X.toml" in complaints
    assert "codes/y.txt" in complaints
    assert "有 2 处要改，没有发布" in complaints
    assert version(closed_hub) == 0


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (("--from", "明天"), "不是日期"),
        (("--from", SOON, "--out", "/nowhere/at/all"), "没有文件夹"),
    ],
)
def test_what_cannot_begin(tmp_path, closed_hub, run, more, word):
    status, said, complaints = run("hub", "publish", tmp_path, *more, "--data", closed_hub, TYPED)
    assert (status, said) == (2, "")
    assert word in complaints


def test_a_folder_that_holds_a_tree_is_not_written_over(tmp_path, closed_hub, run):
    (tmp_path / "tree/codes").mkdir(parents=True)
    status, _, complaints = run(
        "hub", "edit-catalog", tmp_path / "tree", "--data", closed_hub, TYPED
    )
    assert status == 2
    assert "已经有 codes" in complaints
    assert not list((tmp_path / "tree/codes").iterdir())
