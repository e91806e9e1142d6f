"""What is wrong with a row that came in, and what is made of one, in sentences."""

from desk.domain.fields import FieldDef
from desk.errors import Problem
from desk.words.problems import problem_text

_SENTENCES = {
    "required": "这一格是空的，这一行没法收，请补上。",
    "rounded": "“{typed}”是 Excel 把长号码当数字存了，后几位已经丢了。请把这一列设成文本，按原件重填。",
    "unclear_month": "“{typed}”分不清是 1 月还是 10 月，请写成 2025-01 或 2025-10。",
    "twice": "和第 {row} 行是同一个号码，只收前面那一行。",
    "other_name": "本机登记的这个身份证号是“{name}”，姓名对不上，请核对是谁写错了。",
    "unknown_item": "事项目录里没有“{typed}”，请改成目录里的名称，或在上面选“没认出的都算作”。",
    "number_known": "编号“{typed}”以前已经导入过。",
    "order_of_days": "办结日期早于收件日期，请核对。",
    "future": "日期 {typed} 还没有到，请核对。",
    "no_case": "本窗口没有编号是“{typed}”的办件。",
    "unknown_status": "看不懂“{typed}”是什么结果，请在办件里自己登记。",
    "not_now": "办件现在是“{state}”，不能直接登记成“{typed}”，请到办件里看。",
    "asks_more": "这一步还要填“{label}”，请到办件里登记。",
    "many_cases": "“{typed}”对得上几件，请写全编号。",
}


def row_text(field: FieldDef | None, problem: Problem) -> str:
    """One problem of a row: the column's name and the sentence."""
    known = _SENTENCES.get(problem.code)
    said = known.format(**problem.facts) if known else problem_text(problem)
    return f"{field.label}：{said}" if field else said


def codes() -> frozenset[str]:
    """The codes that have a sentence here."""
    return frozenset(_SENTENCES)
