"""The morning's visitors, taken in as a clerk does it: number, item, questions, form, papers, F9."""

from PySide6.QtCore import Qt

from ui.demo.morning import Morning

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MINUTES = 11
"""A visitor takes so long."""


def an_allowance_is_applied_for(morning: Morning) -> None:
    """高龄补贴 with all its papers."""
    _new_visitor(morning, "刘桂兰", Key.Key_1)
    hands = morning.hands
    hands.fill(
        {
            "户籍在本县吗？（看户口簿）": True,
            "老人健在吗？（见到本人或能安排见面）": True,
            "已经在别处领高龄补贴了吗？": False,
            "申领类型": "首次申领",
            "自理能力": "完全自理",
            "开户银行": "陕西农信",
            "社保卡金融账号或银行账号": "6230270100000010418",
            "账户在老人本人名下": True,
            "社保卡金融功能已激活": True,
            "居住情况": "与子女同住",
        }
    )
    hands.press(Key.Key_A, ALT)
    _tell_privacy(morning)
    _end(morning, "高龄补贴", "刘桂兰", papers=True)


def a_paper_is_missing(morning: Morning) -> None:
    """门诊慢特病 without its examination report: the one-time notice."""
    _new_visitor(morning, "张建国", Key.Key_2)
    hands = morning.hands
    hands.fill(
        {
            "在咸阳正常参保、没有断缴吗？": True,
            "同一种病已经认定过吗？": False,
            "险种": "城乡居民基本医疗保险",
            "申报病种": ("糖尿病",),
            "诊断全称": "2型糖尿病伴视网膜病变",
            "诊断医院": "三原县医院",
            "医院级别": "二级",
            "确诊日期": "2021-4-12",
            "病历是住院的还是门诊的": "住院",
            "最早一份病历的日期": "2026-9-8",
            "选定医院（一）": "三原县医院",
            "要在外省看病结算": False,
        }
    )
    hands.tick_papers("申请表", "居民身份证", "住院病历", "检查报告")
    _tell_privacy(morning)
    _end(morning, "慢特病-缺诊断证明", "张建国", papers=True)


def a_party_member_moves_away(morning: Morning) -> None:
    """组织关系转出: the desk itself may give the receipt; the letter is the street's."""
    _new_visitor(morning, "李伟", Key.Key_3)
    hands = morning.hands
    hands.fill(
        {
            "组织关系在本社区党组织吗？": True,
            "办理类型": "首次开信",
            "党员类别": "正式党员",
            "入党日期": "2014-6-20",
            "转正日期": "2015-6-20",
            "转出原因": "工作单位变动",
            "转往哪里": "省内跨市",
            "转出党支部全称": "中共池阳社区第二支部委员会",
            "转入党组织全称": "中共西安市雁塔区小寨路街道明德社区支部委员会",
            "党费交至年月": "2026-11",
        }
    )
    hands.press(Key.Key_A, ALT)
    _tell_privacy(morning)
    _end(morning, "组织关系转出", "李伟")


def an_instant_matter(morning: Morning) -> None:
    """失业登记: concluded on the spot."""
    _new_visitor(morning, "冯小平", Key.Key_8)
    hands = morning.hands
    hands.fill(
        {
            "现在没有工作、想找工作吗？": True,
            "哪天起没有工作": "2026-10-31",
            "没有工作的原因": "从业中断",
            "会什么技能": "叉车、仓库管理",
            "愿意参加培训": True,
        }
    )
    hands.press(Key.Key_A, ALT)
    _tell_privacy(morning)
    _end(morning, "失业登记-当场办结", "冯小平")


def a_certificate_nobody_may_ask_for(morning: Morning) -> None:
    """健在证明: refused with the rule, and where to go instead."""
    _new_visitor(morning, "蒋福生", Key.Key_5)
    hands = morning.hands
    hands.fill(
        {
            "在县里的保留清单上，或有法律法规要求社区开吗？": False,
            "要开哪种证明": "健在证明",
            "做什么用": "领养老金",
            "交给哪个单位": "外省社保经办机构",
        }
    )
    hands.look_up()
    morning.take("受理-健在证明")
    hands.press(Key.Key_F9)
    morning.take("受理-健在证明-不予受理")
    hands.press(Key.Key_F9)
    _confirmed(morning, "健在证明", "蒋福生")


