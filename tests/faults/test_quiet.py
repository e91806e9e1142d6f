"""No word leaves this machine, and making papers opens no file but its own: a real window watched by strace."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.faults.quiet_child import BEGIN, END, make

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace watches Linux alone")

MISSING = "strace 没有装：这一项看不了有没有联网。请运行 apt-get install strace，再试一次。"
SYSCALL = re.compile(r"^\d+ +(\w+)\((.*)$")
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
INTERNET = re.compile(r"AF_INET6?|AF_NETLINK|AF_PACKET")
# Qt asks the print service of this very computer which printers there are.
PRINT_SERVICE = re.compile(r'port=htons\(631\).*(inet_addr\("127\.0\.0\.1"\)|"::1")')
PROGRAM = (
    *(str(ROOT), sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib")),
    *("/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/usr/lib64"),
)
FONTS_AND_SYSTEM = (
    *("/usr/share/fonts", "/usr/share/fontconfig", "/usr/share/zoneinfo", "/etc/localtime"),
    *("/etc/ld.so.cache", "/proc/self", "/proc/meminfo", "/sys/devices/system/cpu"),
    *("/dev/null", "/dev/urandom", "/dev/shm", "/etc/fonts", "/var/cache/fontconfig"),
)
WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")


@dataclass(frozen=True)
class Watched:
    """What one run did: calls to the network beside the computer's own print service, files opened while papers were made, files opened for writing outside."""

    foreign: list[str]
    opened: list[str]
    written: list[str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office to be copied."""
    if not shutil.which("strace"):
        pytest.fail(MISSING)
    folder = tmp_path_factory.mktemp("quiet")
    make(folder)
    return folder


def watch(office: Path, folder: Path, planted: str = "") -> Watched:
    """Run a session in `folder` and read what strace saw."""
    run = folder / "run"
    run.mkdir()
    subprocess.run(["cp", "-r", str(office / "office"), str(run)], check=True)
    trace = folder / "trace.txt"
    calls = "trace=network,open,openat,openat2,creat"
    ended = subprocess.run(
        *(
            [
                "strace",
                "-f",
                "-qq",
                "-s",
                "4096",
                "-e",
                calls,
                "-o",
                str(trace),
                *child(run, planted),
            ],
        ),
        cwd=ROOT,
        env=alone(folder),
        check=False,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return read(trace.read_text("utf-8", "replace"), folder)


def child(run: Path, planted: str) -> list[str]:
    return [sys.executable, "-m", "tests.faults.quiet_child", str(run), *filter(None, [planted])]


def alone(folder: Path) -> dict[str, str]:
    """A home of its own below `folder`, so that whatever is written elsewhere shows."""
    homes = {name: str(folder / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    fixed = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **homes, **fixed, "TMPDIR": str(folder)}


def read(trace: str, folder: Path) -> Watched:
    foreign: list[str] = []
    sockets = 0
    opened: list[str] = []
    written: list[str] = []
    between = False
    for name, rest in calls_of(trace):
        if name not in ("open", "openat", "openat2", "creat"):
            if name == "socket":
                sockets += bool(INTERNET.search(rest))
            elif PRINT_SERVICE.search(rest):
                sockets -= 1
            elif INTERNET.search(rest):
                foreign.append(f"{name}({rest}")
            continue
        path = next(iter(PATH.findall(rest)), "")
        if path.endswith((BEGIN, END)):
            between = path.endswith(BEGIN)
        elif "= -1" not in rest and path.startswith("/") and "O_DIRECTORY" not in rest:
            if between and is_strange(path, folder, (*PROGRAM, *FONTS_AND_SYSTEM)):
                opened.append(path)
            writes = any(flag in rest for flag in WRITING)
            if writes and is_strange(path, folder, ("/dev/", "/proc/self")):
                written.append(path)
    # One that was made and never used for the print service was made for something else.
    foreign += ["socket"] * sockets
    return Watched(foreign, opened, written)


def is_strange(path: str, folder: Path, usual: tuple[str, ...]) -> bool:
    """Whether it lies elsewhere; what is usual may hold `folder` itself, whose neighbours are strange all the same."""
    if path.startswith(str(folder)):
        return False
    return path.startswith(str(folder.parent)) or not path.startswith(usual)


def calls_of(trace: str) -> Iterator[tuple[str, str]]:
    for line in trace.splitlines():
        if found := SYSCALL.match(line):
            yield found[1], found[2]


def test_a_day_at_the_window_is_heard_by_nobody(office: Path, tmp_path: Path) -> None:
    """A name that is markup goes onto three papers and into a workbook, every page is looked at."""
    seen = watch(office, tmp_path)
    assert seen.foreign == []
    assert seen.opened == []
    assert seen.written == []


@pytest.mark.slow
@pytest.mark.parametrize("planted", ["calls", "reads", "writes"])
def test_a_planted_fault_is_seen(office: Path, tmp_path: Path, planted: str) -> None:
    """Otherwise finding nothing would say nothing."""
    (tmp_path / "inner").mkdir()
    seen = watch(office, tmp_path / "inner", planted)
    told = {
        "calls": any("htons(9)" in call for call in seen.foreign),
        "reads": "/etc/hostname" in seen.opened,
        "writes": any(path.endswith("/elsewhere") for path in seen.written),
    }
    assert told == {name: name == planted for name in told}


TRACE = """\
7 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 14
7 connect(14, {sa_family=AF_INET6, sin6_port=htons(631), inet_pton(AF_INET6, "::1", &sin6_addr)}, 28) = -1 EINPROGRESS
7 openat(AT_FDCWD, "/run/mark-begin", O_WRONLY|O_CREAT, 0666) = 3
7 openat(AT_FDCWD, "/etc/hostname", O_RDONLY|O_CLOEXEC) = 3
7 openat(AT_FDCWD, "/etc/shadow", O_RDONLY|O_CLOEXEC) = -1 EACCES (Permission denied)
7 openat(AT_FDCWD, "/run/mark-end", O_WRONLY|O_CREAT, 0666) = 3
7 openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3
7 openat(AT_FDCWD, "/srv/elsewhere", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3
8 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 15
8 sendto(15, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 1
"""


def test_what_strace_says_is_read_rightly(tmp_path: Path) -> None:
    """The print service of this computer passes, a question to another one does not."""
    seen = read(TRACE, tmp_path)
    assert seen.opened == ["/etc/hostname"]
    assert [path for path in seen.written if "mark" not in path] == ["/srv/elsewhere"]
    assert [call.partition("(")[0] for call in seen.foreign] == ["sendto", "socket"]
