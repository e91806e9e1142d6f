"""What to say of a package: how far the writing is, and what became of one that came in."""

from collections.abc import Mapping

from desk.words.attachments import COMING

WRITING = "正在写到 U 盘"
COMPARING = "正在从 U 盘读回核对"
LISTS_FOUND = "县里的密钥表 {count} 份。"

_OUTCOMES: Mapping[str, str] = {
    "BAD_FILE": "这个文件不是上报包，或没有写完整；本机数据没有改动。请让对方重新拷一份。",
    "TOO_NEW": "这个包要用新版程序才能读；本机数据没有改动。请先安装新版程序，再来接收。",
    "UNKNOWN_KEY": "不认识发送单位的密钥，或密钥已经停用；文件已单独存放。请打电话向对方核对密钥。",
    "DAMAGED": "包在路上坏了，或被改动过；本机数据没有改动。请换一个 U 盘，让对方重新拷一份。",
    "MISROUTED": "这个包不是给本单位的，还留在 U 盘里。请转交给收件单位。",
    "ALREADY": "第 {seq} 号包以前收过，不用再收；原来的回执会再给对方一次。",
    "FORK": "第 {seq} 号包收过内容不同的另一份，文件已单独存放。请马上联系县里，查对方电脑是否恢复过旧备份。",
    "TOO_FAR": "包的编号是 {seq}，应到的是 {expected}，差得太多，没有收。请打电话向对方核对编号。",
    "HELD": "第 {seq} 号包先留着，前面还缺第 {expected} 号。请向对方要缺的包，补上后会自动接着收。",
    "READY": "第 {seq} 号包检查过了，可以接收。",
    "COMMITTED": "第 {seq} 号包已收下，回执已备好。请把回执拷给对方。",
    "TOTALS": "第 {seq} 号包的合计数目对不上，没有收，数据没有改动。请让对方重新发一份全量数据。",
}

_TRIALS: Mapping[str, str] = {
    "ALREADY": "第 {seq} 号包以前收过，再收也不会重复。",
    "FORK": "第 {seq} 号包收过内容不同的另一份，收不了。请马上打电话，查对方电脑是否恢复过旧备份。",
    "HELD": "第 {seq} 号包会先留着，前面还缺第 {expected} 号。请向对方要缺的包。",
    "COMMITTED": "第 {seq} 号包可以收下。",
    "TOTALS": "第 {seq} 号包的合计数目对不上，收不了。请让对方重新发一份全量数据。",
}
"""Where a package was only looked into; of the others the same is said as when it is received."""

_SHORT: Mapping[str, str] = {
    "BAD_FILE": "不是上报包",
    "TOO_NEW": "要新版程序",
    "UNKNOWN_KEY": "密钥不对",
    "DAMAGED": "坏了",
    "MISROUTED": "给别处的",
    "ALREADY": "收过了",
    "FORK": "内容不同",
    "TOO_FAR": "编号差太多",
    "HELD": "等前面的",
    "READY": "可以收",
    "COMMITTED": "已收下",
    "TOTALS": "合计不符",
}

_CONTENTS: Mapping[str, str] = {
    "ACK": "县里的回执，收到第 {seq} 号包为止，退回 {refused} 条。",
    "STATUS": "县里的通知 {orders} 条。",
    "CATALOG": "县里的第 {version} 版目录，{day} 起用。",
    "RESEND": "县里补发的第 {part} 份，一共 {of} 份，{events} 条记录。",
    "KEYS": "县里签了名的密钥表 {count} 份。",
}
"""What lies in a package of the county's, told before it is read in."""

