"""The small sheets of a hall, filled in for invented people."""

from dataclasses import replace

from tests.printing.plain_heads import CASE, DAY, HEAD, LONG_NAME, Plain, numbered

DIGESTS = ("9f86d081884c7d65", "66c7f0f462eeedd9")
SMALL: dict[str, Plain] = {
    "package_slip": Plain(
        "package_slip",
        replace(
            HEAD,
            issuer="",
            code=" ".join(("BMX1 610422001001 02", *map("{}:{}".format, (46, 47), DIGESTS))),
        ),
        {
            "to_body": "三原县数据中心",
            "made_at": DAY + " 17:20",
            "total_packages": "2",
            "total_events": "734",
        },
        {
            "packages": (
                {
                    "seq": "46",
                    "events": "412",
                    "cases": "74",
                    "digest": DIGESTS[0],
                    "day": "2026 年 11 月 19 日",
                },
                {"seq": "47", "events": "322", "cases": "52", "digest": DIGESTS[1], "day": DAY},
            )
        },
    ),
    "key_sheet": Plain(
        "key_sheet",
        replace(
            HEAD,
            issuer="",
            code="IJGUWRAAAEBAGBAFAYDQQCIKBMGA2DQPCAIREEYUCULBOGAZDINRYHI6D4",
        ),
        {
            "site": "610422001001",
            "to_body": "三原县数据中心",
            "words": "山 石 田 土 风 云",
            "made_at": DAY + " 17:20",
            "before": "",
        },
        {},
    ),
    "closing_slip": Plain(
        "closing_slip",
        HEAD,
        {
            "day": DAY,
            "taken": "23 件",
            "steps": "41 步",
            "unsent": "23 件",
            "backup": "11-23 16:02，办件 1,204 件",
            "copied": "11-20 17:30，E:\\便民前台备份",
            "chain": "第 20417　9F86 D081 884C 7D65",
        },
        {
            "items": (
                {"item": "高龄补贴", "count": "14", "states": "已受理 11、待补正 3"},
                {"item": "城乡居民基本医疗保险参保登记", "count": "6", "states": "已办结 6"},
                {"item": "医保业务", "count": "3", "states": "已收件 2、不予受理 1"},
            ),
            "numbers": (
                {
                    "series": "收件编号 SJ",
                    "first": "0001",
                    "last": "0017",
                    "count": "17",
                    "gaps": "无",
                },
                {
                    "series": "受理编号 SL",
                    "first": "0001",
                    "last": "0020",
                    "count": "19",
                    "gaps": "0012",
                },
            ),
        },
    ),
    "wish_card": Plain(
        "wish_card",
        numbered(HEAD, "WX", 9),
        {
            "wisher": "王*兰",
            "estate": "翠湖花园",
            "wish": "想要一副老花镜，看得清药盒上的小字。",
            "wanted_by": "12 月底前",
        },
    ),
    "duty_sheet": Plain(
        "duty_sheet",
        HEAD,
        {"post": "池阳社区便民服务大厅", "period": "2026 年 11 月 23 日至 29 日"},
        {
            "days": tuple(
                {"day": f"11 月 {23 + day} 日", "name": name, "task": "综合窗口"}
                for day, name in enumerate(("王敏", "李强", LONG_NAME, "赵志明", "周玉芳"))
            )
        },
    ),
    "meeting_minutes": Plain(
        "meeting_minutes",
        replace(HEAD, number="议 2026-015"),
        {
            "subject": "翠湖花园 3 号楼加装电动车充电棚",
            "kind": "居民议事会",
            "at": DAY + " 19:00",
            "where": "社区党群服务中心二楼",
            "host": "赵志明",
            "recorder": "王敏",
            "present": "楼栋长 3 人，居民代表 14 人，物业 2 人",
            "course": "周玉芳：棚子不要挡住消防通道。\n物业：可以放在东墙边，插座 20 个。",
            "agreed": "物业 12 月 10 日前画好图贴出来，居民没有不同意见再动工。",
        },
    ),
    "post_claim": Plain(
        "post_claim",
        numbered(HEAD, "FW", 11),
        {
            "name": "周志华",
            "body": "翠湖花园 3 号楼",
            "phone_masked": "139****0044",
            "post": "楼道清洁监督岗",
            "duties": "每周看一遍楼道，劝大家不堆杂物、不拉线充电。",
            "hours_a_week": "每周六 9:00–10:00",
            "from_on": DAY,
            "until_on": "2027 年 5 月 31 日",
        },
    ),
    "parcel_slip": Plain(
        "parcel_slip",
        replace(CASE, copy_label="", number="", compact=""),
        {
            "pick_up_code": "3-0217",
            "recipient": "刘*兰",
            "phone_tail": "2734",
            "company": "邮政快递",
            "tracking_tail": "88213",
            "shelf": "3 号架 2 层",
            "arrived_at": DAY + " 11:42",
            "collect_by": "2026 年 11 月 26 日",
        },
    ),
    "fee_sheet": Plain(
        "fee_sheet",
        numbered(HEAD, "DB", 12),
        {
            "resident": "刘桂兰",
            "phone_masked": "138****2734",
            "kind": "电费",
            "payee": "三原县供电公司",
            "account_tail": "****3308",
            "period": "2026 年 10 月",
            "amount": "86.40 元",
            "way": "本人手机",
            "voucher_no": "2026112300417",
            "paid_at": DAY + " 11:42",
            "agent": "王敏",
        },
    ),
}
