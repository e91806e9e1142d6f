"""What to say of a paper whose code was read: genuine, altered, or of a desk nobody here knows."""

from collections.abc import Mapping, Sequence

TITLES: Mapping[str, str] = {
    "genuine": "真的",
    "altered": "被改动过",
    "unknown": "认不出是哪个窗口的",
    "revoked": "不能认",
    "newer": "先不要认",
    "unsigned": "看不出真假",
}
_TEXTS: Mapping[str, str] = {
    "genuine": "{issuer}{issued}出具的{title}，编号 {number}{item}{due}{revoked}",
    "altered": "这张纸的码和签名对不上，不能认；请按编号查原来的记录，或打电话向出具的窗口核对",
    "unknown": "这台电脑的密钥表里没有出具的窗口，真假都不能说；请到“同步”页读一次县里的密钥表，或打电话核对",
    "revoked": "{issuer}的密钥 {revoked_on}停用，这张纸写的是 {issued}出具；请打电话向县里核对",
    "newer": "这张纸的码这个版本读不懂，或者被改动过，或者是新版程序出的；请按编号查原来的记录，或装了新版程序再核对",
    "unsigned": "这不是带签名的回执码；请扫纸上的二维码，不要扫条形码，也不要只输编号",
}
_ITEM, _DUE = "，事项 {item}", "，办理期限 {due}"
_REVOKED = "；这个窗口的密钥 {day}停用，请再打电话核对一次"
NAME_FITS, NAME_DIFFERS = "姓名与码里的相符", "姓名与码里的不符，不能认"
NOT_ON_RECORD = "签名是真的，但这里的记录里没有出过这一张，请查明来历"


def verdict_sentence(verdict: str, facts: Mapping[str, str]) -> str:
    """One sentence that begins with the verdict; `facts`: issuer, issued, title, number, item, due, revoked_on.

    Raises:
        KeyError: there is no such verdict.
    """
    return f"{TITLES[verdict]}：{verdict_text(verdict, facts)}"


def verdict_text(verdict: str, facts: Mapping[str, str]) -> str:
    """The same without the verdict, its full stop at the end.

    Raises:
        KeyError: there is no such verdict.
    """
    known = {
        **facts,
        "item": _ITEM.format(item=facts["item"]) if facts.get("item") else "",
        "due": _DUE.format(due=facts["due"]) if facts.get("due") else "",
        "revoked": _REVOKED.format(day=facts["revoked_on"]) if facts.get("revoked_on") else "",
    }
    return f"{_TEXTS[verdict].format_map(known)}。"


def brief(name: str, issued: str, due: str) -> str:
    """A genuine paper that agrees with the record, in one breath."""
    until = f"，办理期限 {due}" if due else ""
    return f"回执是真的：{name}，{issued}出具{until}，和记录一致。"


def difference(labels: Sequence[str]) -> str:
    """Which facts of a genuine paper are not those on record any more; '' for none."""
    return f"和这里的记录不同：{'、'.join(labels)}。" if labels else ""
