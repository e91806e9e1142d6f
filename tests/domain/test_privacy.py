"""What masks leave to be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.privacy import mask_account, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("mask", "plain", "masked"),
    [
        (mask_id, "610422194512011234", "6104**********1234"),
        (mask_id, "11010519491231002X", "1101**********002X"),
        (mask_id, "H12345678", "H1*****78"),
        (mask_id, "12345", "1***5"),
        (mask_id, "", ""),
        (mask_phone, "13812345678", "138****5678"),
        (mask_phone, "02932281234", "029****1234"),
        (mask_phone, "32281234", "****1234"),
        (mask_phone, "+85223456789", "+85*****6789"),
        (mask_phone, "12345", "***45"),
        (mask_phone, "", ""),
        (mask_account, "6217001234567890123", "****0123"),
        (mask_account, "1234567", "****"),
        (mask_name, "张小三", "张*三"),
        (mask_name, "张三", "张*"),
        (mask_name, "欧阳丽华", "欧**华"),
        (mask_name, "马依努尔·艾力", "马***·*力"),
        (mask_name, "李𬭎", "李*"),
        (mask_name, "李\U00020164\U000e0100明", "李*明"),
        (mask_name, "张", "*"),
        (mask_name, "", ""),
    ],
)
def test_masks(mask, plain, masked):
    assert mask(plain) == masked


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_at_least_half_of_a_number_stays_hidden(number):
    for mask in (mask_id, mask_phone):
        masked = mask(number)
        assert len(masked) == len(number)
        hidden = masked.count("*")
        assert hidden * 2 >= len(number) or (mask is mask_phone and hidden >= 4)
