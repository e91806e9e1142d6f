"""Set the program up in `.venv`, then run it: `python3 start.py [demo | test | bench | coverage | COMMAND …]`.

Standard library only, and nothing newer than Python 3.7, so that an old interpreter can still look
for a fit one or say in a sentence what is missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
UNFINISHED = VENV / ".unfinished"
OLDEST, TOO_NEW = (3, 11), (3, 14)
RUNTIME, DEV = ROOT / "requirements.lock", ROOT / "dev.lock"
COUNTY = ROOT / "county.lock"
ROOMS = ["desk", "db", "ui"]
TRYING = ("test", "bench", "coverage")

# What a bare Debian 12 lacks before Qt loads, and what a real X11 window needs on top.
QT_PACKAGES = [
    *("libgl1", "libegl1", "libfontconfig1", "libglib2.0-0", "libdbus-1-3", "libxkbcommon0"),
]
WINDOW_PACKAGES = [
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
    *("libxcb-shape0", "libxcb-image0", "libxcb-render-util0", "libxcb-randr0"),
]

# What the fault tests (tests/faults) need besides: a compiler for their shim, and a witness of system calls.
FAULT_PACKAGES = ["gcc", "libc6-dev", "strace"]

# Loads Qt and, on Linux, each named platform plugin: a missing library is named, nothing aborts.
PROBE = """
import ctypes, pathlib, sys
import PySide6.QtWidgets, PySide6.QtPrintSupport
for name in sys.argv[1:]:
    folder = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    ctypes.CDLL(str(folder / f"libq{name}.so"))
