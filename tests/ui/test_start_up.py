"""The start: what is set before Qt, what is loaded before the first paint, and what a machine without a screen is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.keyring import key_file
from desk.paths import OfficePaths
from tests.builders import MONDAY
from ui.__main__ import NO_FOLDER, NO_SCREEN, asks_for_county, has_screen, main
from ui.environment import prepare_environment
from ui.startup import Start

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "sqlalchemy",
    "sqlcipher3",
    "cryptography",
    "pyrage",
    "reportlab",
    "PySide6.QtSvg",
    "PySide6.QtPrintSupport",
    "alembic",
    "zstandard",
    "desk.services",
    "desk.domain.catalog_reader",
)
FIRST_PAINT = """
import json, sys
from pathlib import Path
from ui.startup import Start, make_app
from desk.clock import SystemClock
from desk.paths import OfficePaths
app = make_app()
start = Start(app, OfficePaths(Path(sys.argv[1])), SystemClock())
def painted():
    print(json.dumps(sorted(sys.modules)))
    sys.stdout.flush()
    start.close()
    app.quit()
start.painted.connect(painted)
start.show()
app.exec()
"""


def test_only_qt_and_light_modules_before_the_first_paint(tmp_path):
    # Twice: the first run unpacks the font, which needs zstandard.
    for _ in range(2):
        out = subprocess.run(
            [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "desk")],
            cwd=ROOT,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    loaded = json.loads(out.stdout)
    assert "PySide6.QtWidgets" in loaded
    assert [name for name in loaded if name.startswith(HEAVY)] == []


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "ibus"),
        ({"QT_IM_MODULE": "xim"}, "ibus"),
        ({"QT_IM_MODULE": "ibus"}, "ibus"),
        ({}, None),
    ],
)
def test_chinese_typing_goes_over_ibus_where_fcitx_has_no_plugin(given, wanted):
    environ = dict(given)
    prepare_environment(environ, "linux")
    assert environ.get("QT_IM_MODULE") == wanted


def test_x11_is_preferred_and_a_chosen_platform_is_kept():
    plain = {"DISPLAY": ":0"}
    chosen = {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}
    for environ in (plain, chosen):
        prepare_environment(environ, "linux")
    assert plain["QT_QPA_PLATFORM"] == "xcb;wayland"
    assert chosen["QT_QPA_PLATFORM"] == "offscreen"


def test_windows_is_left_alone():
    environ = {"QT_IM_MODULE": "fcitx"}
    prepare_environment(environ, "win32")
    assert environ == {"QT_IM_MODULE": "fcitx"}


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_a_built_program_loads_no_code_from_elsewhere(platform):
    planted = {
        "QT_PLUGIN_PATH": "/tmp/evil",
        "QT_QPA_PLATFORM_PLUGIN_PATH": "/tmp/evil",
        "QML2_IMPORT_PATH": "/tmp/evil",
        "PYTHONPATH": "/tmp/evil",
        "PYTHONHOME": "/tmp/evil",
        "PythonStartup": "/tmp/evil.py",
    }
    environ = {**planted, "PATH": "/usr/bin", "QT_QPA_PLATFORM": "offscreen"}
    prepare_environment(environ, platform, built=True)
    assert environ == {"PATH": "/usr/bin", "QT_QPA_PLATFORM": "offscreen"}
    kept = dict(planted)
    prepare_environment(kept, "win32")
    assert kept == planted


@pytest.mark.parametrize(
    ("platform", "environ", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
    ],
)
def test_where_there_is_a_screen(platform, environ, screen):
    assert has_screen(platform, environ) is screen


def test_without_a_screen_one_sentence_names_the_demo(tmp_path):
    environ = {k: v for k, v in os.environ.items() if not k.endswith("DISPLAY")}
    environ.pop("QT_QPA_PLATFORM", None)
    out = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ui", "--data", str(tmp_path)],
        cwd=ROOT,
        env={**environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert out.returncode == 2
    said = [line for line in out.stderr.splitlines() if not line.startswith("import time:")]
    assert said == [NO_SCREEN]
    assert "bianmin demo" in NO_SCREEN
    assert "PySide6" not in out.stderr


def test_a_folder_is_asked_for_after_the_word(capsys):
    assert main(["--data"]) == 2
    assert capsys.readouterr().err.strip() == NO_FOLDER


def test_keys_that_do_not_read_are_told_in_words(qtbot, qapp, tmp_path):
    for name in key_file.NAMES:
        (tmp_path / name).write_bytes(b"{}")
    start = Start(qapp, OfficePaths(tmp_path), FixedClock(MONDAY))
    qtbot.addWidget(start.host)
    start.show()
    qtbot.waitUntil(lambda: start.notices is not None)
    assert start.notices is not None
    [told] = start.notices.shown
    assert (told.title, key_file.NAMES[0] in told.text) == ("数据文件打不开", True)
    assert {path.name for path in tmp_path.iterdir()} == {*key_file.NAMES, "logs"}
    start.close()


@pytest.mark.parametrize(
    ("words", "window"),
    [
        (["hub"], True),
        (["hub", "--data", "x"], True),
        (["hub", "--data=x", "--db", "postgresql+psycopg://u@h/d"], True),
        (["hub", "--help"], False),
        (["hub", "receive", "x", "--data", "y"], False),
        (["hub", "--data"], False),
        (["hub", "--data", "x", "keys"], False),
    ],
)
def test_hub_without_a_further_command_is_the_countys_window(words, window):
    assert asks_for_county(words) is window


def test_where_there_is_no_county_yet_its_command_is_named(tmp_path, capsys):
    assert main(["hub", "--data", str(tmp_path)]) == 2
    assert "bianmin hub init" in capsys.readouterr().err
