"""How fast sheets are printed, and what a build costs when nothing has changed."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.async_api import Page

from taphuan.render.chromium import each_sheet, run_async
from taphuan.render.paper import sheets
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Sheet
from taphuan.render.text.prose import Prose

from . import peers
from .measured_folders import loaded, programme
from .runs import BIN, FailedError, Run, in_turn, middle, run, tell
from .table import Row, Target

OVER_BARE = Target(limit=0.7, is_floor=True, unit="×")
OVER_CHROMIUM = Target(limit=15, is_floor=True, unit="×")
OVER_WEASYPRINT = Target(limit=3, is_floor=True, unit="×")
NONE_PRINTED = Target(limit=0)
SOON_DONE = Target(limit=1, unit="s")
REPRINTED = re.compile(r"(\d+) bản in PDF \((\d+) bản in mới\)")


@dataclass(frozen=True, kw_only=True)
class _Peer:
    """Another way to print, tried on a sample whose rate stands for the whole."""

    name: str
    measure: Callable[[], Callable[[], float]]
    target: Target


def rows(
    work: Path,
    executable: str,
    *,
    handouts: int,
    unchanged: int,
    samples: tuple[int, int],
    times: int,
    may_install: bool,
) -> Iterator[Row]:
    """`samples` are how many handouts Chromium and WeasyPrint print; `unchanged` the lessons built twice."""
    wanted = _handouts(work, handouts)
    written = _written(work / "handouts", wanted)
    of_chromium, of_weasyprint = samples
    compared = (
        _Peer(
            name="one bare tagged print each, same browser",
            measure=lambda: lambda: _bare(executable, wanted),
            target=OVER_BARE,
        ),
        _Peer(
            name=f"a new Chromium each, by {of_chromium}",
            measure=lambda: _chromium(work, written, of_chromium, may_install),
            target=OVER_CHROMIUM,
        ),
        _Peer(
            name=f"WeasyPrint, 2 processes, by {of_weasyprint}",
            measure=lambda: _weasyprint(work, written, of_weasyprint, may_install),
            target=OVER_WEASYPRINT,
        ),
    )
    yield from _speed(lambda: _ours(work, executable, wanted), compared, len(wanted), times)
    yield from _unchanged(work, unchanged, times)


# --- speed --------------------------------------------------------------------------------


def _speed(ours: Callable[[], float], compared: Sequence[_Peer], count: int, times: int) -> Iterator[Row]:
    actions, missing = {"taphuan": ours}, {}
    for peer in compared:
        try:
            actions[peer.name] = peer.measure()
        except peers.MissingError as error:
            missing[peer.name] = str(error)
    speeds = {name: median(rates) for name, rates in in_turn(actions, times).items()}
    what, mine = f"{count} handouts, tagged and finished", speeds["taphuan"]
    for peer in compared:
        if peer.name in missing:
            yield Row(what=what, ours=mine, unit="PDF/s", peer_name=missing[peer.name])
        else:
            yield Row(what=what, ours=mine, unit="PDF/s", peer=speeds[peer.name],
                      peer_name=peer.name, target=peer.target)  # fmt: skip


def _handouts(work: Path, count: int) -> list[Sheet]:
    known = loaded(work, count)
    every = sheets(known, Prose(known))
    return [sheet for sheet in every if sheet.kind == "handout" and sheet.edition == "colour"][:count]


def _written(folder: Path, wanted: Sequence[Sheet]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for sheet in wanted:
        (folder / f"{sheet.id}.html").write_text(sheet.html, encoding="utf-8")
    return folder


def _ours(work: Path, executable: str, wanted: Sequence[Sheet]) -> float:
    """PDFs a second, the start of the browser included."""
    out = work / "printed"
    shutil.rmtree(out, ignore_errors=True)
    started = time.perf_counter()
    print_sheets(wanted, out=out, cache=out / "cache", executable=executable)
    return len(wanted) / (time.perf_counter() - started)


def _bare(executable: str, wanted: Sequence[Sheet]) -> float:
    """PDFs a second where each sheet is printed once and nothing is looked at."""

    async def printed(page: Page, sheet: Sheet) -> bytes:
        await page.set_content(sheet.html, timeout=0)
        return await page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)

    started = time.perf_counter()
    run_async(each_sheet(wanted, executable, os.cpu_count() or 1, printed))
    return len(wanted) / (time.perf_counter() - started)


def _chromium(work: Path, written: Path, sample: int, may_install: bool) -> Callable[[], float]:
    program, environment = peers.chromium(may_install), peers.fonts(work)
    files = sorted(written.glob("*.html"))[:sample]

    def measure() -> float:
        seconds = 0.0
        for file in files:
            pdf = file.with_suffix(".chromium.pdf")
            command = [
                program,
                "--headless",
                "--no-sandbox",
                f"--print-to-pdf={pdf}",
                "--no-pdf-header-footer",
            ]
            seconds += run([*command, file.resolve().as_uri()], work, **environment).seconds
            if not pdf.exists():
                raise FailedError(f"{program} printed nothing for {file}")
        return len(files) / seconds

    return measure


def _weasyprint(work: Path, written: Path, sample: int, may_install: bool) -> Callable[[], float]:
    python, environment = peers.weasyprint(work, may_install), peers.fonts(work)
    script = Path(__file__).with_name("weasyprint_program.py")
    count = min(sample, len(list(written.glob("*.html"))))

    def measure() -> float:
        done = run([python.absolute(), script, written.resolve(), str(count)], work, **environment)
        seconds, printed = done.output.split()[-2:]
        if not int(printed):
            raise FailedError(f"WeasyPrint printed none of {count}:\n{done.output[-2000:]}")
        if int(printed) < count:
            tell(f"WeasyPrint gave up on {count - int(printed)} of {count}")
        return int(printed) / float(seconds)

    return measure


# --- nothing has changed ------------------------------------------------------------------


def _unchanged(work: Path, lessons: int, times: int) -> Iterator[Row]:
    """A build with every print made before, beside one of the site alone."""
    folder = programme(work, lessons)
    tell(f"printing everything of {lessons} lessons once")
    run([BIN / "taphuan", "build"], folder)
    again, alone = in_turn(
        {
            "build again, with prints": lambda: _again(folder),
            "build again, site alone": lambda: _again(folder, "--no-pdf"),
        },
        times,
    ).values()
    prints, reprinted = _counts(again[-1])
    what = f"second build of {lessons} lessons, {prints} PDFs"
    yield Row(what=f"{what}: printed again", ours=reprinted, unit="", target=NONE_PRINTED)
    for words, measure, target in (
        ("beyond the site", _seconds, SOON_DONE),
        ("same, processor time", _cpu, None),
    ):
        beyond = middle(again, measure) - middle(alone, measure)
        yield Row(what=f"{what}: {words}", ours=max(beyond, 0.0), unit="s", target=target)


def _again(folder: Path, *options: str) -> Run:
    """Builds once for what a build of these options keeps, and measures the next."""
    run([BIN / "taphuan", "build", *options], folder)
    return run([BIN / "taphuan", "build", *options], folder)


def _seconds(run: Run) -> float:
    return run.seconds


def _cpu(run: Run) -> float:
    return run.cpu


def _counts(run: Run) -> tuple[int, int]:
    counts = REPRINTED.search(run.output)
    if not counts:
        raise FailedError(f"no count of prints in:\n{run.output}")
    return int(counts[1]), int(counts[2])
