"""The first paper of a program whose window stands, timed from before anything of printing is loaded; prints milliseconds.

`python -m tests.bench.first_paper CODE`: the facts of an acceptance, their wording from the resources, a PDF on A5.
"""

import sys
import time
from dataclasses import replace


def main() -> int:
    """Draw one paper as a window does that was just opened."""
    from desk.domain.paper_facts import PaperFacts
    from desk.domain.papers import compose
    from desk.domain.plain import from_plain, to_plain
    from desk.services.rules import load_rules
    from tests.printing.samples import ACCEPTED

    wording = load_rules().wording
    facts = to_plain(replace(ACCEPTED, code=sys.argv[1]))
    assert not {"reportlab", "segno"} & set(sys.modules)
    began = time.perf_counter()
    from desk.printing.printer import render

    pdf = render(compose("acceptance_notice", from_plain(PaperFacts, facts), wording), "A5")
    taken = (time.perf_counter() - began) * 1000
    assert pdf.startswith(b"%PDF")
    print(f"{taken:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
