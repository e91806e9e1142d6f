"""Every outcome has a sentence that says what happened and what to do."""

import pytest

from desk.exchange.outcomes import OUTCOMES
from desk.words.exchange import outcome_codes, outcome_text

GOOD = ("READY", "COMMITTED")


def test_outcomes_and_sentences_are_the_same():
    assert set(OUTCOMES) == outcome_codes()


@pytest.mark.parametrize("code", OUTCOMES)
def test_a_sentence_is_whole_with_and_without_facts(code):
    for facts in ({"seq": 129, "expected": 128}, {}):
        text = outcome_text(code, facts)
        assert text.endswith("。")
        assert "{" not in text
        assert not any(sign.isascii() and sign.isalpha() and sign != "U" for sign in text)
    if code not in (*GOOD, "ALREADY"):
        assert "请" in text


def test_a_file_beyond_the_limit_is_called_too_large():
    text = outcome_text("BAD_FILE", {"why": "too_large"})
    assert text.startswith("这个文件太大")
    assert "不是上报包" not in text
