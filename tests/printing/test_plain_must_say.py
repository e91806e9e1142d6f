"""What the notes on paperwork (A.6 to A.12) ask of each paper stands in the text of its PDF."""

import pytest

from desk.printing.media import Medium
from desk.printing.printer import render
from tests.printing.golden_plain import served_media, usual_medium
from tests.printing.plain_heads import LONG_NAME
from tests.printing.plain_samples import NAMES, PLAIN, plain_sample
from tests.printing.reading import text_of

BOTH_PARTIES = ("张秀英", LONG_NAME)
MUST_SAY: dict[str, tuple[str, ...]] = {
    # A.6: document and number, recipient, place, way, time, signature, reason, two servers.
    "proof_of_service": (
        *("不予批准高龄老人生活保健补贴决定书", "三高补不字〔2026〕第0003号", "池阳街道办事处"),
        *("刘桂兰", "6104**********0420", "2号窗口", "■直接送达", "□留置送达", "□邮寄送达"),
        *("□电子送达", "2026年11月23日11:42", "受送达人签名", "代收原因", "送达人签名"),
    ),
    # A.7: who, why he cannot come, agent, matters, scope, what is excluded, duration, signatures, witness.
    "mandate": (
        *(
            "刘桂兰",
            "6104**********0420",
            "138****2734",
            "东关路",
            "腿脚不便",
            "李强",
            "池阳代办07",
        ),
        *("■帮办代办员", "MZ-GL-01", "老年人优待证办理", "■递交材料", "□签收文书", "不经手现金"),
        *("密码和验证码", "处分委托人的任何权利", "2027年2月22日", "第一百六十五条"),
        *("委托人签名（指印）", "见证人签名（委托人不能写字时）"),
    ),
    "handover_list": (
        *("材料交接清单（收取）", "居民身份证", "原件", "复印件", "份数", "刘桂兰", "李强"),
        *("2026年11月23日11:42", "逐件退还", "交付人签名", "接收人签名", "上门两人"),
    ),
    "handover_back": ("材料交接清单（退还）", "补贴批准通知", "双方核对无误"),
    # A.9
    "mediation_register": (
        *BOTH_PARTIES,
        *("（2026）人调字第12号", "■当事人申请", "□人民调解委员会主动调解", "纠纷类型", "■邻里"),
        *("漏水", "同意", "甲方签名", "登记人签名", "（盖章）", "2026年11月23日"),
    ),
    "mediation_rights": (
        *BOTH_PARTIES,
        *("拒绝调解", "终止调解", "不公开进行", "如实陈述", "30日内", "司法确认", "不收取任何费用"),
        *("甲方签名", "乙方签名", "告知人签名"),
    ),
    "mediation_inquiry": (
        "时间",
        "社会治理调解室",
        LONG_NAME,
        "维吾尔族",
        "吊顶和地板",
        "记录人签名",
    ),
    "mediation_record": (*BOTH_PARTIES, "赵志明、王敏", "■达成书面协议", "人民调解员签名"),
    "mediation_agreement": (
        *BOTH_PARTIES,
        *("维吾尔族", "个体经营", "主要事实", "各方的责任", "4600元", "方式、地点和期限"),
        *("11月30日前", "2026年12月23日", "司法确认", "一式三份", "甲方签名", "乙方签名"),
        *("人民调解员签名", "池阳社区人民调解委员会", "（盖章）", "2026年11月23日"),
    ),
    "mediation_oral": (*BOTH_PARTIES, "口头达成协议", "不敲墙", "即日起履行", "人民调解员签名"),
    "mediation_follow_up": (*BOTH_PARTIES, "■已履行", "■满意", "激化苗头", "■没有", "回访人签名"),
    "judicial_confirmation": (
        *BOTH_PARTIES,
        *("请求事项", "（2026）人调字第12号", "有效", "共同提出", "30日，即2026年12月23日"),
        *("三原县人民法院", "申请人签名（指印）", "2026年12月14日"),
    ),
    "mediation_contents": ("卷宗目录", "受理登记表", "必须", "页号"),
    "mediation_contents_blank": (
        *(
            "受理登记表",
            "权利义务告知书",
            "身份证明",
            "授权委托书",
            "调查记录",
            "证据材料",
            "调解记录",
        ),
        *("调解协议书", "履行凭证", "回访记录", "司法确认材料", "情况说明", "封底", "必须", "按需"),
    ),
    "mediation_summary": ("9件", "14页", "没有缺损", "立卷人签名", "检查人签名"),
    "mediation_cover": ("14页", "5年", "王敏", "赵志明"),
    # A.10: number, seat, five levels, reasons, own words, contact; the resident fills it in; unrated is no praise.
    "rating_slip": (
        *("SL-610422001001-02-20261123-0023", "2号窗口", "工号07", "★★★★★", "□非常满意", "□满意"),
        *("□基本满意", "□不满意", "□非常不满意", "□一窗受理一次办结", "□服务态度差效率低"),
        *("最多3条", "想说的话", "要不要回电", "工作人员不代填", "“未评价”，不算好评"),
    ),
    # A.12 and G.2
    "public_notice": (
        *("高龄老人生活保健补贴公示", "王*兰", "每月50.00元", "2026年12月", "2026年11月29日"),
        *("共7天", "029-32280000", "12345", "当日取下", "（盖章）"),
    ),
    "receipt_reminder": (
        *("泾干街道工作委员会：", "周志华同志", "第0031号", "2026年9月20日", "2026年10月31日"),
        *("一个月内", "回执联", "713800", "029-32280012", "□没有报到"),
    ),
    "forward_sheet": ("社会事务办公室", "刘桂兰", "2026年12月14日", "户口簿", "接收单位签收人"),
    "overdue_note": ("2026年11月16日", "5个工作日", "系统停用一周", "2026年11月27日", "负责人签名"),
    "export_handover": (
        *(
            "610422001001-02-20261123-0047.bmq",
            "126件",
            "移交人签名",
            "接收人签名",
            "SHA-256",
            "SM3",
        ),
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    ),
    # The packages by number with the beginning of their digests, when and where they were written, who hands over.
    "package_slip": (
        *("上报包交接单", "池阳社区便民服务大厅", "三原县数据中心", "2个包", "734条记录"),
        *("46", "412", "74", "9f86d081884c7d65", "2026年11月19日"),
        *("47", "322", "52", "66c7f0f462eeedd9", "移交人签名", "接收人签名", "2号窗口"),
    ),
    # Whose key it is, and the words that are compared.
    "key_sheet": ("窗口密钥登记单", "610422001001", "三原县数据中心", "山石田土风云", "核对人签名"),
    # What was done, the numbers and the one that is missing, how safe it is, and where the log ends.
    "closing_slip": (
        *(
            "日结单",
            "2026年11月23日",
            "高龄补贴",
            "14",
            "待补正3",
            "收件编号",
            "0017",
            "无",
            "0012",
        ),
        *("还没上报", "11-2316:02", "第20417", "9F86D081884C7D65", "经办人签名", "负责人签名"),
    ),
    "dispatch_sheet": ("刘桂兰", "修理家电", "便民服务队", "陈志林", "居民签名"),
    "home_visit_sheet": ("李强、王敏", "亮明工作证", "不经手现金", "居民签名（指印）"),
    "roster": ("名册", "60人", "第9网格", "内部", "不得复印"),
    "roster_changes": (
        *("2026年12月", "新增4人", "升档1人", "停发1人", "80–89岁", "户籍迁出本县", "28650.00元"),
    ),
    "letter_returned": (
        *(
            "第0031号",
            "3处不符合要求",
            "超过有效期",
            "涂改",
            "抬头",
            "请带原信回到：中共西安市雁塔区",
        ),
        "仍由原党组织负责管理",
    ),
    "branch_admission": ("周志华", "第二网格支部", "从2026年12月起", "2027年3月15日", "赵志明"),
    "recheck_slip": (
        "6104**********0420",
        "通过，补贴照发",
        "2027年11月30日前",
        "不需要开任何健在证明",
    ),
    "wish_card": ("微心愿卡", "WX-610422001001", "王*兰", "老花镜", "认领人", "029-32280000"),
    "duty_sheet": ("值班签到表", "11月27日", LONG_NAME, "签退时间", "不代签"),
    "meeting_minutes": ("■居民议事会", "消防通道", "12月10日前", "主持人签名", "记录人签名"),
    "post_claim": ("周志华", "楼道清洁监督岗", "2027年5月31日", "自愿认领", "认领人签名"),
    "parcel_slip": ("3-0217", "手机尾号2734", "3号架2层", "代收不收费", "取件人签名"),
    "fee_sheet": ("■电费", "86.40元", "****3308", "不经手现金", "密码和验证码", "居民签名"),
}


