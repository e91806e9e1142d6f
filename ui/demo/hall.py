"""The demonstration's hall: its day, its operator, its password; all of it invented."""

from datetime import datetime

from desk.clock import CHINA
from desk.services.setup import HallProfile

SET_UP = datetime(2026, 10, 26, 8, 30, tzinfo=CHINA)
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
OPERATOR, PASSWORD = "王敏", "Liu-ke-lao-huai-shu-6"
NEXT_PASSWORD, NEXT_COUNTY_PASSWORD = "Qing-yu-he-xin-yang-shu-8", "Jing-he-nan-an-su-mi-9"
"""What they change theirs to when half a year has gone by."""
COUNTY_OPERATOR, COUNTY_PASSWORD = "县管理员", "Wei-he-bei-an-mai-tian-7"

HALL = HallProfile(
    county="610422",
    street="城关街道",
    community_code="610422001001",
    community_name="池阳社区",
    window=2,
    phone="029-32280000",
    address="三原县城关街道池阳花园南门",
)
COUNTY_NAME = "三原县数据中心"

NOTE = f"""这是便民前台的演示。居民、证件号、电话、住处、办件全是编的，不对应任何人。

操作员：{OPERATOR}　　密码：{PASSWORD}（演示到一年以后的，密码半年一换，换成了 {NEXT_PASSWORD}）
演示那天：2026 年 11 月 23 日（周一）上午；此前四周的办件是演示前录进去的。
"""
