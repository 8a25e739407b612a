"""How fast a site is built, and in how much memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .measured_folders import MATERIAL, plain, programme
from .runs import BIN, in_turn, middle, run
from .table import Row, Target

SLOWEST = Target(limit=1.1, unit="×")
HEAVIEST = Target(limit=400, unit="MiB")


def rows(work: Path, sizes: tuple[int, ...], *, times: int) -> Iterator[Row]:
    """Targets are those of the first size; of a greater one it is only told."""
    for lessons in sizes:
        yield from _rows(work, lessons, times if lessons == sizes[0] else 1, is_aimed=lessons == sizes[0])


def _rows(work: Path, lessons: int, times: int, *, is_aimed: bool) -> Iterator[Row]:
    ours, peer = programme(work, lessons), plain(work, lessons)
    runs = in_turn(
        {
            f"site of {lessons} lessons, taphuan": lambda: run([BIN / "taphuan", "build", "--no-pdf"], ours),
            f"site of {lessons} lessons, Material": lambda: run([BIN / "mkdocs", "build", "-q"], peer),
        },
        times,
    )
    mine, theirs = runs.values()
    what = f"site of {lessons} lessons"
    yield Row(
        what=what,
        ours=middle(mine, lambda run: run.seconds),
        peer=middle(theirs, lambda run: run.seconds),
        peer_name=MATERIAL,
        unit="s",
        target=SLOWEST if is_aimed else None,
    )
    yield Row(
        what=f"{what}: processor time",
        ours=middle(mine, lambda run: run.cpu),
        peer=middle(theirs, lambda run: run.cpu),
        peer_name=MATERIAL,
        unit="s",
    )
    yield Row(
        what=f"{what}: most memory",
        ours=middle(mine, lambda run: run.peak),
        peer=middle(theirs, lambda run: run.peak),
        peer_name=MATERIAL,
        unit="MiB",
        has_ratio=False,
        target=HEAVIEST if is_aimed else None,
    )
