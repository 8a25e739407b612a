"""Prints how taphuan does beside its peers. It measures; that a number is met is no test."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from taphuan.render.chromium import find_browser

from . import ledger, page_weight, preview, prints, site, submissions, table
from .runs import machine

WORK = Path(".cache/bench")
HERE = Path(__file__).parent.parent
BENCHES = ("site", "preview", "prints", "submissions", "records", "weight")


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured: lessons of a site, edits, sheets, and how often."""

    sites: tuple[int, ...]
    times: int
    edits: int
    peer_edits: int
    handouts: int
    unchanged: int
    samples: tuple[int, int]
    learners: int
    seconds: float
    persons: int
    events: int
    is_whole: bool = True
    """False for a run too small to be judged, which installs nothing either."""


USUAL = Size(
    sites=(500,),
    times=3,
    edits=30,
    peer_edits=5,
    handouts=200,
    unchanged=100,
    samples=(12, 40),
    learners=16_000,
    seconds=5,
    persons=100_000,
    events=1_000_000,
)
FULL = replace(USUAL, sites=(500, 2000), times=5)
QUICK = Size(
    sites=(80,),
    times=1,
    edits=2,
    peer_edits=1,
    handouts=12,
    unchanged=12,
    samples=(1, 2),
    learners=2_000,
    seconds=0.5,
    persons=1_000,
    events=10_000,
    is_whole=False,
)


def main() -> None:
    asked = _asked()
    size = FULL if asked.full else QUICK if asked.quick else USUAL
    work: Path = asked.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    executable = find_browser(os.environ, shutil.which)
    print(machine(_version(executable)))
    print(table.head(), flush=True)
    rows: list[table.Row] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=os.geteuid() != 0)
        for name, bench in _benches(work, size, executable, browser).items():
            if asked.only in (None, name):
                for row in bench():
                    rows.append(row if size.is_whole else replace(row, target=None))
                    print(rows[-1], flush=True)
        browser.close()
    print(table.missed(rows) if size.is_whole else "too small a run to judge a target by")


def _benches(
    work: Path, size: Size, executable: str, browser: Browser
) -> Mapping[str, Callable[[], Iterator[table.Row]]]:
    lessons = size.sites[0]
    return {
        "site": lambda: site.rows(work, size.sites, times=size.times),
        "preview": lambda: preview.rows(work, browser, lessons, edits=size.edits, peer_edits=size.peer_edits),
        "prints": lambda: prints.rows(
            work,
            executable,
            handouts=size.handouts,
            unchanged=size.unchanged,
            samples=size.samples,
            times=size.times,
            may_install=size.is_whole,
        ),
        "submissions": lambda: submissions.rows(
            work, HERE, learners=size.learners, seconds=size.seconds, times=size.times
        ),
        "records": lambda: ledger.rows(work, persons=size.persons, events=size.events),
        "weight": lambda: page_weight.rows(work, browser, lessons, times=size.times),
    }


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    much = parser.add_mutually_exclusive_group()
    much.add_argument("--quick", action="store_true", help="80 lessons, once: to see that it runs")
    much.add_argument("--full", action="store_true", help="2,000 lessons as well, five times")
    parser.add_argument("--only", choices=BENCHES, help="one bench alone")
    parser.add_argument("--work", type=Path, default=WORK, help="where to write what is measured")
    return parser.parse_args()


def _version(executable: str) -> str:
    return subprocess.run(
        [executable, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    main()