def somebody_comes_again(morning: Morning) -> None:
    """老年人优待证 for a known person: the number brings everything, papers kept from last time serve again."""
    hands = morning.hands
    known_visitor(morning, "郑玉英", Key.Key_7, picture="受理-又来的人")
    hands.fill(
        {
            "户籍在本县，或常住本县吗？": True,
            "办哪一种": "老年人优待证",
            "怎样领": "窗口",
        }
    )
    hands.press(Key.Key_A, ALT)
    _tell_privacy(morning)
    hands.wait_for("上次收过")
    _end(morning, "老年人优待证-免交身份证", "郑玉英")


def she_is_found_by_three_letters(morning: Morning) -> None:
    """Ctrl K and pinyin initials; Enter opens the first hit."""
    hands = morning.hands
    morning.wait_minutes(2)
    hands.press(Key.Key_K, CTRL)
    hands.type("lgl")
    morning.take("搜索-lgl")
    hands.press(Key.Key_Escape)


def _new_visitor(morning: Morning, name: str, item: Qt.Key) -> None:
    """Somebody the desk does not know yet: card, a usual item, name, telephone, address."""
    _card(morning, name)
    morning.hands.press(item, ALT)
    _personal(morning, name)


def find_item(morning: Morning, name: str, item: str) -> None:
    """Somebody the desk does not know yet, with an item that is found by its name."""
    _card(morning, name)
    morning.hands.fill({"查找事项": item})
    morning.hands.press(Key.Key_Return)
    _personal(morning, name)


def known_visitor(morning: Morning, name: str, item: Qt.Key, *, picture: str = "") -> None:
    """Somebody who was here before: the card brings everything; then a usual item."""
    _card(morning, name)
    morning.hands.wait_for("办理记录")
    if picture:
        morning.take(picture)
    morning.hands.press(item, ALT)


def taken_in(morning: Morning, picture: str, name: str) -> None:
    """What the data is for was told; all papers; the end, its paper, the next one; one picture."""
    hands = morning.hands
    hands.press(Key.Key_A, ALT)
    _tell_privacy(morning)
    hands.look_up()
    morning.take(f"受理-{picture}")
    hands.press(Key.Key_F9)
    hands.wait_for("下一位")
    morning.save_paper(f"{picture}-{name}")
    hands.press(Key.Key_F9)


def _card(morning: Morning, name: str) -> None:
    morning.wait_minutes(MINUTES)
    morning.hands.press(Key.Key_F2)
    morning.hands.fill({"证件号码": morning.residents[name].id_no})


def _personal(morning: Morning, name: str) -> None:
    who = morning.residents[name]
    morning.hands.fill(
        {"姓名": name, "联系电话": who.phone, "现住址": who.live_addr, "楼栋房号": who.house}
    )


def _tell_privacy(morning: Morning) -> None:
    morning.hands.fill({"已告知个人信息的用途": True})


def _end(morning: Morning, picture: str, name: str, *, papers: bool = False) -> None:
    """A last look from the top (and at the papers), then F9."""
    hands = morning.hands
    if papers:
        hands.look_at("材料")
        morning.take(f"受理-{picture}-材料")
    hands.look_up()
    morning.take(f"受理-{picture}")
    hands.press(Key.Key_F9)
    _confirmed(morning, picture, name)


def _confirmed(morning: Morning, picture: str, name: str) -> None:
    """The confirmation with its paper, the paper as PDF, the next one."""
    hands = morning.hands
    hands.wait_for("下一位")
    morning.take(f"受理-{picture}-办完")
    morning.save_paper(f"{picture}-{name}")
    hands.press(Key.Key_F9)
