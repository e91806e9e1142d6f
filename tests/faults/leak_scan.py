"""Looks for words in every file below a folder, in a process of its own: whoever holds a database open keeps his locks.

    python -m tests.faults.leak_scan FOLDER < words.json

One JSON line for each file, or name of one, in which a word stands in clear.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def spellings(word: str) -> set[bytes]:
    """The word as files may hold it: in each encoding, and escaped as JSON does."""
    found = {word.encode(one) for one in ENCODINGS}
    return found | {json.dumps(word)[1:-1].encode(), repr(word.encode())[2:-1].encode()}


def found(folder: Path, words: list[str]) -> Iterator[tuple[str, str]]:
    """The files with the words that stand in them."""
    wanted = {word: spellings(word) for word in words}
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for word, several in wanted.items():
            if word in path.name or any(one in data for one in several):
                yield str(path.relative_to(folder)), word


if __name__ == "__main__":
    for where, word in found(Path(sys.argv[1]), json.load(sys.stdin)):
        print(json.dumps([where, word]))
