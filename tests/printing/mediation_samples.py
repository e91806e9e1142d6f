"""The papers of a mediation, filled in for invented neighbours."""

from dataclasses import replace

from tests.printing.plain_heads import ADDRESS, DAY, HEAD, LATER, LONG_NAME, Plain, Rows, numbered

COMMITTEE = replace(
    numbered(HEAD, "TJ", 12), issuer="池阳社区人民调解委员会", number="（2026）人调字第 12 号"
)
PARTIES: Rows = (
    {
        "role": "甲方",
        "name": "张秀英",
        "sex": "女",
        "ethnic": "汉族",
        "age": "62",
        "job": "退休",
        "phone": "138****2734",
        "address": "翠湖花园 3 号楼 2 单元 502 室",
    },
    {
        "role": "乙方",
        "name": LONG_NAME,
        "sex": "男",
        "ethnic": "维吾尔族",
        "age": "45",
        "job": "个体经营",
        "phone": "139****0098",
        "address": "翠湖花园 3 号楼 2 单元 602 室",
    },
)
FACTS = (
    "2026 年 11 月 8 日晚，乙方家中厨房水管接头松脱，漏水渗到楼下甲方厨房和客厅，吊顶、木地板和一组橱柜被泡。"
    "双方对损失多少、由谁修复意见不同，甲方到社区请求调解。"
)
TERMS = (
    "1. 乙方赔偿甲方吊顶、地板和橱柜的修复费用共 4600 元。\n"
    "2. 乙方在 7 日内请人换好厨房水管接头，费用自理；甲方同意工人进出两家检查。\n"
    "3. 甲方收到上述款项后，不再就这次漏水提出其他要求。"
)


MEDIATION: dict[str, Plain] = {
    "mediation_register": Plain(
        "mediation_register",
        COMMITTEE,
        {
            "party_a": "张秀英",
            "party_b": LONG_NAME,
            "contact_a": "翠湖花园 3 号楼 2 单元 502 室　138****2734",
            "contact_b": ADDRESS,
            "kind": "邻里、水管漏水",
            "source": "当事人申请",
            "facts": FACTS,
            "wish": "请乙方赔偿损失，尽快修好水管。",
            "on": DAY,
        },
    ),
    "mediation_rights": Plain(
        "mediation_rights",
        COMMITTEE,
        {"party_a": "张秀英", "party_b": LONG_NAME, "mediators": "赵志明、王敏", "on": DAY},
    ),
    "mediation_inquiry": Plain(
        "mediation_inquiry",
        COMMITTEE,
        {
            "at": DAY + " 15:10",
            "where": "社会治理调解室",
            "matter": "楼上漏水赔偿",
            "present": "楼栋长 周玉芳",
            "asked": LONG_NAME,
            "asked_sex": "男",
            "asked_age": "45",
            "asked_ethnic": "维吾尔族",
            "asked_job": "个体经营",
            "asked_phone": "139****0098",
            "asked_address": ADDRESS,
            "inquirer": "赵志明",
            "recorder": "王敏",
            "told": "问：那天晚上漏水您知道吗？\n答：知道。晚上十点多听见水声，接头松了，我关了总阀。\n"
            "问：楼下的损失您看过没有？\n答：第二天看过，吊顶和地板确实泡了，橱柜我觉得原来就旧。",
        },
    ),
    "mediation_record": Plain(
        "mediation_record",
        COMMITTEE,
        {
            "at": DAY + " 16:30",
            "where": "社会治理调解室",
            "party_a": "张秀英",
            "party_b": LONG_NAME,
            "present": "楼栋长 周玉芳",
            "mediators": "赵志明、王敏",
            "recorder": "王敏",
            "course": "　　"
            + FACTS
            + "\n　　调解员讲明相邻关系和侵权责任的规定，双方看了现场照片和修理报价，各让一步。",
            "outcome": "达成书面协议",
        },
    ),
    "mediation_agreement": Plain(
        "mediation_agreement",
        COMMITTEE,
        {
            "on": DAY,
            "facts": "　　" + FACTS,
            "terms": TERMS,
            "performance": "赔偿款于 2026 年 11 月 30 日前在社会治理调解室当面付清；水管由乙方在 11 月 30 日前修好。",
            "copies": "三",
            "confirm_by": "2026 年 12 月 23 日",
        },
        {"parties": PARTIES},
    ),
    "mediation_oral": Plain(
        "mediation_oral",
        COMMITTEE,
        {
            "on": DAY,
            "kind": "邻里",
            "facts": "乙方晚上练琴影响甲方休息。",
            "terms": "乙方晚上九点以后不练琴；甲方有意见当面说，不敲墙。",
            "performance": "即日起履行。",
            "mediators": "赵志明",
        },
        {"parties": PARTIES},
    ),
    "mediation_follow_up": Plain(
        "mediation_follow_up",
        COMMITTEE,
        {
            "at": LATER + " 10:00",
            "way": "上门",
            "party_a": "张秀英",
            "party_b": LONG_NAME,
            "agreement_no": "（2026）人调字第 12 号",
            "agreed_on": DAY,
            "visited": "张秀英",
            "performed": "已履行",
            "satisfied": "满意",
            "growing": "没有",
            "told": "赔偿款 11 月 29 日付清，水管 11 月 27 日修好，两家见面打招呼。",
        },
    ),
    "judicial_confirmation": Plain(
        "judicial_confirmation",
        replace(COMMITTEE, number=""),
        {
            "on": LATER,
            "committee": "池阳社区人民调解委员会",
            "agreed_on": DAY,
            "agreement_no": "（2026）人调字第 12 号",
            "confirm_by": "2026 年 12 月 23 日",
            "facts": "　　" + FACTS + "经调解双方自愿达成协议，内容合法，请求确认。",
            "court": "三原县人民法院",
        },
        {"parties": tuple({**party, "role": "申请人"} for party in PARTIES)},
    ),
    "mediation_contents": Plain(
        "mediation_contents",
        COMMITTEE,
        {"matter": "张秀英与楼上邻居漏水赔偿纠纷", "party_a": "张秀英", "party_b": LONG_NAME},
        {
            "papers": tuple(
                {"name": name, "must": "必须", "pages": str(page)}
                for page, name in enumerate(
                    ("受理登记表", "权利义务告知书", "身份证明", "调解记录", "调解协议书", "封底"),
                    1,
                )
            )
        },
    ),
    "mediation_summary": Plain(
        "mediation_summary",
        COMMITTEE,
        {
            "matter": "张秀英与楼上邻居漏水赔偿纠纷",
            "pieces": "9",
            "pages": "14",
            "changes": "没有缺损、修改、补充和移出。",
            "told": "现场照片 6 张附在证据材料后面。",
            "on": LATER,
        },
    ),
    "mediation_cover": Plain(
        "mediation_cover",
        COMMITTEE,
        {
            "matter": "张秀英与楼上邻居漏水赔偿纠纷",
            "pages": "14 页",
            "filed_by": "王敏",
            "checked_by": "赵志明",
            "kept": "5 年",
            "on": LATER,
        },
    ),
}
