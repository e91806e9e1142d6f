"""The wording of papers is read strictly: a slip of the pen is named before anything prints."""

import pytest

from desk.domain.paper_reader import read_wording
from desk.errors import CatalogRejected
from desk.resources import read_tree
from tests.printing.samples import FACTS


def changed(name: str, old: str, new: str) -> dict[str, bytes]:
    sources = read_tree("papers")
    text = sources[f"papers/{name}"].decode()
    assert old in text
    return {**sources, f"papers/{name}": text.replace(old, new, 1).encode()}


def test_shipped_wording_is_whole() -> None:
    assert set(read_wording(read_tree("papers")).papers) >= {kind for kind, _ in FACTS.values()}


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (
            "pause_notice.toml",
            "{pause_until}结束",
            "{pause_end}结束",
            "no value is named 'pause_end'",
        ),
        ("pause_notice.toml", "title =", "titel =", "titel: unknown; allowed: title"),
        ("pause_notice.toml", 'title = "办理期限暂停通知书"', "", "title: missing"),
        (
            "pause_notice.toml",
            "slip_signed = true",
            'slip_signed = "ja"',
            "slip_signed: str; allowed: bool",
        ),
        (
            "pause_notice.toml",
            'style = "indent"',
            'style = "fat"',
            "style: 'fat'; allowed: plain, indent",
        ),
        (
            "pause_notice.toml",
            'when = ["hidden"]',
            'when = ["secret"]',
            "no value is named 'secret'",
        ),
        ("pause_notice.toml", "[[block]]", "[[block", "pause_notice.toml"),
        (
            "withdrawal_notice.toml",
            'table = "materials"',
            'table = "chairs"',
            "'chairs'; allowed: items",
        ),
        ("common.toml", 'seal = "盖章"', "", "words.seal: missing"),
        ("common.toml", 'rows = "missing"', 'rows = "lost"', "'lost'; allowed: materials"),
        ("common.toml", 'cell = "{why}"', 'cell = "{who}"', "no value is named 'who'"),
        ("common.toml", "weight = 40", 'weight = "40"', "weight: str; allowed: int"),
        (
            "common.toml",
            'fill_lines = ["签收人签名", "签收日期"]',
            'fill_lines = "签收人签名"',
            "allowed: a list",
        ),
    ],
)
def test_faulty_wording_is_refused(name: str, old: str, new: str, fault: str) -> None:
    with pytest.raises(CatalogRejected) as refused:
        read_wording(changed(name, old, new))
    assert any(fault in line for line in refused.value.faults), refused.value.faults


def test_all_faults_are_told_at_once() -> None:
    sources = changed("pause_notice.toml", "title =", "titel =")
    sources["papers/combined.toml"] = sources["papers/combined.toml"].replace(b"title", b"tilte", 1)
    with pytest.raises(CatalogRejected) as refused:
        read_wording(sources)
    files = {line.partition(":")[0] for line in refused.value.faults}
    assert files == {"pause_notice.toml", "combined.toml"}
