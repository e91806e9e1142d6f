"""A short sentence for every failure the desk can name: what happened, what is safe, what to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desk import errors
from desk.errors import DeskError
from desk.words import attachments, undoing


@dataclass(frozen=True, slots=True)
class Words:
    """What the clerk reads: a title and a sentence."""

    title: str
    text: str


def words(error: Exception) -> Words:
    """The words for `error`; for a class without its own, those of its nearest parent that has some."""
    for kind in type(error).__mro__:
        if kind in _FIXED:
            return _FIXED[kind]
        if kind in _TOLD:
            return _TOLD[kind](error)
    return BUG


BUG = Words(
    "程序出了差错",
    "刚才这一步没有完成，已经保存的办件都在。请再试一次；仍不行就关掉程序重开，并告诉县里的技术人员。",
)

_FIXED: dict[type[BaseException], Words] = {
    errors.UserError: Words(
        "这一步不能这样办", "没有改动任何内容。请看页面上的说明，换一种办法再试。"
    ),
    errors.OfficeError: Words(
        "电脑或文件出了故障",
        "这一步没有保存，以前保存的办件都在。请再试一次，不行就联系县里的技术人员。",
    ),
    errors.ChangedMeanwhile: Words(
        "别的窗口刚刚改过这件",
        "你的这一步没有保存，别人的改动还在。页面会换成最新内容，请看过后再办。",
    ),
    errors.NotFound: Words(
        "这里没有找到", "本窗口的数据里没有这一项。请核对编号，或用姓名、证件号再查一次。"
    ),
    errors.CaseErased: Words(
        "这件已经到期删除",
        "按保管期限删除过了，只留编号、事项和日期，没有别的内容可看。别的办件都在，请按编号核对纸质档案。",
    ),
    errors.NotDue: Words(
        "现在不能删除",
        "没有删除任何内容。没到保管期限、依法保留着、或者电脑日期还没核对的，都不能删。请刷新后再看。",
    ),
    errors.NumbersExhausted: Words(
        "今天的编号用完了",
        "本窗口一天最多 9999 个编号，已有的办件都在。请换别的窗口办，明天从 1 号重新开始。",
    ),
    errors.NotGranted: Words(
        "你没有办这一步的权限", "没有改动任何内容。请有权限的同事登录来办，或请负责人给你开通。"
    ),
    errors.NeedsSecondPerson: Words(
        "这一步要第二个人同意",
        "没有改动任何内容。请负责人（或另一位同事）到窗口来，看过后输入他自己的密码。",
    ),
    errors.LastLead: Words(
        "至少要留一位负责人",
        "没有改动任何内容。请先让另一位同事当负责人，再改这一位。",
    ),
    errors.SignInRefused: Words(
        "姓名和密码对不上", "请看看大写锁定和输入法，再输一次。忘了密码请找负责人。"
    ),
    errors.RecoveryUnproved: Words(
        "第一件受理以前，先核对恢复密钥",
        "填的内容都还在。请拿出打印的那一页照着输一遍；找不到了，请负责人到“设置”的“操作员”里点“换数据密钥”，会换一页新的。",
    ),
    errors.NoCountySlot: Words(
        "县里打不开这里的数据",
        "收下县里的公钥、登录过以后，县里才打得开。没有改动任何内容。请用打印的恢复密钥，或找收下公钥以后的备份。",
    ),
    errors.CountyKeyWrong: Words(
        "这把离线恢复密钥对不上",
        "这里的数据是留给县里另一把的，没有改动任何内容。县里换过离线恢复密钥的，请找出换以前的那把，再运行一次。",
    ),
    errors.ItemGone: Words(
        "这个事项已经停办",
        "县里的新目录里没有这一项了，没有改动任何内容。请换一个事项，或打电话问县里。",
    ),
    errors.WindowTaken: Words(
        "这个窗口已经登记过",
        "同一个社区的这个窗口已有另一台电脑登记。没有改动任何内容。请核对窗口号，换过电脑的先停用旧的。",
    ),
    errors.DatabaseFollowed: Words(
        "这份登记文件来自旧数据",
        "县里已有接着它办的新数据，没有登记，也没有改动任何内容。请打电话让窗口在“同步”页按“县里说本机数据旧了”另起一套编号，"
        "再写一份登记文件来。",
    ),
    errors.EarlierCasesWait: Words(
        "这件要等县里的补发包",
        "本机换成了新的数据，原来的办件县里可能还有更新的记录，先收县里的补发包再办，免得两边各办各的。没有改动任何内容；"
        "新来的人可以照常受理。",
    ),
    errors.DatabaseCopied: Words(
        "这台电脑的数据恢复过或被拷贝过",
        "别处有本窗口更新的上报包，接着写会和它冲突，所以没有写。办件都在。请联系县里，在“同步”页另起一套编号再上报。",
    ),
    errors.NotEnrolled: Words(
        "还没有县里的公钥",
        "没有公钥不能加密上报，办件都留在本机。请到“同步”页，先从县里的 U 盘接收公钥。",
    ),
    errors.Cancelled: Words("已取消", "没有改动任何内容。需要时可以重新开始。"),
    errors.FolderUnusable: Words(
        "这个数据文件夹不能用",
        "文件夹建不起来，或不准往里写，没有留下任何数据。请换一个文件夹，或请技术人员开通写的权限。",
    ),
    errors.OfficeBusy: Words(
        "程序已经开着",
        "这个数据文件夹正由另一个程序使用，数据没有动。请切换到已打开的窗口，或关掉它再试。",
    ),
    errors.OfficeNewer: Words(
        "数据是新版程序写的",
        "为了不弄坏数据，这个旧版程序没有打开它，也没有改动。请安装新版程序后再打开。",
    ),
    errors.OfficeOlder: Words(
        "数据还没有换成这一版的样子",
        "现在只看不改，所以没有打开，也没有改动。请照常启动，程序会先备份再换；打不开再联系县里的技术人员。",
    ),
    errors.OfficeReadOnly: Words(
        "现在只能看，不能改",
        "程序是以安全模式打开的，这一步没有保存，以前保存的办件都在。要接着办事，请关掉程序重开，登录后点“照常启动”。",
    ),
    errors.StoreUnreachable: Words(
        "连不上数据库服务器",
        "服务器没有应答，或者不让登录。数据没有改动。请核对地址、用户名和口令，看看服务器开着没有，再试一次。",
    ),
    errors.DiskFull: Words(
        "磁盘满了",
        "刚才这一步没有保存，以前保存的办件都在。请清理磁盘、腾出 1 GB 以上空间，再办一次。",
    ),
    errors.DiskFailed: Words(
        "磁盘读写出错",
        "刚才这一步没有保存，以前保存的办件都在。请先不要关机，马上联系县里的技术人员检查磁盘。",
    ),
}

_REASONS_NOT_ALLOWED = "页面会换成最新状态，请按现在能办的步骤继续。"

_STICK_STEPS = {
    "write": "写到 U 盘时出错",
    "read": "读 U 盘时出错",
    "verify": "从 U 盘读回核对时对不上",
    "space": "U 盘空间不够",
    "many": "文件夹里的文件太多",
}

# The outcome codes of the exchange format: why, and what to do next.
_PACKAGE_REASONS = {
    "BAD_FILE": ("文件不是上报包，或没有写完整", "请重新拷一份，写完核对后再拔 U 盘。"),
    "TOO_NEW": ("这个包是新版程序写的", "请先安装新版程序，再来接收。"),
    "UNKNOWN_KEY": (
        "不认识发送单位的密钥，或密钥已经停用",
        "文件已单独存放。请打电话向对方核对密钥。",
    ),
    "DAMAGED": ("文件在路上坏了", "请换一个 U 盘，让对方重新拷一份。"),
    "MISROUTED": ("这个包不是给本单位的", "文件还在 U 盘里，请转交给收件单位。"),
    "ALREADY": ("这个包以前收过", "不用再收，可以把回执再给对方一次。"),
    "FORK": (
        "同一编号收到过内容不同的包",
        "文件已单独存放。请马上联系县里，查一查是否有电脑恢复过旧备份。",
    ),
    "HELD": ("前面还有包没有收到", "这个包先留着，补上前面的包会自动接着收。"),
    "TOTALS": ("核对合计时数目对不上", "请让对方重新发一份全量数据。"),
}

# Why a file that came in was not taken, and what to do next.
TABLE_REASONS = {
    "unreadable": ("文件读不出来", "请看看 U 盘插好没有，或把文件拷到桌面再选一次。"),
    "empty": ("表里没有内容", "请核对是不是选错了文件、选错了工作表，或者标题行选得太靠下。"),
    "too_large": ("文件超过 20 MB", "请去掉表里的图片，或分成几份再导入。"),
    "rows": ("表里超过 5000 行", "请分成几份，每份不超过 5000 行，一份一份地导入。"),
    "columns": ("表里超过 200 列", "请只留要导入的列，另存一份再选。"),
    "long_cell": ("有一格的字太多，Excel 自己也放不下", "请改短那一格，再选一次。"),
    "bomb": (
        "文件展开后太大",
        "请在 WPS 或 Excel 里打开，把要导入的表复制到一个新文件，再选一次。",
    ),
    "macros": ("文件里带着宏或嵌入的东西", "请在 WPS 或 Excel 里另存为不带宏的 .xlsx，再选一次。"),
    "links": ("表里引用了别的文件", "请把数字粘贴成“只有数值”，另存一份 .xlsx，再选一次。"),
    "locked": ("文件加了密码", "请在 WPS 或 Excel 里去掉密码，另存一份再选。"),
    "old_or_locked": (
        "文件是旧的 .xls，或加了密码",
        "请在 WPS 或 Excel 里打开，另存为不加密码的 .xlsx，再选一次。",
    ),
    "no_sheet": ("没有这张工作表", "请重新选一张工作表。"),
    "encoding": (
        "看不出文件用的是哪种文字编码",
        "请在 WPS 或 Excel 里打开，另存为 .xlsx，再选一次。",
    ),
    "too_long": ("文件 30 秒还没有读完", "请只留要导入的行和列，另存一份再选。"),
    "json_shape": (
        "文件的写法和约定的不一样",
        "请核对选的是哪一种，再请对方按说明书里的样例重新导出。",
    ),
    "not_a_table": (
        "文件不是 .xlsx 或 .csv 表格，或者已经坏了",
        "请在 WPS 或 Excel 里打开，另存为 .xlsx，再选一次。",
    ),
}


def _table(error: Any) -> Words:
    why, then = TABLE_REASONS.get(error.code, TABLE_REASONS["not_a_table"])
    return Words("这个文件没有收", f"{why}，本机的数据没有改动。{then}")


def _fields(error: Any) -> Words:
    count = len(error.problems)
    return Words(f"有 {count} 处要改", "填的内容都还在，没有丢。请按红字改好，再办一次。")


def _not_allowed(error: Any) -> Words:
    why = f"{error.reason}。" if error.reason else ""
    return Words("现在不能办这一步", f"{why}没有改动任何内容。{_REASONS_NOT_ALLOWED}")


def _not_eligible(error: Any) -> Words:
    clauses = "；".join(error.clauses)
    return Words("不符合申请条件", f"{clauses}。填的内容都还在，可以改正，或出具不予受理通知书。")


def _materials(error: Any) -> Words:
    names = "、".join(error.names)
    return Words(
        f"还差 {len(error.names)} 份材料", f"{names}。填的内容都还在，请补齐，或出具一次性告知书。"
    )


def _paused(error: Any) -> Words:
    wait = f"{error.seconds} 秒" if error.seconds < 90 else f"{-(-error.seconds // 60)} 分钟"
    return Words("试的次数太多", f"为防别人猜密码，请等 {wait}后再输。数据都是安全的。")


def _recovery(error: Any) -> Words:
    return Words(
        f"第 {error.group} 组对不上", "请对着打印的恢复密钥，把这一组重新输一次；其他组不用重输。"
    )


def _catalog(error: Any) -> Words:
    first = error.faults[0] if error.faults else ""
    return Words(
        "事项目录有错，没有采用",
        f"共 {len(error.faults)} 处，第一处：{first}。原来的目录和办件都在，请把这句话告诉县里。",
    )


def _stick(error: Any) -> Words:
    what = _STICK_STEPS.get(error.step, "U 盘读写出错")
    if error.step == "many":
        return Words(
            what,
            "一份也没有收，本机的数据没有改动。请核对是不是选错了文件夹，或把旧文件移到别处，再做一次。",
        )
    return Words(what, "本机的数据都在，一条没少。请换一个 U 盘，或拔下重新插好，再做一次。")


def _package(error: Any) -> Words:
    if error.facts.get("why") == "too_large":
        return Words("这个文件没有收", "文件太大，本机的数据没有改动。请核对是不是选错了文件。")
    why, then = _PACKAGE_REASONS.get(error.code, ("这个包通不过检查", "请向发送单位要一个新的包。"))
    return Words("这个包没有收", f"{why}，本机的数据没有改动。{then}")


def _damaged(error: Any) -> Words:
    return Words(
        "数据文件打不开",
        f"文件“{error.what}”读出来不对，程序没有改动它。请不要删除文件夹，先把它整个拷一份，马上联系县里的技术人员。",
    )


_UNFIT = {
    "address": "地址写得不对。请写成 postgresql+psycopg://用户@主机/数据库 的样子",
    "driver": "这台电脑没有装 PostgreSQL 的连接组件。请按说明书装好“county”组件",
    "encoding": "它不是 UTF-8 编码。请按说明书用 UTF8 编码另建一个空数据库",
    "order": "它不按字节排序。请按说明书用 LOCALE 'C' 另建一个空数据库",
    "taken": "里面已经有数据。请换一个空数据库",
}


_ON_SERVER = {
    "backup": "请用 pg_dump 备份，并按说明书演练恢复",
    "new_key": "怀疑密钥外泄，请管服务器的人换磁盘的加密和数据库的密码",
}


def _unfit(error: Any) -> Words:
    if error.why in _ON_SERVER:
        return Words("数据在 PostgreSQL 上", f"没有改动任何内容。{_ON_SERVER[error.why]}。")
    return Words("这个数据库不能用", f"没有改动任何内容。{_UNFIT[error.why]}，再运行一次。")


def _attachment(error: Any) -> Words:
    return Words(*attachments.refusal(error.code, error.most))


def _lost(error: Any) -> Words:
    why = attachments.READS_OTHERWISE if error.there else attachments.NOT_THERE
    return Words("这份影像打不开", why)


def _kept(error: Any) -> Words:
    return Words("这一步不能撤销", undoing.cannot_text(error.why))


_TOLD: dict[type[BaseException], Callable[[Any], Words]] = {
    errors.CannotUndo: _kept,
    errors.StoreUnfit: _unfit,
    errors.FieldsRefused: _fields,
    errors.ActionNotAllowed: _not_allowed,
    errors.NotEligible: _not_eligible,
    errors.MaterialsMissing: _materials,
    errors.SignInPaused: _paused,
    errors.RecoveryKeyWrong: _recovery,
    errors.CatalogRejected: _catalog,
    errors.StickTrouble: _stick,
    errors.PackageRefused: _package,
    errors.TableRefused: _table,
    errors.AttachmentRefused: _attachment,
    errors.AttachmentLost: _lost,
    errors.OfficeDamaged: _damaged,
}


def has_own_words(kind: type[DeskError]) -> bool:
    """Whether this very class has words of its own; a test walks all classes with it."""
    return kind in _FIXED or kind in _TOLD
