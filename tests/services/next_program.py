"""The program that comes after this one: its rows' schema is one step further. Run as a program of its own, which prints what it saw as JSON."""

import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from typing import Any

from db import migrate
from desk import keyring
from desk.clock import FixedClock
from desk.errors import DeskError
from desk.paths import OfficePaths
from desk.services import backups, engines, restore, sign_in, upgrading
from tests.builders import MONDAY, PASSWORD, rules

Usage = namedtuple("Usage", "total used free")
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "from tests.services import next_program; next_program.main()"
STEP = '''"""One table more."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{new}", "{old}"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade() -> None:
    op.drop_table("later")
'''


def make(folder: Path) -> Path:
    """Lay the next program out in `folder`; everything but the schema is this one's."""
    for room in ("desk", "resources", "tests", "pyproject.toml"):
        (folder / room).symlink_to(ROOT / room)
    shutil.copytree(ROOT / "db", folder / "db", ignore=shutil.ignore_patterns("__pycache__"))
    steps = sorted((folder / "db/migrations/versions").glob("v*.py"))
    old, new = (f"{number:04}" for number in (migrate.HEAD, migrate.HEAD + 1))
    assert steps[-1].name.startswith(f"v{old}")
    (steps[-1].with_name(f"v{new}_later.py")).write_text(STEP.format(new=new, old=old))
    said = folder / "db/migrate.py"
    text = said.read_text("utf-8")
    assert text.count(f"HEAD = {migrate.HEAD}\n") == 1
    said.write_text(text.replace(f"HEAD = {migrate.HEAD}\n", f"HEAD = {migrate.HEAD + 1}\n"))
    return folder


def run(program: Path, deed: str, folder: Path) -> dict[str, Any]:
    """Let the next program do something with an office of this one; what it printed."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, deed, str(folder)],
        cwd=program,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return dict(json.loads(ended.stdout.splitlines()[-1]))


def main() -> None:
    """In the next program itself."""
    deed, paths = sys.argv[1], OfficePaths(Path(sys.argv[2]))
    told: dict[str, Any] = {"head": migrate.HEAD, "refused": ""}
    try:
        told |= DEEDS[deed](paths) or {}
    except DeskError as error:
        told["refused"] = type(error).__name__
    told["schema"] = schema_of(paths, paths.database)
    kept = backups.listed(paths.backups)
    told["backups"] = [
        {"why": one.manifest.why, "name": one.name, "schema": one.manifest.schema} for one in kept
    ]
    told["inside"] = [schema_of(paths, one.file) for one in kept]
    before = upgrading.before_this(paths)
    told["before"] = before.name if before else ""
    print(json.dumps(told))


def enter(paths: OfficePaths, *, read_only: bool = False) -> None:
    """Somebody signs in."""
    sign_in.sign_in(
        paths,
        operator_id=keyring.operators(paths.folder)[0].id,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
        read_only=read_only,
    ).close()


def cut_short(paths: OfficePaths) -> None:
    """The backup is made, and then the power fails: the file is not upgraded."""
    clock = FixedClock(MONDAY)

    class PowerCut(Exception):
        pass

    def behind(*facts: Any) -> None:
        upgrading.safeguard(paths, key_of(paths), clock, *facts)
        raise PowerCut

    try:
        engines.open_engines(paths, key_of(paths), behind=behind)
    except PowerCut:
        return
    raise AssertionError("the file was not behind")


def without_room(paths: OfficePaths) -> None:
    """A byte less than three times the file is free."""
    free = 3 * paths.database.stat().st_size - 1
    shutil.disk_usage = lambda _place: Usage(1 << 40, 0, free)  # type: ignore[assignment, return-value]
    enter(paths)


def restored(paths: OfficePaths) -> dict[str, Any]:
    """The backup from before the upgrade in the place of a file that is damaged."""
    enter(paths)
    key = key_of(paths)
    paths.database.write_bytes(b"\xa5" * 8192)
    [kept] = backups.listed(paths.backups)
    prepared = restore.prepare(paths, backup=kept, key=key, clock=FixedClock(MONDAY), rules=rules())
    of_copy = (paths.restoring / "backups").exists()
    done = restore.finish(prepared, at="20261123-110000")
    return {"cases": done.standing.cases, "of_copy": of_copy}


def key_of(paths: OfficePaths) -> bytes:
    operator = keyring.operators(paths.folder)[0].id
    return keyring.open_with_password(paths.folder, operator, PASSWORD, FixedClock(MONDAY))


def schema_of(paths: OfficePaths, file: Path) -> int:
    with closing(engines.beside(key_of(paths), file)) as raw:
        return int(raw.execute("PRAGMA user_version").fetchone()[0])


DEEDS: dict[str, Any] = {
    "enter": enter,
    "look": lambda paths: enter(paths, read_only=True),
    "cut_short": cut_short,
    "without_room": without_room,
    "restored": restored,
}
