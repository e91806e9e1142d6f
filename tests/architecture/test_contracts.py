"""Imports run one way: the contracts of pyproject.toml, kept by import-linter."""

import subprocess
import sys

from tests.architecture.tree import ROOMS, ROOT, name_of


def test_every_import_contract_is_kept():
    # In a process of its own: import-linter reconfigures logging when it is called.
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"
    run = subprocess.run(
        [sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_every_folder_with_code_is_a_package():
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert [name_of(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []
