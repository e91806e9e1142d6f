"""What was mistyped on the printed key is found, down to the group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import RecoveryKeyWrong
from desk.keyring.recovery_key import LETTERS, SECRET_BYTES, new_secret, printed, read_typed

SECRETS = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)


@given(SECRETS)
def test_what_is_printed_reads_back(secret):
    paper = printed(secret)
    assert [len(group) for group in paper.split("-")] == [5] * 8
    for typed in (paper, paper.lower(), paper.replace("-", ""), f"  {paper.replace('-', '  ')}\n"):
        assert read_typed(typed) == secret


def test_look_alikes_and_full_width_are_taken():
    secret = bytes(range(0, 200, 10))
    typed = printed(secret).replace("0", "o").replace("1", "l").replace("V", "u")
    assert read_typed(typed) == secret
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in printed(secret))
    assert read_typed(wide) == secret


@given(SECRETS, st.integers(0, 39), st.sampled_from(LETTERS))
def test_one_wrong_character_names_its_group(secret, place, letter):
    groups = printed(secret).split("-")
    flat = "".join(groups)
    if flat[place] == letter:
        return
    with pytest.raises(RecoveryKeyWrong) as refused:
        read_typed(flat[:place] + letter + flat[place + 1 :])
    assert refused.value.group == place // 5 + 1


@given(SECRETS, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_two_characters_swapped_within_a_group_are_found(secret, group, one, other):
    groups = [list(text) for text in printed(secret).split("-")]
    if groups[group][one] == groups[group][other]:
        return
    groups[group][one], groups[group][other] = groups[group][other], groups[group][one]
    with pytest.raises(RecoveryKeyWrong) as refused:
        read_typed("-".join("".join(text) for text in groups))
    assert refused.value.group == group + 1


@given(SECRETS, st.integers(0, 7), st.integers(0, 7))
def test_groups_in_another_order_are_found(secret, one, other):
    if one == other:
        return
    groups = printed(secret).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryKeyWrong) as refused:
        read_typed("-".join(groups))
    assert refused.value.group == min(one, other) + 1


@pytest.mark.parametrize(("typed", "group"), [("", 1), ("？", 1), ("山桥麦灯河", 1)])
def test_nothing_like_a_key_is_wrong_from_the_start(typed, group):
    with pytest.raises(RecoveryKeyWrong) as refused:
        read_typed(typed)
    assert refused.value.group == group


def test_a_missing_or_extra_piece_is_told():
    groups = printed(new_secret()).split("-")
    for typed, group in (
        ("-".join(groups[:5]), 6),
        ("-".join([*groups, groups[0]]), 8),
        ("-".join([*groups[:2], groups[2][:-1], *groups[3:]]), 3),
    ):
        with pytest.raises(RecoveryKeyWrong) as refused:
            read_typed(typed)
        assert refused.value.group == group


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_by_group(typed):
    try:
        read = len(read_typed(typed))
    except RecoveryKeyWrong as refused:
        group = refused.group
    else:
        group = 1
        assert read == SECRET_BYTES
    assert 1 <= group <= 8
