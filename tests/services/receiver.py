"""A receiver of its own process: opens the county, says so, waits for a line, receives a stick and prints what became of it."""

import json
import sys
from pathlib import Path
from uuid import UUID

from tests.kept import Kept, opened
from tests.services.trips import receive


def main(folder: str, key: str, operator: str, server: str, stick: str) -> None:
    office = opened(Kept(Path(folder), bytes.fromhex(key), UUID(hex=operator), server))
    print("open", flush=True)
    sys.stdin.readline()
    done = receive(office, Path(stick))
    office.close()
    print(json.dumps([[one.path.name, one.outcome, one.events] for one in done]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
