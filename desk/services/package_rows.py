"""The row of a package that goes out, for desk and county alike."""

import hashlib
from typing import Any

from desk.exchange.container import PackageDraft


def out_row(draft: PackageDraft, data: bytes, name: str) -> dict[str, Any]:
    """What a sealed package of these bytes says of itself in `package_out`.

    Its sender adds `state`, `result`, and where they are known `cases` and `written_at`.
    """
    return {
        "id": draft.id,
        "addressee": draft.to,
        "kind": draft.kind,
        "epoch": draft.epoch,
        "seq": draft.seq,
        "first_n": draft.events[0],
        "last_n": draft.events[1],
        "cases": 0,
        "digest": hashlib.sha256(data).digest(),
        "file_name": name,
        "made_at": draft.made_at,
        "written_at": "",
        "acked_at": "",
    }
