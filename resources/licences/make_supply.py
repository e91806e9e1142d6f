"""Says what ships with the program, from the locks and what is installed.

    python resources/licences/make_supply.py              texts/*.txt and shipped.json anew, after a lock has changed
    python resources/licences/make_supply.py sbom FILE    the parts list as CycloneDX 1.6; build.spec writes it too

Standard library only. A locked package without a line in PACKAGES is refused: somebody has to have read its licence.
"""

import hashlib
import json
import re
import sys
import sysconfig
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCKS = (("requirements.lock", "required"), ("county.lock", "optional"))
QT = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
# Parts of PDFium for systems this program is not made for, and texts of its documents.
NOT_SHIPPED = re.compile(r"/(android|cibw_musl|pbin_musl|v8_xfa)/|CC-BY")

PACKAGES: Mapping[str, tuple[str, str]] = {
    "alembic": ("MIT", "升级数据格式"),
    "cffi": ("MIT-0", "调用 C 程序库"),
    "charset-normalizer": ("MIT", "辨认文字编码"),
    "cryptography": ("Apache-2.0 OR BSD-3-Clause", "加密、签名；内含 OpenSSL"),
    "mako": ("MIT", "升级数据格式"),
    "markupsafe": ("BSD-3-Clause", "升级数据格式"),
    "pillow": ("MIT-CMU", "读写图片"),
    "platformdirs": ("MIT", "找到用户的文件夹"),
    "psycopg": ("LGPL-3.0-only", "区县：连接 PostgreSQL"),
    "psycopg-binary": ("LGPL-3.0-only", "区县：连接 PostgreSQL"),
    "pycparser": ("BSD-3-Clause", "调用 C 程序库"),
    "pypdfium2": ("BSD-3-Clause AND Apache-2.0", "把 PDF 画在屏幕和打印机上；内含 PDFium"),
    "pyrage": ("MIT", "给区县加密交换包"),
    "pyside6-essentials": (QT, "窗口；内含 Qt"),
    "python-calamine": ("MIT", "读 Excel 表格"),
    "reportlab": ("BSD-3-Clause", "排文书的 PDF"),
    "segno": ("BSD-3-Clause", "画二维码"),
    "shiboken6": (QT, "窗口"),
    "sqlalchemy": ("MIT", "读写数据"),
    "sqlcipher3": ("Zlib", "加密的数据文件"),
    "typing-extensions": ("PSF-2.0", "程序语言的补充"),
    "tzdata": ("Apache-2.0", "时区"),
    "xlsxwriter": ("BSD-2-Clause", "写 Excel 表格"),
    "zstandard": ("BSD-3-Clause", "压缩"),
}
NOTICES: Mapping[str, tuple[str, ...]] = {
    # Their wheels name the licence and carry no text.
    "pyside6-essentials": ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt"),
    "shiboken6": ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt"),
    "psycopg": ("licences/LGPL-3.0.txt",),
    "psycopg-binary": ("licences/LGPL-3.0.txt",),
    "tzdata": ("licences/texts/Apache-2.0.txt",),
}


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of a lock: the version with its hashes; of one package there may be two, for different platforms."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    scope: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """What the list of licences shows of one part; `texts` lie below resources/."""

    name: str
    versions: tuple[str, ...]
    licence: str
    use: str
    texts: tuple[str, ...]


def locked() -> tuple[Locked, ...]:
    """Every line of the locks whose packages reach a user, each once."""
    found: dict[tuple[str, str], Locked] = {}
    for name, scope in LOCKS:
        for one in read_lock((ROOT / name).read_text("utf-8"), scope):
            found.setdefault((one.name, one.version), one)
    return tuple(found.values())


def read_lock(text: str, scope: str) -> Iterator[Locked]:
    """The lines of one lock as uv writes it."""
    for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", text):
        head = re.match(r"([\w.-]+)==([^\s;\\]+)\s*(?:;\s*([^\\\n]+))?", entry)
        if head:
            hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
            yield Locked(head[1].lower(), head[2], (head[3] or "").strip(), hashes, scope)


def shipped() -> tuple[Shipped, ...]:
    """All parts with their licences, the packages first.

    Raises:
        SystemExit: a locked package has no line here.
    """
    versions: dict[str, list[str]] = {}
    for one in locked():
        versions.setdefault(one.name, []).append(one.version)
    if unknown := sorted(set(versions) - set(PACKAGES)):
        sys.exit(f"no licence is written down for: {', '.join(unknown)}")
    packages = (
        Shipped(
            name,
            tuple(versions[name]),
            *PACKAGES[name],
            NOTICES.get(name, (f"licences/texts/{name}.txt",)),
        )
        for name in sorted(versions)
    )
    return (*packages, *_others())


def _others() -> tuple[Shipped, ...]:
    """What comes inside the packages and beside them."""
    qt = tuple(one.version for one in locked() if one.name == "pyside6-essentials")
    return (
        Shipped("Python", (), "PSF-2.0", "程序语言", ("licences/texts/Python.txt",)),
        Shipped(
            "PyInstaller bootloader",
            (),
            "GPL-2.0-or-later WITH Bootloader-exception",
            "打包后的启动程序",
            ("licences/texts/PyInstaller.txt",),
        ),
        Shipped(
            "Qt",
            qt,
            QT,
            "窗口（在 PySide6 里）",
            ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt"),
        ),
        Shipped(
            "SQLCipher",
            (),
            "BSD-3-Clause",
            "数据文件的加密（在 sqlcipher3 里）",
            ("licences/SQLCipher.txt",),
        ),
        Shipped("SQLite", (), "blessing", "数据文件（在 sqlcipher3 里）", ("licences/SQLite.txt",)),
        Shipped(
            "OpenSSL",
            (),
            "Apache-2.0",
            "加密（在 cryptography、sqlcipher3 里）",
            ("licences/texts/Apache-2.0.txt",),
        ),
        Shipped("Noto Sans SC", (), "OFL-1.1", "字体", ("fonts/NotoSansSC-OFL.txt",)),
        Shipped(
            "Hanazono",
            (),
            "Hanazono Font License OR OFL-1.1",
            "生僻字字体",
            ("fonts/BianminRare-LICENSE.txt",),
        ),
    )


def sbom() -> dict[str, object]:
    """The parts list of the program as CycloneDX 1.6; no moment and no machine in it, so that it can be compared."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    root = f"pkg:generic/{project['name']}@{project['version']}"
    packages = locked()
    parts = [_component(one) for one in packages]
    parts += [
        {
            "type": "library",
            "bom-ref": f"part:{one.name}@{version}".rstrip("@"),
            "name": one.name,
            **({"version": version} if version else {}),
            "licenses": [{"license": {"name": one.licence}}],
        }
        for one in _others()
        for version in one.versions or ("",)
    ]
    facts = json.dumps(parts, sort_keys=True).encode()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=hashlib.sha256(facts).digest()[:16], version=4)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": parts,
        "dependencies": [
            {"ref": root, "dependsOn": [str(part["bom-ref"]) for part in parts]},
            *({"ref": _ref(one), "dependsOn": _needs(one, packages)} for one in packages),
        ],
    }