_KEYS: Mapping[str, str] = {
    "revoked": "发送单位的密钥已经停用，没有收；文件已单独存放。请打电话核对，确实是对方的，让对方换密钥后重新上报。",
    "closed": "这个窗口已经换成新的数据，原来的包不再收；文件已单独存放。请把它交给窗口的技术人员看还缺不缺。",
    "roots": "这把公钥不在县里的根密钥表上，没有采用。请先接收县里最新的根密钥表；再不行马上打电话向县里核对。",
    "dates": "这个包的日期不在密钥的有效期里，没有收；文件已单独存放。请打电话让对方核对电脑日期和密钥。",
}
"""For a key that is known and does not count, by `why`."""

_TOO_LARGE = "这个文件太大，正常的文件到不了这么大，没有收；本机数据没有改动。请核对是不是拷错了文件，让对方重新拷一份。"

_ANSWERS: Mapping[str, str] = {
    "COMMITTED": "第 {seq} 号包的回执已收到，县里已收下到这一号为止的全部记录。",
    "ALREADY": "第 {seq} 号回执以前收过，不用再处理。",
    "HELD": "县里先留着第 {seq} 号包，前面还缺包。请再写一次上报包送去，缺的会一起补上。",
    "FORK": "县里第 {seq} 号包的内容和本机的不同。请马上联系县里，查这台电脑是否恢复过旧备份或被拷贝过。",
    "TOTALS": "第 {seq} 号包县里核对合计对不上，没有收；本机数据都在。请再写一次上报包，没回执的会全部重发一遍。",
}

_SCANNED: Mapping[str, str] = {
    "CUT": "这个回执码没有扫完整，什么也没有改。请把码放平再扫一次。",
    "FORGED": "这个回执码不是县里签发的，没有采用。请打电话向县里核对，重新要一张。",
    "ANOTHERS": "这个回执码是给别的窗口的，没有采用。请向县里要本窗口的。",
}

_GIVE_BACKS: Mapping[str, str] = {
    "PART": "县里补发的第 {part} 份已收下，一共 {of} 份，收齐后原来的办件才能接着办。",
    "TAKEN": "县里补发的已收齐：补回 {fresh} 条记录，本机多出的 {again} 条另行上报。原来的办件可以接着办了。",
    "ALREADY": "县里补发的以前收过，不用再处理。",
    "BEHIND": "县里有这个窗口更新的数据，本机的是旧的，没有收。请先看电脑日期对不对，再在这一页另起一套编号，请县里再补发一次。",
    "DIFFERS": "有 {count} 条记录两台电脑各办了一遍，没有并进去，另外留着。请负责人对照纸质材料，用办件页补上。",
}

_ROOT_LISTS: Mapping[str, str] = {
    "TAKEN": "县里的第 {number} 版根密钥表已收下，以后换公钥凭它核对。",
    "BAD_FILE": "根密钥表文件没有写完整，没有采用。请让县里重新拷一份。",
    "TOO_NEW": "根密钥表要用新版程序才能读，没有采用。请先安装新版程序。",
    "UNKNOWN_KEY": "第 {number} 版根密钥表不是本县的，没有采用。请打电话向县里核对。",
    "DAMAGED": "第 {number} 版根密钥表的签名不够数，没有采用。请马上打电话向县里核对。",
    "HELD": "第 {number} 版根密钥表前面还缺，没有采用。请让县里把各版一起拷来。",
    "ALREADY": "第 {number} 版根密钥表以前收过，不用再处理。",
    "PAST": "县里的第 {number} 版根密钥表过期了，还照样有效；请提醒县里换一版。",
    "PAST_HERE": "第 {number} 版根密钥表过期了，还照样有效；请两位保管人签一版新的（bianmin hub root draft）。",
}