"""


class SetUpFailed(Exception):
    """The program cannot be set up here; the text says in Chinese what to do."""


def main(arguments: list[str]) -> int:
    """Set up what the job needs, run it, return its exit code."""
    job = arguments[0] if arguments else ""
    locks = locks_for(arguments)
    try:
        environment = environment_for(job)
        plugins = plugins_for(environment)
        if not (all(map(is_ready, locks)) and is_marked(*plugins)):
            with alone():
                set_up(locks)
                load_qt(plugins)
        if job == "test":
            have_fault_tools()
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"运行环境没有准备好：{fault}", file=sys.stderr)
        return 1
    if job == "test":
        return run_checks(checks(arguments[1:]), environment)
    if job == "coverage":
        return run_checks(coverage(), environment)
    if job == "bench":
        return run_checks([pytest_check("bench", ["-s", *arguments[1:]])], environment)
    return hand_over(arguments, environment)


def locks_for(arguments: list[str]) -> list[Path]:
    """The locks a job needs: those who test and build, and counties whose rows are in PostgreSQL, need more."""
    if arguments and arguments[0] in TRYING:
        return [RUNTIME, DEV]
    if any(word == "--db" or word.startswith("--db=") for word in arguments):
        return [RUNTIME, COUNTY]
    return [RUNTIME]


# --- the environment of every child ---------------------------------------------------------


def environment_for(job: str) -> dict[str, str]:
    """The variables for the job: byte code allowed, only our packages, a platform Qt can use."""
    environment = dict(os.environ)
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH"):
        environment.pop(name, None)
    blind = job == "demo" and sys.platform == "linux" and not has_screen(environment)
    if blind or job in TRYING:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def has_screen(environment: dict[str, str]) -> bool:
    """Whether a window can be shown, or the caller has chosen a platform himself."""
    return any(environment.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def plugins_for(environment: dict[str, str]) -> list[str]:
    """The Qt platform plugins that must load before the job starts (none but on Linux)."""
    if sys.platform != "linux":
        return []
    chosen = environment.get("QT_QPA_PLATFORM", "xcb" if environment.get("DISPLAY") else "")
    return ["offscreen", "xcb"] if chosen.startswith("xcb") else ["offscreen"]


# --- .venv: made once, marked when whole, made anew when in doubt ----------------------------


def venv_python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(name: str, content: bytes) -> tuple[Path, str]:
    """The mark of a finished step and what it must say; moves with project, Python and lock."""
    facts = [str(ROOT), os.path.realpath(str(venv_python()))]
    digest = hashlib.sha256("\n".join(facts).encode() + content).hexdigest()
    return VENV / f".ready-{name}", digest


def is_ready(lock: Path) -> bool:
    """Whether everything the lock names is installed in a whole `.venv`."""
    mark, digest = stamp(lock.stem, lock.read_bytes())
    whole = venv_python().exists() and not UNFINISHED.exists()
    return whole and mark.exists() and mark.read_text() == digest


def is_stale(lock: Path) -> bool:
    """Whether the lock was installed once, but is not as it stands now."""
    return stamp(lock.stem, b"")[0].exists() and not is_ready(lock)


def set_up(locks: list[Path]) -> None:
    """Make `.venv` if it is missing, half-made or stale; install the locks not yet installed."""
    if not is_ready(RUNTIME) or any(map(is_stale, locks)):
        make_venv()
    for lock in locks:
        if not is_ready(lock):
            install(lock)


def make_venv() -> None:
    """A new `.venv` with the program itself on its path and its command in place."""
    print("首次运行，正在准备运行环境（只有这一次需要网络，约 1 分钟）…", flush=True)
    python = fit_interpreter()
    if call([python, "-c", "import ensurepip, venv"], quiet=True):
        version = subprocess.check_output([python, "-c", "import sys; print(sys.version_info[1])"])
        add_system_packages([f"python3.{int(version)}-venv"], "系统缺少 Python 的 venv 组件。")
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(str(VENV))
    VENV.mkdir()
    UNFINISHED.touch()
    if call([python, "-m", "venv", str(VENV)]):
        raise SetUpFailed(f"运行环境没有建成：{VENV}。请检查磁盘空间后再运行一次。")
    add_project()


def add_project() -> None:
    """Put the project on the path of `.venv` and write the `bianmin` command.

    A path file instead of an installed package: nothing to build, and edits count at once.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([str(venv_python()), "-c", ask], text=True).strip()
    (Path(packages) / "bianmin.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if os.name == "nt":
        command = VENV / "Scripts" / "bianmin.cmd"
        command.write_text('@"%~dp0python.exe" -P -m ui %*\r\n')
    else:
        command = VENV / "bin" / "bianmin"
        python = shlex.quote(str(venv_python()))
        command.write_text(f'#!/bin/sh\nexec {python} -P -m ui "$@"\n', encoding="utf-8")
        command.chmod(0o755)


def install(lock: Path) -> None:
    """Install what the lock names and nothing else, each file checked against its hash; then mark it done.

    pip is not to look for what the files need: up to 23.2 it takes the newest release for a need with
    an extra, `coverage[toml]`, whatever the lock says of `coverage`. That nothing is missing, it checks after.
    """
    UNFINISHED.touch()
    python = str(venv_python())
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--compile", "--no-input"]
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    print(f"正在安装 {lock.name} 列出的组件 …", flush=True)
    lacking = call([*pip, "install", "-q", *options, "-r", str(lock)])
    if lacking or (call([*pip, "check"], quiet=True) and call([*pip, "check"])):
        raise SetUpFailed("组件没有装好，原因见上。请检查网络和磁盘空间后再运行一次。")
    call([python, "-m", "compileall", "-q", *[str(ROOT / room) for room in ROOMS]])
    mark, digest = stamp(lock.stem, lock.read_bytes())
    mark.write_text(digest)
    UNFINISHED.unlink()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep a second start waiting while the first one sets up."""
    with open(str(ROOT / ".venv.lock"), "wb") as gate:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(gate.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(gate, fcntl.LOCK_EX)
        yield


# --- what the machine must have --------------------------------------------------------------


def fit_interpreter() -> str:
    """A Python the locked wheels exist for: the running one, else one found on PATH."""
    if OLDEST <= sys.version_info[:2] < TOO_NEW:
        return str(getattr(sys, "_base_executable", None) or sys.executable)
    versions = [f"3.{minor}" for minor in range(OLDEST[1], TOO_NEW[1])]
    commands = [[f"python{version}"] for version in versions]
    if os.name == "nt":
        commands += [["py", f"-{version}"] for version in versions]
    for command in commands:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            ask = [*command, "-c", "import sys; print(sys.executable)"]
            return subprocess.check_output(ask, text=True, stderr=subprocess.DEVNULL).strip()
    running = ".".join(map(str, sys.version_info[:2]))
    raise SetUpFailed(
        f"本程序需要 Python {'、'.join(versions)} 之一（现在是 {running}），请先安装。"
    )


def load_qt(plugins: list[str]) -> None:
    """Make sure that Qt loads; on Debian as root, install the system libraries it lacks."""
    if is_marked(*plugins):
        return
    probe = [str(venv_python()), "-c", PROBE, *plugins]
    if sys.platform == "linux" and call(probe, quiet=True):
        packages = QT_PACKAGES + (WINDOW_PACKAGES if "xcb" in plugins else [])
        add_system_packages(packages, "系统缺少显示窗口要用的组件。")
    if call(probe):
        raise SetUpFailed("窗口组件（Qt）在这台电脑上不能加载，原因见上。")
    for plugin in plugins:
        mark, digest = stamp(plugin, RUNTIME.read_bytes())
        mark.write_text(digest)


def is_marked(*plugins: str) -> bool:
    """Whether these Qt plugins have already been loaded once in this `.venv`."""
    marks = [stamp(plugin, RUNTIME.read_bytes()) for plugin in plugins]
    return all(mark.exists() and mark.read_text() == digest for mark, digest in marks)


def have_fault_tools() -> None:
    """On Debian as root, install what the fault tests lack; elsewhere they say themselves what is missing."""
    headers = Path("/usr/include/stdio.h").exists()
    there = headers and shutil.which("gcc") and shutil.which("strace")
    if sys.platform == "linux" and not there and shutil.which("apt-get") and os.geteuid() == 0:
        add_system_packages(FAULT_PACKAGES, "故障测试要用的编译器等组件还没有。")


def add_system_packages(packages: list[str], why: str) -> None:
    """Install Debian packages when we may, else raise with the one line to run."""
    quiet = ["-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends"]
    install_line = ["apt-get", "install", *quiet, *packages]
    if not shutil.which("apt-get"):
        raise SetUpFailed(f"{why}请安装与这些 Debian 软件包相当的组件：{' '.join(packages)}")
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"
        raise SetUpFailed(f"{why}请运行下面一行，再重新启动：\n  {line}")
    print(f"{why}正在安装：{' '.join(packages)}", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    if call(["apt-get", "update", "-qq"]) or call(install_line):
        raise SetUpFailed(f"{why}没有装上，原因见上。")


def call(command: list[str], *, quiet: bool = False) -> int:
    """Run a step of the set-up; its exit code."""
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.call(command, env=environment_for("setup"), stdout=sink, stderr=sink)


# --- the jobs ----------------------------------------------------------------------------------


def hand_over(arguments: list[str], environment: dict[str, str]) -> int:
    """Become the program (on Windows: run it and return its exit code)."""
    command = [str(venv_python()), "-P", "-m", "ui", *arguments]
    if os.name == "posix":
        sys.stdout.flush()
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)


def checks(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """All checks in order; with arguments of pytest's own, only the tests they choose."""
    if arguments == ["bench"]:
        return [pytest_check("bench", ["-s"])]
    if arguments and arguments != ["--full"]:
        return [pytest_check("not bench", arguments)]
    tests = "not bench" if arguments else "not slow and not bench"
    lint_imports = venv_python().with_name("lint-imports" + (".exe" if os.name == "nt" else ""))
    return [
        ("format", module("ruff", "format", "--check", ".")),
        ("lint", module("ruff", "check", ".")),
        ("types", module("mypy", "--strict", *ROOMS, "start.py", "tests")),
        ("imports", [str(lint_imports), "--no-logo"]),
        # The tests are shared out among the processors; who is done first helps the other.
        pytest_check(tests, ["-n", "auto", "--dist", "worksteal"]),
    ]


def coverage() -> list[tuple[str, list[str]]]:
    """Branches the tests come to: every one of the rules, nine of ten of all else."""
    rules, looks = "desk/domain/*", ["--skip-covered", "--show-missing", "--sort=cover"]
    report = module("coverage", "report", "--precision=1", *looks)
    run = pytest_check("not slow and not bench", ["-n", "auto", "--dist", "worksteal", "--cov"])
    return [
        (run[0], [*run[1], "--cov-report="]),
        ("rules", [*report, f"--include={rules}", "--fail-under=100"]),
        ("rest", [*report, f"--omit={rules}", "--fail-under=90"]),
        ("limits", module("tests.coverage_limits")),
    ]


def pytest_check(marks: str, arguments: list[str]) -> tuple[str, list[str]]:
    """The check that runs the tests whose marks fit."""
    return "tests", module("pytest", "-m", marks, *arguments)


def module(*words: str) -> list[str]:
    """The command that runs a module of `.venv`."""
    return [str(venv_python()), "-m", *words]


def run_checks(jobs: list[tuple[str, list[str]]], environment: dict[str, str]) -> int:
    """Run every check, then one line each: PASS or FAIL, name, seconds; 1 if any failed."""
    lines, failed = [], False
    for name, command in jobs:
        print(f"== {name}: {' '.join(command[1:])}", flush=True)
        began = time.monotonic()
        code = subprocess.call(command, cwd=str(ROOT), env=environment)
        failed = failed or code != 0
        lines.append(f"{'FAIL' if code else 'PASS'}  {name:8}{time.monotonic() - began:7.1f} s")
    print("\n".join(["", *lines]), flush=True)
    return int(failed)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