def words_of(name: str, medium: Medium) -> str:
    return "".join(text_of(render(plain_sample(name), medium)).split())


@pytest.mark.parametrize("name", MUST_SAY)
def test_paper_says_what_it_must(name: str) -> None:
    text = words_of(name, usual_medium(name))
    assert [words for words in MUST_SAY[name] if words not in text] == []


def test_no_paper_is_forgotten() -> None:
    assert set(PLAIN) <= set(MUST_SAY)


@pytest.mark.parametrize(
    "name", [name for name in PLAIN if PLAIN[name].head.number and "80mm" in served_media(name)]
)
@pytest.mark.parametrize("medium", ["80mm", "58mm"])
def test_a_slip_has_its_number_in_letters_too(name: str, medium: Medium) -> None:
    assert f"编号{PLAIN[name].head.number}".replace(" ", "") in words_of(name, medium)


@pytest.mark.parametrize("name", NAMES)
def test_a_community_grants_no_remedies_and_judges_nothing(name: str) -> None:
    """A residents' committee is no administrative organ: none of these papers decides anything."""
    text = words_of(name, usual_medium(name))
    assert [
        word
        for word in ("行政复议", "行政诉讼", "决定不予", "非法", "无效", "异常")
        if word in text
    ] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("_blank")])
def test_a_blank_form_keeps_its_places_to_write(name: str) -> None:
    """Nothing of a day or a person is left on it, and every label of the filled one is."""
    paper, filled = plain_sample(name), plain_sample(name.removesuffix("_blank"))
    text = "\n".join(paper.strings())
    assert not [word for word in ("2026", "刘桂兰", "张秀英", "王敏", "{", "[") if word in text]
    labels = {label for block in paper.sheet.blocks for label in getattr(block, "labels", ())}
    wanted = {label for block in filled.sheet.blocks for label in getattr(block, "labels", ())}
    assert wanted <= labels
