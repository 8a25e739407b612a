"""Forks `taphuan` again and again, so that it is imported once. Run as a program; a line of JSON for each.

The line has the arguments of the command line. Says the number of the process, and how it ended.
"""

from __future__ import annotations

import json
import os
import sys

import taphuan.cli.records_serve
from taphuan.cli import main

__all__ = ["taphuan"]


def run() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            # What the parent is told is none of the child's business.
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            main(json.loads(line))
        os.write(1, f"{child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"gone\n")


if __name__ == "__main__":
    run()
