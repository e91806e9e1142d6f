"""Renders hostile names while every opened file is counted; run by test_printer.

usage: watched_render.py FONT_FOLDER TEXT …
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, os.getcwd())

from desk.domain.papers import compose
from desk.printing.printer import render
from tests.printing.golden import MEDIA
from tests.printing.samples import LIU, RECEIVED, wording


def main() -> None:
    fonts, texts = Path(sys.argv[1]), sys.argv[2:]
    opened: list[object] = []
    watching = False

    def watch(event: str, facts: tuple[object, ...]) -> None:
        if watching and event in ("open", "socket.connect", "subprocess.Popen"):
            opened.append(facts[0])

    def draw(text: str) -> None:
        facts = replace(RECEIVED, person=replace(LIU, name=text), acceptor_name=text, clerk=text)
        for medium in MEDIA:
            render(compose("receipt_slip", facts, wording()), medium, fonts)

    # The first of each loads libraries and all three fonts.
    draw("刘𠀋")
    sys.addaudithook(watch)
    watching = True
    for text in texts:
        draw(text)
    watching = False
    print("drawn", len(texts), "opened", len(opened))


if __name__ == "__main__":
    main()
