"""A short sentence for every problem with a field: what is wrong and what to type."""

from desk.errors import Problem
from desk.words.passwords import password_problem_codes, password_problem_text

_SENTENCES = {
    "required": "还没有填，请填写。",
    "too_long": "最多 {max} 个字，请改短一些。",
    "stripped": "里面有看不见的控制字符，已经去掉，请看看内容对不对。",
    "not_bool": "请选“是”或“否”。",
    "not_folder": "这个文件夹打不开，或者是程序自己的，请另选一个。",
    "not_choice": "没有“{typed}”这个选项，请从列表里选。",
    "one_choice": "只能选一个，请留下一个。",
    "not_int": "请填整数，如 3。",
    "too_much": "最多 {most}，请改小一些。",
    "not_money": "请填金额，如 1280.50。",
    "money_cents": "金额最多两位小数，请填到分，如 1280.50。",
    "money_range": "金额不能超过 {most} 元，请看看是不是多打了几位。",
    "not_date": "请填日期，如 2026-11-23 或 20261123。",
    "no_such_day": "没有“{typed}”这一天，请核对月份和日子。",
    "not_month": "请填年月，如 2026-11。",
    "no_such_month": "没有“{typed}”这个月，月份请填 1 到 12。",
    "year_range": "年份请填 {first} 到 {last} 之间的。",
    "day_range": "日期应在 {first} 到 {last} 之间，请核对。",
    "not_account": "账号是 8 到 30 位数字，请对着卡或存折再输一次。",
    "phone": "请填 11 位手机号，或带区号的座机，如 029-32280000。",
    "id_length": "身份证号应是 {need} 位，现在是 {have} 位，请对着证件补齐。",
    "id_characters": "身份证号前 17 位是数字，最后一位是数字或 X，请对着证件再输一次。",
    "id_date": "第 7 到 14 位“{digits}”不是日期，请对着证件核对出生日期。",
    "id_future": "号码里的出生日期 {birth} 还没有到，请对着证件核对。",
    "id_check": "最后一位对不上，号码里有一位输错了，请对着证件再输一次。",
    "id_check_advice": "号码的最后一位按常规对不上，请再看一眼证件；没有输错可以继续。",
    "id_converted": "15 位旧号码已换成 18 位：{number}，请核对。",
    "region_unknown": "号码开头 {region} 不在现在的区划表里，可能是撤并过的县，没有输错可以继续。",
    "id_other_characters": "证件号码只有字母和数字，请对着证件再输一次。",
    "id_other_length": "证件号码应是 {least} 到 {most} 位，现在是 {have} 位，请对着证件核对。",
    "agent_is_applicant": "这是申请人自己的证件号码。本人来办请点“改回本人办理”，别人来办请填来人的号码。",
    "agent_namesake": "和申请人同名。本人来办请点“改回本人办理”；来的确是另一个人，可以继续。",
    "name_taken": "已经有同名的操作员，请在姓名后加一个字区分，如“王敏（东）”。",
    "community_code_12": "社区代码是 12 位数字，前 6 位是县的区划代码，请核对。",
    "had_before": "“{typed}”这一件已经用过，请填新的。",
    "site_owned": "这一项归社区填写，县里只能请社区更正。",
    "unchanged": "还是原来的内容，请改好再办；不用改就关上。",
    "not_here": "这件事项没有这一项，请从列出的里面选。",
    "window_1_99": "窗口号请填 1 到 99 的整数。",
}

_CHOOSING = ("choice", "bool")
_NOT_CHOSEN = "还没有选，请选一个。"


def problem_text(problem: Problem) -> str:
    """The sentence for one problem of a field.

    Raises:
        KeyError: there is no sentence for its code.
    """
    if problem.code == "required" and problem.facts.get("kind") in _CHOOSING:
        return _NOT_CHOSEN
    if problem.code not in _SENTENCES:
        return password_problem_text(problem)
    return _SENTENCES[problem.code].format(**problem.facts)


def problem_codes() -> frozenset[str]:
    """The codes that have a sentence."""
    return frozenset(_SENTENCES) | password_problem_codes()
