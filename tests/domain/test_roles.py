"""The strict reader of the roles."""

import pytest

from desk.domain.roles import read_roles
from desk.errors import CatalogRejected

GOOD = """
[[role]]
key = "lead"
label = "负责人"
about = "全部"
kinds = ["desk"]
grants = ["*"]

[[role]]
key = "clerk"
label = "窗口人员"
about = "受理"
kinds = ["desk"]
grants = ["look"]
"""


def test_roles_stand_in_the_order_of_the_file() -> None:
    roles = read_roles("roles.toml", GOOD.encode(), {"look"})
    assert list(roles) == ["lead", "clerk"]
    assert roles["clerk"].grants == (("look", "*", "all"),)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"look"', '"lok"', "没有权限“lok”"),
        ('kinds = ["desk"]', 'kinds = ["hall"]', "“hall”不在可填之列"),
        ('key = "clerk"', 'key = "lead"', "同名"),
        ('label = "窗口人员"', 'label = "窗口人员"\nline = "x"', "line"),
        ('about = "受理"\n', "", "缺少"),
        ('grants = ["*"]', 'grants = ["look"]', "没有一个角色有全部权限"),
        ("[[role]]", "[[role", "读不懂"),
    ],
)
def test_what_is_not_as_it_must_be_is_named(before: str, after: str, fault: str) -> None:
    with pytest.raises(CatalogRejected) as refused:
        read_roles("roles.toml", GOOD.replace(before, after).encode(), {"look"})
    assert fault in str(refused.value)
