"""The first start, the weeks after it, and Monday's sign-in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desk.services import sign_in
from ui.demo import days
from ui.demo.earlier import take_in_earlier
from ui.demo.hall import HALL, MORNING, OPERATOR, PASSWORD
from ui.demo.morning import Morning

Key = Qt.Key


def describe_the_hall(morning: Morning) -> None:
    """Step 1 of the set-up."""
    morning.start_program()
    hands = morning.hands
    hands.wait_for("登记大厅")
    hands.fill(
        {
            "所在县区": "三原县",
            "街道（镇）": HALL.street,
            "社区（村）名称": HALL.community_name,
            "统计用区划代码": HALL.community_code,
            "窗口号": str(HALL.window),
            "咨询电话": HALL.phone,
            "大厅地址": HALL.address,
        }
    )
    morning.take("登记大厅")
    hands.press(Key.Key_F9)


def name_the_operator(morning: Morning) -> None:
    """Step 2: name and password."""
    hands = morning.hands
    hands.fill({"姓名": OPERATOR, "密码": PASSWORD, "再输一次密码": PASSWORD})
    morning.take("登记操作员")
    hands.press(Key.Key_F9)
    hands.wait_for("收好恢复密钥")


def prove_the_recovery_key(morning: Morning) -> None:
    """Step 3: the key is saved for print, then typed back as it was read."""
    hands = morning.hands
    groups = hands.read("code")
    morning.take("恢复密钥")
    sheet = morning.folder.papers / "恢复密钥.pdf"
    morning.chosen.next = sheet
    hands.click("另存 PDF…")
    hands.wait_until(sheet.is_file, sheet.name)
    hands.press(Key.Key_F9)
    for place, group in enumerate(groups, start=1):
        hands.write(hands.see(QLineEdit, f"第 {place} 组"), group.lower())
    morning.take("输回恢复密钥")
    hands.press(Key.Key_F9)
    hands.wait_for("今天还没有办件")
    morning.take("今日（还没有办件）")
    morning.close_program()


def let_four_weeks_pass(morning: Morning) -> None:
    """What colleagues took in until the Friday before."""
    (who,) = sign_in.operators(morning.paths)
    office = sign_in.sign_in(
        morning.paths, operator_id=who.id, password=PASSWORD, clock=morning.clock
    )
    try:
        take_in_earlier(office, morning.clock, morning.residents)
    finally:
        office.close()
    morning.clock.moment = MORNING


def sign_in_on_monday(morning: Morning) -> None:
    """Name and password; the first page."""
    days.sign_in(morning, "登录")
    morning.take("今日")
