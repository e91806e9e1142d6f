"""What is said when the program's own files are not as they were built."""

from collections.abc import Sequence
from typing import Protocol

MOST = 5
KINDS = {"changed": "改过的", "missing": "缺少的", "planted": "多出来的"}
TITLE = "程序自己的文件和出厂时不一样"
THEN = "办件数据没有动。请不要再用这一份程序，联系县里的技术人员重新安装。"


class Found(Protocol):
    """File names by what is wrong with them."""

    @property
    def changed(self) -> Sequence[str]: ...
    @property
    def missing(self) -> Sequence[str]: ...
    @property
    def planted(self) -> Sequence[str]: ...


def tampered_words(found: Found) -> tuple[str, str]:
    """A title and a sentence that names the first few files of each kind."""
    told = []
    for kind, words in KINDS.items():
        names = getattr(found, kind)
        if names:
            more = f" 等 {len(names)} 个" if len(names) > MOST else ""
            told.append(f"{words}：{'、'.join(names[:MOST])}{more}")
    return TITLE, f"{'；'.join(told)}。{THEN}"
