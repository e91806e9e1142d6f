"""The house bar: sizes, notes, and who alone may do what."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

PRINTS = ("desk/console/", "ui/demo/", "resources/", "tests/", "start.py")
OPENS_SESSIONS = ("desk/services/operation.py", "desk/services/office.py", "tests/")
FAKES = ("unittest.mock", "mock", "pytest_mock")
WAITS = ("sleep", "qSleep", "qWait", "msleep")
OWN = (*tree.ROOMS, "start")


def test_no_file_is_longer_than_400_lines():
    lengths = {tree.name_of(p): len(p.read_bytes().splitlines()) for p in tree.everything()}
    assert {name: n for name, n in lengths.items() if n > tree.MOST_LINES} == {}


def test_no_function_is_longer_than_50_lines():
    long = [
        f"{tree.name_of(path)}:{node.lineno} {node.name}"
        for path in tree.everything()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, tree.Function)
        and (node.end_lineno or 0) - node.lineno + 1 > tree.LONGEST_FUNCTION
    ]
    assert long == []


def test_no_class_has_more_than_20_methods():
    large = [
        f"{tree.name_of(path)}:{node.lineno} {node.name}"
        for path in tree.everything()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.ClassDef)
        and sum(isinstance(part, tree.Function) for part in node.body) > tree.MOST_METHODS
    ]
    assert large == []


def test_every_module_says_what_it_is_for():
    silent = [
        tree.name_of(path)
        for path in tree.sources(*tree.ROOMS)
        if ast.get_docstring(tree.parsed(path)) is None
    ]
    assert silent == []


def test_only_the_console_prints():
    assert callers({"print"}, allowed=PRINTS) == []


def test_only_notices_shows_message_boxes():
    users = [
        tree.name_of(path)
        for path in tree.sources(*tree.ROOMS)
        if any(name.endswith("QMessageBox") for name in tree.imported(tree.parsed(path)))
    ]
    assert set(users) <= {"ui/notices.py"}


def test_only_operations_open_sessions():
    assert callers({"Session"}, allowed=OPENS_SESSIONS) == []


def test_tests_fake_nothing_and_wait_for_nothing():
    found = [
        f"{tree.name_of(path)} imports {name}"
        for path in tree.sources("tests")
        for name in tree.imported(tree.parsed(path))
        if name.startswith(FAKES)
    ]
    found += callers(set(WAITS), rooms=("tests",))
    assert found == []


def test_tests_replace_no_code_of_our_own():
    assert [fault for path in tree.sources("tests") for fault in replacements(path)] == []


def test_the_way_in_loads_nothing_heavy():
    """A console command must not pay for Qt: the top of `ui/__main__.py` imports only stdlib."""
    heavy = [
        name
        for path in tree.sources("ui")
        if tree.name_of(path) == "ui/__main__.py"
        for node in tree.parsed(path).body
        for name in tree.imported_by(node)
        if name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert heavy == []


def callers(
    names: set[str],
    *,
    allowed: tuple[str, ...] = (),
    rooms: tuple[str, ...] = (*tree.ROOMS, "resources", "tests"),
) -> list[str]:
    """Where one of these functions is called outside the allowed places."""
    return [
        f"{tree.name_of(path)}:{line} {name}("
        for path in tree.sources(*rooms)
        if not tree.name_of(path).startswith(allowed)
        for line, name in tree.calls(tree.parsed(path))
        if name.split(".")[-1] in names
    ]


def replacements(path: Path) -> Iterator[str]:
    """Each `setattr` of a patching fixture whose target is our own code."""
    syntax = tree.parsed(path)
    own = {name.split(".")[-1] for name in tree.imported(syntax) if name.split(".")[0] in OWN}
    for node in ast.walk(syntax):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "setattr"
        ):
            target = ast.unparse(node.args[0]).strip("'\"").split(".")[0]
            if target in own or target in OWN:
                yield f"{tree.name_of(path)}:{node.lineno} replaces {ast.unparse(node.args[0])}"
