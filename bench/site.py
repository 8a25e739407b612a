"""How fast a site is built, and in how much memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .corpus import lesson_files
from .measured_folders import MATERIAL, plain, programme
from .runs import BIN, Run, in_turn, middle, run
from .table import Row, Target

#: Of the first size, and of a greater one.
COLD, GREAT_COLD = (Target(limit=limit, unit="×") for limit in (0.7, 0.8))
HEAVIEST, GREAT_HEAVIEST = (Target(limit=limit, unit="MiB") for limit in (350, 700))
EDITED, UNCHANGED = Target(limit=2, unit="s"), Target(limit=1, unit="s")


def rows(work: Path, sizes: tuple[int, ...], *, times: int) -> Iterator[Row]:
    first, *greater = sizes
    yield from _cold(work, first, times, COLD, HEAVIEST)
    yield from _again(work, first, times)
    for lessons in greater:
        yield from _cold(work, lessons, 1, GREAT_COLD, GREAT_HEAVIEST)


def _cold(work: Path, lessons: int, times: int, quick: Target, light: Target) -> Iterator[Row]:
    ours, peer = programme(work, lessons), plain(work, lessons)
    what = f"site of {lessons} lessons, cold"
    runs = in_turn(
        {
            f"{what}, taphuan": lambda: run([BIN / "taphuan", "build", "--no-pdf", "--no-cache"], ours),
            f"{what}, Material": lambda: run([BIN / "mkdocs", "build", "-q"], peer),
        },
        times,
    )
    mine, theirs = runs.values()
    yield Row(
        what=what,
        ours=middle(mine, lambda run: run.seconds),
        peer=middle(theirs, lambda run: run.seconds),
        peer_name=MATERIAL,
        unit="s",
        target=quick,
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
        target=light,
    )


def _again(work: Path, lessons: int, times: int) -> Iterator[Row]:
    """A build after another: once a sentence was added to a lesson, and once nothing was changed."""
    ours = programme(work, lessons)
    command: list[str | Path] = [BIN / "taphuan", "build", "--no-pdf"]
    run(command, ours)
    file = list(lesson_files(ours))[lessons // 3]
    written = file.read_text(encoding="utf-8")

    def edited() -> Run:
        file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\nThêm một câu.\n", encoding="utf-8")
        return run(command, ours)

    what = f"site of {lessons} lessons"
    after, unchanged = in_turn(
        {f"{what}, one edit": edited, f"{what}, no edit": lambda: run(command, ours)}, times
    ).values()
    file.write_text(written, encoding="utf-8")
    for name, runs, target in (("one edit", after, EDITED), ("no edit", unchanged, UNCHANGED)):
        yield Row(what=f"{what}, {name}", ours=middle(runs, lambda run: run.seconds), unit="s", target=target)
