"""导出本人全部信息: asked for what, then where to; three files and a note in the audit."""

from functools import partial
from uuid import UUID

from desk.services import own_data
from desk.services.own_data import OwnDataWritten
from ui.notices import Verb
from ui.shell import Shell

ABOUT = (
    "会写成三份文件：给本人看的 PDF、表格和机读文件，内有全部办件、材料、文书、名册和经过。"
    "证件号码不遮，请当面交给本人。用途会记入审计。"
)


def ask_export(shell: Shell, person_id: UUID) -> None:
    """Ask what for, and write."""
    shell.notices.ask(
        "导出这个人的全部信息，用途是？",
        ABOUT,
        Verb("本人要求查询", partial(_write, shell, person_id, "asked")),
        Verb("上级检查或审计", partial(_write, shell, person_id, "inspect")),
        Verb("不导出"),
    )


def _write(shell: Shell, person_id: UUID, purpose: str) -> None:
    folder = shell.notices.choose_folder("写到哪个文件夹")
    if folder is not None:
        shell.write(
            own_data.export,
            on_done=partial(_written, shell),
            person_id=person_id,
            purpose=purpose,
            folder=folder,
        )


def _written(shell: Shell, written: OwnDataWritten) -> None:
    names = "、".join(written.files)
    shell.notices.toast(f"已写出 {written.cases} 件的信息：{names}")
