"""Every failure the desk can name has words that say what is safe and what to do next."""

import pytest

from desk import errors
from desk.errors import DeskError, Problem
from desk.words.errors import BUG, has_own_words, words

MADE = {
    errors.FieldsRefused: ([Problem("name", "required")],),
    errors.ActionNotAllowed: ("accept", "concluded"),
    errors.NotEligible: (["不满 70 周岁"],),
    errors.MaterialsMissing: (["户口簿"],),
    errors.NotGranted: ("intake",),
    errors.SignInPaused: (30,),
    errors.RecoveryKeyWrong: (3,),
    errors.CatalogRejected: (["items/civil.toml: item 3: unknown key"],),
    errors.StickTrouble: ("write", "/media/stick"),
    errors.PackageRefused: ("DAMAGED",),
    errors.OfficeDamaged: ("desk.db",),
    errors.StoreUnfit: ("taken",),
    errors.WindowTaken: ("池阳社区", 2),
    errors.TableRefused: ("rows",),
    errors.AttachmentRefused: ("too_large", 10),
    errors.CannotUndo: ("printed",),
}
NEXT = ("请", "可以", "会")
SAFE = ("都在", "没有", "还在", "安全", "不动", "没丢", "不用", "重新输", "再输")


def kinds(root: type[DeskError] = DeskError) -> list[type[DeskError]]:
    return [
        kind
        for child in root.__subclasses__()
        for kind in (child, *kinds(child))
        if kind.__module__ == "desk.errors"
    ]


def made(kind: type[DeskError]) -> DeskError:
    if kind is errors.AttachmentLost:
        return errors.AttachmentLost(there=False)
    return kind(*MADE.get(kind, ()))


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_class_has_words_of_its_own(kind):
    assert has_own_words(kind)
    said = words(made(kind))
    assert said.title
    assert said.text.endswith("。")
    assert any(sign in said.text for sign in NEXT)
    assert any(sign in said.text for sign in SAFE)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_no_english_and_no_class_name_before_a_clerk(kind):
    if kind is errors.CatalogRejected or kind is errors.OfficeDamaged:
        return
    said = words(made(kind))
    latin = [c for c in said.title + said.text if c.isascii() and c.isalpha()]
    assert "".join(latin).upper() in ("", "U", "GB", "UU")


def test_a_failure_without_a_class_is_told_as_a_bug():
    assert words(ValueError("secret 610422…")) is BUG


def test_a_pause_is_told_in_seconds_then_in_minutes():
    assert "30 秒" in words(errors.SignInPaused(30)).text
    assert "15 分钟" in words(errors.SignInPaused(900)).text


def test_package_outcomes_have_their_reasons():
    told = {code: words(errors.PackageRefused(code)).text for code in ("TOO_NEW", "FORK", "HELD")}
    assert len(set(told.values())) == 3
    assert words(errors.PackageRefused("never heard of")).text not in told.values()
