"""Finds the files in `resources/`, in a checkout as in the frozen program."""

import sys
from pathlib import Path


def resource_path(name: str) -> Path:
    """Where the file or folder `name` (with `/`, below `resources/`) lies.

    Raises:
        ValueError: the name leads out of `resources/`.
    """
    root = _root()
    path = root.joinpath(*name.split("/"))
    if not path.resolve().is_relative_to(root.resolve()):
        raise ValueError(f"not below resources: {name}")
    return path


def resource_bytes(name: str) -> bytes:
    """The contents of the file `name`. Raises FileNotFoundError."""
    return resource_path(name).read_bytes()


def read_tree(prefix: str) -> dict[str, bytes]:
    """All data files below the folder `prefix`, by name below `resources/`; the programs that made them stay out."""
    root = _root()
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(resource_path(prefix).rglob("*"))
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }


def _root() -> Path:
    # PyInstaller unpacks data beside the program and names the folder here.
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).parents[1]
    return base / "resources"