def _ref(one: Locked) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _component(one: Locked) -> dict[str, object]:
    marker = [{"name": "python:marker", "value": one.marker}] if one.marker else []
    return {
        "type": "library",
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "scope": one.scope,
        "licenses": [{"expression": PACKAGES[one.name][0]}],
        "purl": _ref(one),
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
            }
        ],
        **({"properties": marker} if marker else {}),
    }


def _needs(one: Locked, packages: tuple[Locked, ...]) -> list[str]:
    """What a package asks for, as far as it is installed here and locked."""
    try:
        asked = distribution(one.name).requires or []
    except PackageNotFoundError:
        return []
    names = {
        re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", line, maxsplit=1)[0]).lower()
        for line in asked
        if "extra ==" not in line
    }
    return [_ref(other) for other in packages if other.name in names]


def write_texts() -> None:
    """The licence texts as the installed packages carry them, one file each.

    Raises:
        SystemExit: a package that carries its own text is not installed.
    """
    folder = HERE / "texts"
    folder.mkdir(exist_ok=True)
    for one in shipped():
        if one.texts == (f"licences/texts/{one.name}.txt",) and one.name in PACKAGES:
            _write(folder / f"{one.name}.txt", _texts_of(one.name))
    apache = _texts_of("cryptography", only="APACHE")
    _write(folder / "Apache-2.0.txt", apache)
    _write(folder / "PyInstaller.txt", _texts_of("pyinstaller"))
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    _write(folder / "Python.txt", python.read_text("utf-8"))


def _texts_of(name: str, only: str = "") -> str:
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        sys.exit(f"{name} is not installed here, so its licence cannot be read")
    wanted = re.compile(rf"dist-info/.*(licen[cs]e|copying|notice|authors).*{only}", re.I)
    parts = [
        (str(file).split("dist-info/")[-1], Path(str(file.locate())).read_text("utf-8", "replace"))
        for file in sorted(files, key=str)
        if wanted.search(str(file)) and not NOT_SHIPPED.search(str(file))
    ]
    if not parts:
        sys.exit(f"{name} carries no licence text")
    if len(parts) == 1:
        return parts[0][1]
    return "\n".join(f"---- {file} ----\n\n{text.strip()}\n" for file, text in parts)


def _write(path: Path, text: str) -> None:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\f", "").splitlines()]
    path.write_text("\n".join(lines).strip("\n") + "\n", "utf-8")


def as_json(value: object) -> str:
    """The same facts always as the same text."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main(words: list[str]) -> None:
    """Make what was asked for."""
    if words and words[0] == "sbom":
        Path(words[1]).write_text(as_json(sbom()), "utf-8")
        return
    write_texts()
    listed = [asdict(one) for one in shipped()]
    (HERE / "shipped.json").write_text(as_json(listed), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
