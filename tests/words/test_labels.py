"""Words on buttons: what asks for more before anything happens ends in one …, a sentence about work under way in ……."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import ROOT

MADE_BY = ("button", "Verb", "addAction", "setPlaceholderText")
ASKERS = ("choose_file", "choose_save", "choose_folder")


def labels() -> Iterator[tuple[str, str]]:
    """Each label written into a button, a verb or a menu, and where."""
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node) in MADE_BY:
                first = node.args[0]
                texts = first.values if isinstance(first, ast.JoinedStr) else [first]
                for text in texts:
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        yield text.value, f"{path.relative_to(ROOT)}:{node.lineno}"


def _name(call: ast.Call) -> str:
    made = call.func
    return made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")


def test_there_are_labels() -> None:
    """Else nothing below could fail."""
    assert sum(text.endswith("…") for text, _ in labels()) > 30


def test_a_label_that_asks_for_more_ends_in_one_ellipsis() -> None:
    assert [(text, place) for text, place in labels() if text.endswith(("……", "..."))] == []


def test_no_label_says_that_work_is_under_way() -> None:
    """正在收…… belongs into a line of progress, never on a button."""
    assert [(text, place) for text, place in labels() if text.startswith("正在")] == []


def asks_for_a_file(tree: ast.Module) -> set[str]:
    """The methods that open a dialog for a file or folder."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and _name(one) in ASKERS
    }


def file_buttons() -> Iterator[tuple[str, str]]:
    """The labels of buttons whose deed is such a method, and where."""
    for path in sorted((ROOT / "ui").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        asking = asks_for_a_file(tree)
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and _name(node) == "button" and len(node.args) > 1):
                continue
            text, deed = node.args[0], node.args[1]
            opens = isinstance(deed, ast.Attribute) and deed.attr in asking
            if opens and isinstance(text, ast.Constant):
                yield str(text.value), f"{path.relative_to(ROOT)}:{node.lineno}"


def test_what_opens_a_file_dialog_says_so() -> None:
    found = list(file_buttons())
    assert len(found) > 4
    assert [one for one in found if not one[0].endswith("…")] == []
