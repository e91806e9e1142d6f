"""No word that blames or frightens stands before a clerk or a resident."""

from collections.abc import Iterator

from tests.architecture import tree

BANNED = ("非法", "无效", "异常", "未知错误", "操作失败")
# Names of official duties and lists, which cannot be said otherwise.
OFFICIAL = ("非法集资", "非法宗教", "经营异常名录", "骨髓增生异常综合征")
TEXTS = (".toml", ".json", ".md", ".txt", ".svg", ".qss", ".html")


def test_banned_words_are_found_but_official_names_are_not():
    assert banned_in("操作失败，身份证号无效") == ["无效", "操作失败"]
    assert banned_in("防范非法集资宣传") == []


def test_no_banned_word_in_code_that_speaks():
    assert [
        f"{where}: {word}" for where, text in spoken_in_code() for word in banned_in(text)
    ] == []


def test_no_banned_word_in_resources():
    faults = [
        f"{tree.name_of(path)}: {word}"
        for path in sorted((tree.ROOT / "resources").rglob("*"))
        if path.suffix in TEXTS
        for word in banned_in(path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def spoken_in_code() -> Iterator[tuple[str, str]]:
    """Place and text of each string in the rooms that talk to people."""
    for path in tree.sources("ui", "desk/words", "desk/console"):
        for line, text in tree.strings(tree.parsed(path)):
            yield f"{tree.name_of(path)}:{line}", text


def banned_in(text: str) -> list[str]:
    """The banned words in a text, official names set aside."""
    for name in OFFICIAL:
        text = text.replace(name, "")
    return [word for word in BANNED if word in text]
