"""Lines break where Chinese lines may, and never lose a character."""

from hypothesis import given
from hypothesis import strategies as st

from desk.printing.fonts import faces
from desk.printing.text_runs import NOT_FIRST, NOT_LAST, shortened, wrap, wrap_phrases

SIZE = 10.0
LETTERS = st.text(alphabet=st.sampled_from("池阳社区。，（）“”a1-%. 𠀋\n\ue000"), max_size=200)


def lines(text: str, width: float) -> list[str]:
    return wrap(text, faces().regular, SIZE, width)


@given(LETTERS, st.floats(min_value=25, max_value=400))
def test_nothing_is_lost_and_all_fits(text: str, width: float) -> None:
    found = lines(text, width)
    assert "".join(found).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(faces().regular.width(line, SIZE) <= width + 1e-6 for line in found)


def test_a_line_that_fits_stays_whole() -> None:
    assert lines("池阳社区便民服务大厅", 100) == ["池阳社区便民服务大厅"]


def test_marks_do_not_begin_or_end_a_line_wrongly() -> None:
    found = lines("本凭证只证明收到上列材料，（不是决定）。" * 6, 93)
    assert len(found) > 10
    assert not any(line[0] in NOT_FIRST or line[-1] in NOT_LAST for line in found)


def test_numbers_break_after_a_hyphen_only() -> None:
    number = "SJ-610422001001-02-20261123-0020-7"
    assert lines(number, 120) == ["SJ-610422001001-02-", "20261123-0020-7"]


def test_a_telephone_number_is_not_parted() -> None:
    """Nor a short number, nor the line to write one on."""
    assert lines("请拨打 029-32280000", 75) == ["请拨打", "029-32280000"]
    assert lines("报短号 1123-0007", 60) == ["报短号", "1123-0007"]
    assert lines("补贴申领（MZ-GL-01）", 85) == ["补贴申领", "（MZ-GL-01）"]
    assert lines("□ 要，电话：＿＿＿＿＿＿", 100) == ["□ 要，电话：", "＿＿＿＿＿＿"]


def test_a_box_begins_its_own_line_after_words_of_several_lines() -> None:
    """Else it is not seen behind the end of a sentence."""
    found = wrap_phrases("□ 同样的材料要了多次　□ 态度差　□ 慢", faces().regular, SIZE, 80)
    assert found == ["□ 同样的材料要", "了多次", "□ 态度差　□ 慢"]


def test_words_stay_whole_but_endless_ones_are_cut() -> None:
    assert lines("有效至 20360501", 60) == ["有效至", "20360501"]
    found = lines("8" * 100, 60)
    assert {len(line) for line in found[:-1]} == {len(found[0])}


def test_a_line_end_in_the_text_is_kept() -> None:
    assert lines("一\n二", 100) == ["一", "二"]


def test_too_narrow_for_one_character_gives_one_each() -> None:
    assert lines("池阳", 1) == ["池", "阳"]


def test_shortened_text_says_so() -> None:
    face = faces().regular
    assert shortened("池阳社区", face, SIZE, 100) == "池阳社区"
    assert shortened("池阳社区", face, SIZE, 35) == "池阳…"
