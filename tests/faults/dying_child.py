"""Planted: as `fuzz_child`, but its process dies of the third mutant."""

import json
import os
import signal
import sys


def main(first: int, count: int) -> None:
    for number in range(first, first + count):
        print(json.dumps({"number": number}), flush=True)
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        told = {"code": "", "fault": "", "spent": 0, "kib": 0}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[3:5]))
