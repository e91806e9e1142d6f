"""Sentences for what cannot be taken at the first start."""

from collections.abc import Mapping

from desk.errors import Problem

_SENTENCES: Mapping[str, str] = {
    "required": "请填{label}。",
    "too_long": "{label}最多 {max} 个字，请缩短。",
    "community_code_12": "区划代码是 12 位数字，请照公章备案或统计用区划代码填写。",
    "window_1_99": "窗口号填 1 到 99 的数字，同一个大厅里不能重复。",
    "password_differs": "两次输的密码不一样，请再输一次。",
    "too_short": "密码至少要 {min} 个字符，请加长。",
    "all_digits": "密码不能全是数字，请加上字母或汉字拼音。",
    "too_common": "这个密码太常见，容易被猜中，请换一个。",
    "local_word": "密码里不要用社区名、电话、姓名这些别人知道的词，请换一个。",
}
_ELSE = "{label}这样填不能用，请改一改。"


def sentence(problem: Problem, label: str) -> str:
    """What to say beside the field named `label`."""
    pattern = _SENTENCES.get(problem.code, _ELSE)
    return pattern.format_map({"label": label, "min": "?", "max": "?", **problem.facts})


def has_sentence(code: str) -> bool:
    """Whether `code` has a sentence of its own; a test asks for all codes."""
    return code in _SENTENCES
