"""Why a scan or photo was not taken, and what is said of those on file."""

from types import MappingProxyType

TITLE = "这份影像没有收"
KEPT = "已经收的影像和填的内容都在"
LOST = "有 {count} 份材料影像找不到"
BROKEN = "有 {count} 份材料影像读出来不对"
NOT_COME = "有 {count} 份材料影像还没有随包来"
COMING = "其中 {count} 份材料影像没有随包来，请让对方补发。"

NOT_THERE = (
    "它的文件不在这台电脑上，办件和别的影像都在。刚恢复过备份的，请先同步，等县里发回来；"
    "一直没有，请居民再带原件来拍一次。"
)
READS_OTHERWISE = (
    "它的文件读出来和存的时候不一样，办件和别的影像都在。请联系县里的技术人员从备份里取回，"
    "或请居民再带原件来拍一次。"
)

_REASONS = MappingProxyType(
    {
        "too_large": ("文件超过 {most} 兆", "请把分辨率调低再拍一张，或分成几份"),
        "too_many": ("这一件已经有 {most} 份影像，收满了", "请先删去重复的"),
        "kind": ("只收照片（JPG、PNG）和 PDF", "请另存成其中一种再收"),
        "empty": ("文件是空的，可能还没有写完", "请等几秒再选一次"),
        "unreadable": ("文件读不出来", "请核对 U 盘或高拍仪的文件夹还在不在，再选一次"),
        "damaged": ("图片或 PDF 坏了，打不开", "请重新拍一张，或重新扫描"),
        "too_wide": ("图片的尺寸超过 {most} 百万像素", "请把分辨率调低再拍一张"),
        "too_slow": ("文件太复杂，半分钟还没有读完", "请改成照片再收"),
        "locked": ("PDF 设了密码", "请去掉密码另存一份再收"),
        "pages": ("PDF 超过 {most} 页", "请只留要交的几页，另存一份再收"),
        "twice": ("这一件已经有同样的一份", "不用再收，可以在下面看"),
        "nothing": ("剪贴板里没有图片", "请先复制一张图片，再点“粘贴”"),
    }
)


def refusal(code: str, most: int) -> tuple[str, str]:
    """Title and sentence for an `AttachmentRefused`."""
    why, then = _REASONS.get(code, _REASONS["damaged"])
    return TITLE, f"{why.format(most=most)}，{KEPT}。{then}。"
