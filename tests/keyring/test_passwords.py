"""Passwords that people nearby or a list would guess are refused; nothing else is asked."""

import pytest

from desk import keyring
from desk.resources import resource_bytes, resource_path
from desk.words.passwords import password_problem_codes, password_problem_text

LOCAL = ("池阳社区", "610422001001", "池阳街道", "029-32212345", "王敏", "chiyang")


def codes(password: str, local: tuple[str, ...] = LOCAL) -> list[str]:
    return [problem.code for problem in keyring.check_password(password, local)]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "蓝色的河马爱吃西瓜皮",
        "mdkq-wlrt-83",
        "48219377450162",
        "abc482193774501",
        "池阳社区的河马爱吃西瓜皮",
        " 12 chars  x",
    ],
)
def test_good_ones_are_taken(password):
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "too_short"),
        ("k7#pQ2!zx", "too_short"),
        ("x" * 257, "too_long"),
        ("4821937745", "all_digits"),
        ("４８２１９３７７４５", "all_digits"),
        ("4821937745016", "all_digits"),
        ("password123", "too_common"),
        ("Password2026!", "too_common"),
        ("1qaz2wsx3edc", "too_common"),
        ("qwertyuiop", "too_common"),
        ("woaizhongguo", "too_common"),
        ("weirenminfuwu888", "too_common"),
        ("aaaaaaaaaaaa", "too_common"),
        ("12345678901234", "too_common"),
        ("ababababab", "too_common"),
        ("池阳社区池阳街道2026", "local_word"),
        ("chiyang-2026-abc", "local_word"),
        ("wo02932212345", "local_word"),
        ("610422001001abc", "local_word"),
        ("2026-2025-abcd", "local_word"),
    ],
)
def test_guessable_ones_are_refused(password, code):
    assert codes(password) == [code]


def test_there_need_not_be_local_words():
    assert codes("chiyang-house-9", ()) == []


def test_every_code_has_a_sentence_that_says_what_to_do():
    seen = set()
    typed = ("", "x" * 300, "4821937745", "password123", "池阳社区2026abcd", "plainletters")
    for password in typed:
        for problem in keyring.check_password(password, LOCAL, mixed=True):
            seen.add(problem.code)
            text = password_problem_text(problem)
            assert text.endswith("。")
            assert "{" not in text
    # Told by whoever knows the former one.
    assert seen | {"same_as_before"} == password_problem_codes()


def test_the_list_is_the_one_its_maker_makes(tmp_path):
    maker = resource_path("keyring/make_common_passwords.py")
    made: dict[str, object] = {"__name__": "maker", "__file__": str(maker)}
    exec(maker.read_text(encoding="utf-8"), made)
    listed = resource_bytes("keyring/common_passwords.txt").decode().split("\n")
    assert listed == [*made["passwords"](), ""]  # type: ignore[operator]
    assert len(listed) > 3000
