"""The project as the architecture tests see it: found by walking, never from a typed list."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("desk", "db", "ui")
MOST_LINES, LONGEST_FUNCTION, MOST_METHODS = 400, 50, 20

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """Path from the root, for messages and comparisons."""
    return path.relative_to(ROOT).as_posix()


def sources(*rooms: str) -> Iterator[Path]:
    """Every Python file of these top-level folders, in a steady order."""
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def everything() -> Iterator[Path]:
    """Every Python file of the project."""
    yield ROOT / "start.py"
    yield from sources(*ROOMS, "resources", "tests")


def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each call, as written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def imported(tree: ast.Module) -> Iterator[str]:
    """Dotted names of all that the file imports, anywhere in it."""
    for node in ast.walk(tree):
        yield from imported_by(node)


def imported_by(node: ast.AST) -> Iterator[str]:
    """Dotted names one statement imports: `a.b` for `import a.b` and for `from a import b`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of each string, docstrings left out."""
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.lineno, node.value
