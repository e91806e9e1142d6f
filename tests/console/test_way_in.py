"""The program as a process of its own: help, version, a check, and no screen; none of it loads Qt."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import desk
from desk.console import main as console
from tests.builders import PASSWORD, make_office

ROOT = Path(desk.__file__).parent.parent
NO_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
WITHOUT_QT = """
import sys
from ui.__main__ import main
try:
    status = main(sys.argv[1:])
finally:
    loaded = sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6"))
    sys.stderr.write(" ".join(loaded))
sys.exit(status)
"""


def started(*words: str, typed: str = "", **screen: str) -> subprocess.CompletedProcess[str]:
    """The program run with these words, where there is no screen but what `screen` names."""
    environment = {name: value for name, value in os.environ.items() if name not in NO_SCREEN}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment | {"PYTHONUTF8": "1"} | screen,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "words", [["--help"], ["check", "-h"], ["hub", "--help"], ["hub", "receive", "-h"]]
)
def test_help_has_chinese_headings(words, capsys):
    with pytest.raises(SystemExit) as ended:
        console(words)
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：bianmin")
    assert "\n选项:" in said
    for english in ("usage", "arguments", "options", "show ", "exit"):
        assert english not in said


def test_words_that_do_not_fit_are_told_with_the_whole_usage(capsys):
    with pytest.raises(SystemExit):
        console(["hub", "receive"])
    assert "写法：bianmin hub receive " in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there Qt aborts")
def test_the_demonstration_does_without_a_screen_that_is_gone(tmp_path):
    """It goes on in memory; here only as far as to say that its folder cannot be made."""
    (tmp_path / "demo-out").write_text("不是文件夹", encoding="utf-8")
    plain = {name: value for name, value in os.environ.items() if name not in NO_SCREEN}
    done = subprocess.run(
        [sys.executable, "-m", "ui", "demo"],
        cwd=tmp_path,
        env=plain | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "DISPLAY": ":77"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "请换一个文件夹" in done.stderr
    assert "qt.qpa" not in done.stderr


def test_check_as_a_process(tmp_path):
    make_office(tmp_path / "office").office.close()
    words = ("-m", "ui", "check", str(tmp_path / "office"), "--password-stdin")
    done = started(*words, typed=f"{PASSWORD}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("完好。\n")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["hub", "--help"]])
def test_help_and_version_need_no_qt(words):
    done = started("-c", WITHOUT_QT, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "便民前台" in done.stdout or "区县" in done.stdout or "密钥" in done.stdout


def test_the_version_is_the_projects(tmp_path):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == desk.VERSION
    assert started("-m", "ui", "--version").stdout == f"便民前台 {desk.VERSION}\n"


def test_wrong_words_are_no_traceback():
    for words in (
        ("hub", "fly"),
        ("check",),
        ("check", "a", "b"),
        ("export-ledger", "a", "--kind", "doc"),
    ):
        done = started("-m", "ui", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("命令没有写对，什么也没有做。写法：bianmin ")
        assert "Traceback" not in done.stderr


def test_a_password_nobody_can_type_is_no_traceback(tmp_path):
    make_office(tmp_path / "office").office.close()
    done = started("-m", "ui", "check", str(tmp_path / "office"))
    assert done.returncode == 2
    assert done.stderr.endswith("没有读到要输入的内容。请在终端里运行，或加上 --password-stdin。\n")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere there is always a screen"
)
def test_without_a_screen_the_window_says_one_sentence():
    done = started("-m", "ui")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("这台机器没有可用的屏幕，窗口打不开。")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["exprot-ledger"], ["--data", "a", "b"], ["--frob"]])
def test_a_mistyped_command_opens_no_window(words):
    done = started("-m", "ui", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"没有这个命令：{words[-1]}。运行 bianmin --help 看有哪些命令。\n"


def test_a_screen_that_is_named_but_not_there_is_told_in_one_sentence(tmp_path):
    done = started("-m", "ui", f"--data={tmp_path}", QT_QPA_PLATFORM="no_such_platform")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("这台机器没有可用的屏幕，窗口打不开。")
    assert done.stderr.count("\n") == 1
