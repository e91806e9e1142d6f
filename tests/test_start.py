"""`start.py` sets up from nothing, starts at once the second time, and mends what was left half-made.

A small project of its own stands in for the program: the same `start.py`, a lock of one local wheel.
"""

import ast
import hashlib
import importlib.machinery
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import start

PROGRAM = """
import sys, PySide6.QtWidgets
print("handed over:", sys.argv[1:], sys.flags.dont_write_bytecode)
sys.exit(7)
"""

NOTHING: Mapping[str, bytes] = {}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project that has been started once."""
    folder = tmp_path_factory.mktemp("a desk's folder")
    for room in start.ROOMS:
        (folder / room).mkdir()
    (folder / "ui" / "__main__.py").write_text(PROGRAM)
    shutil.copy(start.ROOT / "start.py", folder)
    (folder / "requirements.lock").write_text(f"stand-in==1.0 --hash=sha256:{wheel_in(folder)}\n")
    first = run(folder, "demo", "长者")
    assert (first.returncode, first.stderr) == (7, "")
    assert "首次运行" in first.stdout
    assert first.stdout.endswith("handed over: ['demo', '长者'] 0\n")
    return folder


def test_second_start_hands_over_at_once(project):
    assert run(project, "demo").stdout == "handed over: ['demo'] 0\n"


def test_command_runs_from_any_folder(project, tmp_path):
    (tmp_path / "ui.py").write_text("raise SystemExit('the wrong ui')")
    name = "Scripts/bianmin.cmd" if os.name == "nt" else "bin/bianmin"
    answer = subprocess.run(
        [project / ".venv" / name, "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "handed over: ['check']" in answer.stdout


def test_half_made_environment_is_made_anew(project):
    (project / ".venv" / ".unfinished").touch()
    for left in (project / ".venv").rglob("QtWidgets.py"):
        left.unlink()
    again = run(project, "demo")
    assert again.returncode == 7
    assert "首次运行" in again.stdout
    assert not (project / ".venv" / ".unfinished").exists()


@pytest.mark.slow
def test_package_that_is_not_the_locked_one_is_refused(project, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".venv"))
    (other / "requirements.lock").write_text(f"stand-in==1.0 --hash=sha256:{'0' * 64}\n")
    answer = run(other, "demo")
    assert answer.returncode == 1
    assert "组件没有装好" in answer.stderr
    assert (other / ".venv" / ".unfinished").exists()


@pytest.mark.parametrize(
    ("need", "code", "words"),
    [("stand-in[more]>=1.0", 7, ""), ("forgotten>=2", 1, "forgotten")],
    ids=["with an extra, and a newer one is there", "not in the lock"],
)
def test_what_the_lock_says_is_installed_and_nothing_else(project, tmp_path, need, code, words):
    """A need with an extra had pip 23 take the newest release whatever the lock said; a need nobody locked is named."""
    other = tmp_path / "other"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".venv"))
    wheel_of(other, "stand-in", "2.0")
    needing = wheel_of(other, "needing", "1.0", f"Requires-Dist: {need}\n")
    with (other / "requirements.lock").open("a") as lock:
        lock.write(f"needing==1.0 --hash=sha256:{needing}\n")
    answer = run(other, "demo")
    assert answer.returncode == code
    assert words in answer.stdout
    assert ("组件没有装好" in answer.stderr) == (code == 1)
    assert list(other.glob(".venv/**/stand_in-1.0.dist-info"))


def test_old_python_can_read_it_and_is_told_what_to_install(monkeypatch):
    ast.parse((start.ROOT / "start.py").read_text("utf-8"), feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        start.SetUpFailed, match=r"需要 Python 3\.11、3\.12、3\.13 之一（现在是 3\.8）"
    ):
        start.fit_interpreter()


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for another Python")
def test_old_python_hands_over_to_a_fit_one(monkeypatch, tmp_path):
    other = tmp_path / "python3.12"
    other.write_text(f"#!/bin/sh\nexec '{sys.executable}' \"$@\"\n")
    other.chmod(0o755)
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.fit_interpreter() == sys.executable


def test_missing_system_libraries_are_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(start.SetUpFailed, match="libxcb-cursor0"):
        start.add_system_packages(start.WINDOW_PACKAGES, "缺少组件。")


def test_demonstration_and_tests_need_no_screen(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "QT_QPA_PLATFORM" not in start.environment_for("")
    demo = start.environment_for("demo")
    assert demo["QT_QPA_PLATFORM"] == "offscreen"
    assert "PYTHONDONTWRITEBYTECODE" not in demo
    monkeypatch.setenv("DISPLAY", ":0")
    assert start.plugins_for(start.environment_for("")) == ["offscreen", "xcb"]
    assert start.plugins_for(start.environment_for("test")) == ["offscreen"]


def test_every_check_runs_and_one_failure_fails_all(capfd):
    jobs = [
        ("bad", [sys.executable, "-c", "raise SystemExit(3)"]),
        ("good", [sys.executable, "-V"]),
    ]
    assert start.run_checks(jobs, dict(os.environ)) == 1
    assert re.findall(r"^(PASS|FAIL)  (\w+)", capfd.readouterr().out, re.M) == [
        ("FAIL", "bad"),
        ("PASS", "good"),
    ]
    assert start.run_checks(jobs[1:], dict(os.environ)) == 0


def test_own_arguments_choose_tests_only():
    assert [name for name, _ in start.checks([])] == ["format", "lint", "types", "imports", "tests"]
    assert "not slow and not bench" in start.checks([])[-1][1]
    assert "not bench" in start.checks(["--full"])[-1][1]
    assert [command[-2:] for _, command in start.checks(["tests/ui", "-x"])] == [["tests/ui", "-x"]]


def test_the_rules_are_covered_whole_and_the_rest_well():
    _, rules, rest, _ = start.coverage()
    assert {"--include=desk/domain/*", "--fail-under=100"} <= set(rules[1])
    assert {"--omit=desk/domain/*", "--fail-under=90"} <= set(rest[1])
    assert "not slow and not bench" in start.coverage()[0][1]


def test_range_of_pythons_is_the_one_of_the_project():
    facts = tomllib.loads((start.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    low, high = (".".join(map(str, v)) for v in (start.OLDEST, start.TOO_NEW))
    assert facts["requires-python"] == f">={low},<{high}"


def test_only_a_county_on_postgresql_gets_its_driver():
    locks = {
        (): ["requirements"],
        ("hub", "receive", "stick", "--data", "x"): ["requirements"],
        ("hub", "report", "--db", "postgresql+psycopg://x/y"): ["requirements", "county"],
        ("hub", "report", "--db=postgresql+psycopg://x/y"): ["requirements", "county"],
        ("test",): ["requirements", "dev"],
    }
    for words, names in locks.items():
        assert [lock.stem for lock in start.locks_for(list(words))] == names


@pytest.mark.parametrize("name", ["requirements", "county", "dev"])
def test_lock_pins_and_hashes_all_that_is_asked_for(name):
    asked = re.findall(r"^([A-Za-z][\w-]*)", (start.ROOT / f"{name}.in").read_text("utf-8"), re.M)
    lock = (start.ROOT / f"{name}.lock").read_text("utf-8")
    entries = re.findall(
        r"^([a-z][\w-]*)==[^\n]*\n((?:    --hash=sha256:\w{64}[^\n]*\n)*)", lock, re.M
    )
    assert {word.lower() for word in asked} <= {package for package, _ in entries}
    assert [package for package, hashes in entries if not hashes] == []


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the project as a clerk would, without any network."""
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": folder.as_uri(), "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, "start.py", *arguments],
        cwd=folder,
        env={**os.environ, **pip, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def wheel_in(folder: Path) -> str:
    """A wheel that stands in for Qt, with any loadable library as its plugin; its hash."""
    loaded = importlib.machinery.PathFinder.find_spec("_ctypes")
    assert loaded is not None
    assert loaded.origin is not None
    plugin = {"PySide6/Qt/plugins/platforms/libqoffscreen.so": Path(loaded.origin).read_bytes()}
    modules = {f"PySide6/{name}.py": b"" for name in ("__init__", "QtWidgets", "QtPrintSupport")}
    return wheel_of(folder, "stand-in", "1.0", files={**modules, **plugin})


def wheel_of(
    folder: Path, name: str, version: str, more: str = "", *, files: Mapping[str, bytes] = NOTHING
) -> str:
    """Write a wheel with these files and, of itself, this name, version and more; its hash."""
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    about = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for place, content in files.items():
            wheel.writestr(place, content)
        for part, text in about.items():
            wheel.writestr(f"{stem}.dist-info/{part}", text)
    return hashlib.sha256(path.read_bytes()).hexdigest()
