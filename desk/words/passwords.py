"""What to say about a password that is not taken."""

from desk.errors import Problem

_SENTENCES = {
    "too_short": "密码至少要 {min} 位。可以用几个不相干的词连起来，好记又难猜。",
    "too_long": "密码最多 {max} 位，请改短一些。",
    "all_digits": "只用数字的密码至少要 {min} 位，请加长，或加上字母。",
    "too_common": "这个密码用的人太多，很容易被猜到，请换一个。",
    "too_plain": "密码要有大写字母、小写字母、数字、其他符号（汉字也算）里的三种，请加上一两位。",
    "same_as_before": "新密码和原来的一样，请换一个。",
    "local_word": "密码里主要是社区名、电话、年份这类旁人知道的内容，请换一个。",
}


def password_problem_text(problem: Problem) -> str:
    """The sentence for one problem of `desk.keyring.check_password`.

    Raises:
        KeyError: there is no sentence for this code.
    """
    return _SENTENCES[problem.code].format(**problem.facts)


def password_problem_codes() -> frozenset[str]:
    """The codes that have a sentence."""
    return frozenset(_SENTENCES)
