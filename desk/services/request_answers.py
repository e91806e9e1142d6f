"""The file that goes back to the mini-program: of every request that was dealt with its state, number and a sentence."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from db.models import CaseFile, Record
from desk.exporting.progress import Progress
from desk.exporting.table import Column, Table
from desk.exporting.xlsx_file import write_xlsx
from desk.files import replace_file, write_atomic
from desk.services import case_rows, records
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.records import Step
from desk.services.request_views import AnswersWritten
from desk.services.requests import REGISTER

FORMAT: Final = "bianmin-request-answers"
COLUMNS: Final = (
    ("request_no", "申请编号", 20),
    ("state", "状态", 10),
    ("number", "受理编号", 36),
    ("sentence", "答复", 60),
    ("on", "日期", 12),
)
_OPEN: Final = ("taken", "refused")


def write(office: Office, *, folder: Path) -> Done[AnswersWritten]:
    """Write, per source, the answers to all requests dealt with and not yet answered for good, as JSON and as a table.

    A refused request is answered for good, and one whose case is closed; of a case under way the next file tells more.
    The files stand before the requests are marked: written twice does no harm, marked and not written would.

    Raises:
        DiskFull, DiskFailed, OfficeError: a file could not be written; nothing is marked.
    """

    def work(bench: Work) -> AnswersWritten:
        rows = list(_dealt_with(bench))
        files = []
        for source in sorted({str(row["fields"].get("source") or "") for row in rows}):
            own = [row for row in rows if str(row["fields"].get("source") or "") == source]
            files += _files(bench, folder, source, [_answer(office, row) for row in own])
        for row in rows:
            if row["state"] == "refused" or row["phase"] == "closed":
                records.change(bench, row, Step("change", "answered", None, {}, "", "已答复"))
        return AnswersWritten(tuple(files), len(rows))

    return perform(office, Operation.KEEP_REGISTER, work)


def _dealt_with(work: Work) -> Iterable[Mapping[Any, Any]]:
    query = (
        select(
            Record,
            CaseFile.phase,
            CaseFile.workflow,
            CaseFile.state.label("case_state"),
            CaseFile.sj_number,
            CaseFile.sl_number,
            CaseFile.changed_at.label("case_changed_at"),
        )
        .join(CaseFile, CaseFile.id == Record.case_id, isouter=True)
        .where(Record.register == REGISTER, Record.state.in_(_OPEN))
        .order_by(Record.id)
    )
    return work.connection.execute(query).mappings().all()


def _answer(office: Office, row: Mapping[Any, Any]) -> dict[str, str]:
    told = row["fields"]
    number = str(told.get("request_no") or "")
    if row["state"] == "refused":
        return {
            "request_no": number,
            "state": "不受理",
            "number": "",
            "sentence": f"您的申请没有受理：{told.get('answer')}",
            "on": row["changed_at"][:10],
        }
    state = case_rows.state_of(office, row["workflow"], row["case_state"]).label
    case_no = row["sl_number"] or row["sj_number"] or ""
    phone = str(office.profile.get("phone") or "")
    ask = f"，可凭编号到窗口或打 {phone} 查询" if phone else "，可凭编号到窗口查询"
    return {
        "request_no": number,
        "state": state,
        "number": case_no,
        "sentence": f"您的申请已办到“{state}”，编号 {case_no}{ask}。",
        "on": row["case_changed_at"][:10],
    }


def _files(work: Work, folder: Path, source: str, answers: list[dict[str, str]]) -> list[str]:
    stamp = f"{work.now:%Y%m%d-%H%M%S}"
    safe = "".join(c if c.isalnum() else "_" for c in source)[:30] or "小程序"
    name = f"答复-{safe}-{stamp}"
    body = {
        "format": FORMAT,
        "version": 1,
        "to": source,
        "from": str(work.office.profile.get("community_name") or ""),
        "made_at": work.now.isoformat(timespec="seconds"),
        "answers": answers,
    }
    text = json.dumps(body, ensure_ascii=False, indent=1)
    write_atomic(folder / f"{name}.json", text.encode())
    table = Table(
        "答复",
        tuple(Column(title, "text", width) for _, title, width in COLUMNS),
        lambda: (tuple(one[key] for key, _, _ in COLUMNS) for one in answers),
        len(answers),
    )
    replace_file(folder / f"{name}.xlsx", lambda part: write_xlsx(table, part, Progress()))
    return [f"{name}.json", f"{name}.xlsx"]