_KEY_LISTS: Mapping[str, str] = {
    "TAKEN": "县里的第 {number} 版密钥表已收下，{desks} 个窗口的回执都能当场核对真假。",
    "RENEWED": "县里停用了本窗口换下来的那把密钥，它给新密钥签的字不算数了：请再写一次登记文件交给县里，打电话核对六个词；县里没有回执的会再报一次。",
    "OLD": "县里的第 {number} 版密钥表比已有的第 {held} 版旧，没有采用。",
    "BAD_FILE": "密钥表文件没有写完整，没有采用。请让县里重新拷一份。",
    "TOO_NEW": "密钥表要用新版程序才能读，没有采用。请先安装新版程序。",
    "UNKNOWN_KEY": "密钥表不是本县的，没有采用。请打电话向县里核对。",
    "DAMAGED": "密钥表的签名对不上，没有采用。请让县里重新拷一份，再对不上马上联系县里。",
}


class _Gaps(dict[str, object]):
    """Facts for the gaps of a sentence; one that is not known reads as a question mark."""

    def __missing__(self, name: str) -> str:
        return "？"


def outcome_text(code: str, facts: Mapping[str, object]) -> str:
    """The sentence for an outcome of the exchange format; `facts` fill its gaps (seq, expected) or say `why`.

    Raises:
        KeyError: there is no such outcome.
    """
    if facts.get("why") == "too_large":
        return _TOO_LARGE
    if code == "UNKNOWN_KEY" and facts.get("why") in _KEYS:
        return _KEYS[str(facts["why"])]
    return _OUTCOMES[code].format_map(_Gaps(facts)) + _lacking(facts)


def _lacking(facts: Mapping[str, object]) -> str:
    """That pictures its records name did not come along."""
    return COMING.format(count=facts["pictures"]) if facts.get("pictures") else ""


def trial_text(code: str, facts: Mapping[str, object]) -> str:
    """What would become of a package if it were received now.

    Raises:
        KeyError: there is no such outcome.
    """
    if code in _TRIALS and facts.get("why") != "too_large":
        return _TRIALS[code].format_map(_Gaps(facts))
    return outcome_text(code, facts)


def short_outcome(code: str, *, looked: bool) -> str:
    """A word for a list; `looked`: the package was only looked into.

    Raises:
        KeyError: there is no such outcome.
    """
    return _SHORT["READY" if looked and code == "COMMITTED" else code]


def contents_text(kind: str, **facts: object) -> str:
    """What lies in a package of the county's of this kind.

    Raises:
        KeyError: nothing is said of this kind.
    """
    return _CONTENTS[kind].format_map(_Gaps(facts))


def answer_text(code: str, seq: int) -> str:
    """What the county's answer means for package `seq`, said at the desk.

    Raises:
        KeyError: the desk is told nothing of this outcome.
    """
    return _ANSWERS[code].format(seq=seq)


def key_list_text(code: str, facts: Mapping[str, object]) -> str:
    """What became of the county's key list; `facts`: number, held, desks.

    Raises:
        KeyError: nothing is said of this outcome.
    """
    return _KEY_LISTS[code].format_map(_Gaps(facts))


def key_code_text(*, same: bool) -> str:
    """Whether the key whose code was scanned is the one held here."""
    if same:
        return "扫到的和本机收下的县里公钥是同一把，可以放心上报。"
    return "扫到的和本机收下的县里公钥不是同一把。请先不要上报，打电话向县里重新要公钥文件。"


def give_back_text(code: str, **facts: int) -> str:
    """What became of the county's give-back.

    Raises:
        KeyError: nothing is said of this outcome.
    """
    return _GIVE_BACKS[code].format_map(_Gaps(facts))


def root_list_text(code: str, number: int) -> str:
    """What became of a root list of the county.

    Raises:
        KeyError: nothing is said of this outcome.
    """
    return _ROOT_LISTS[code].format(number=number)


def scanned_text(code: str) -> str:
    """Why a scanned acknowledgement was not taken.

    Raises:
        KeyError: nothing is said of this outcome.
    """
    return _SCANNED[code]


def answer_codes() -> frozenset[str]:
    """The outcomes a county's answer is read out for."""
    return frozenset(_ANSWERS)


def outcome_codes() -> frozenset[str]:
    """The outcomes that have a sentence."""
    return frozenset(_OUTCOMES)
