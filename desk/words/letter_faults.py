"""What is wrong with a transfer letter that was brought, and how it would be right, by the point of the check."""

from collections.abc import Mapping

FAULTS: Mapping[str, tuple[str, str]] = {
    "ok_form": (
        "不是现行的三联式样",
        "用组通字〔2006〕45号规定的三联介绍信，存根、介绍信、回执联同一个编号",
    ),
    "ok_in_date": ("过了有效期", "由开信的党组织收回原信，重开一封，在有效期内交来"),
    "ok_addressee": (
        "抬头不是有接转权限的党组织",
        "抬头写接收方有审批预备党员权限的基层党委，或者县级以上党委组织部",
    ),
    "ok_seals": ("公章不清楚，或者骑缝章对不上", "介绍信上盖清公章，存根与介绍信之间盖骑缝章"),
    "ok_clean": (
        "有涂改，或者年月、天数没有用大写",
        "重开一封，不涂改，党费年月和有效期用大写数字",
    ),
    "ok_identity": ("姓名、身份证号与证件不一致", "与居民身份证核对后重开"),
}
"""What is wrong and what would be right."""
