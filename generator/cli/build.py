"""The verbs that make the site and its sheets: build, serve, pages, pdf and paper."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from ..build import Options, build, load_checked, print_only, print_test, sheet_ids
from ..plugin.preview import run_preview
from ..programme.vietnamese import written_day
from ..quiz import LARGEST_SEED, NoTest, TooFewLeft
from ..render.site import pages as site_pages
from ..render.templates import kilobytes
from .commands import verb
from .options import FOLDER, no_cache_option, programme_options, read_day
from .terminal import (
    FAILED,
    TerminalProgress,
    complain,
    finding_counts,
    findings_text,
    wants_colour,
)
from .words import pair, refusal, words


@verb("build")
@programme_options
@click.option("--no-pdf", is_flag=True)
@click.option("--jobs", type=click.IntRange(1, 8), default=2)
@click.option("--strict", is_flag=True)
@click.option("--require-review", is_flag=True)
@no_cache_option
def build_verb(
    root: Path,
    banks: Path | None,
    no_pdf: bool,
    jobs: int,
    strict: bool,
    require_review: bool,
    no_cache: bool,
) -> None:
    options = Options(
        root=root,
        banks=banks,
        prints=not no_pdf,
        jobs=jobs,
        strict=strict,
        require_review=require_review,
        anew=no_cache,
    )
    built = build(options, TerminalProgress())
    click.echo(findings_text(built.findings), err=True, nl=False, color=wants_colour())
    click.echo(words("build.done", seconds=f"{built.seconds:.1f}".replace(".", ",")))
    size, site = kilobytes(built.bytes), f"{built.site}{os.sep}"
    click.echo(words("build.pages", pages=built.pages, size=size, site=site))
    if built.prints:
        folder = f"{built.site / 'tai-lieu'}{os.sep}"
        click.echo(words("build.prints", prints=built.prints, new=built.reprinted, folder=folder))
    for notice in built.notices:
        click.echo(f"  {notice}")
    click.echo(words("build.look"))


@verb("serve")
@programme_options
@click.option("--port", type=click.IntRange(1, 65535), default=8000)
@click.option("--host", default="127.0.0.1")
def serve(root: Path, banks: Path | None, port: int, host: str) -> None:
    run_preview(
        root,
        banks=banks,
        host=host,
        port=port,
        say=lambda line: click.echo(line, err=True),
        word=lambda findings: click.unstyle(findings_text(findings)) + f"{finding_counts(findings)}.",
    )


@verb("pages")
@programme_options
@click.argument("out", type=FOLDER)
def pages(root: Path, banks: Path | None, out: Path) -> None:
    loading = load_checked(Options(root=root, banks=banks))
    assert loading.programme is not None
    written = list(site_pages(loading.programme))
    for page in written:
        path = out / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
    click.echo(words("pages.written", count=len(written), folder=f"{out}{os.sep}"))


@verb("pdf")
@programme_options
@click.argument("ids", nargs=-1)
@click.option("--press", is_flag=True)
@click.option("--out", type=FOLDER)
@click.option("--jobs", type=click.IntRange(1, 8), default=2)
def pdf(
    root: Path, banks: Path | None, ids: tuple[str, ...], press: bool, out: Path | None, jobs: int
) -> int:
    options = Options(root=root, banks=banks, jobs=jobs)
    if not ids and not press:
        click.echo("\n".join(sheet_ids(options)))
        return 0
    try:
        target = out or Path("dist/press" if press else "dist/pdf")
        printed = print_only(options, ids, target, TerminalProgress(), for_press=press)
    except KeyError as error:
        raise refusal("pdf.no-leaflet" if press else "pdf.no-sheet", id=error.args[0]) from None
    for sheet in printed:
        size = kilobytes(sheet.bytes)
        click.echo(words("pdf.printed", path=sheet.path, pages=sheet.pages, size=size))
    return 0


@verb("paper")
@programme_options
@click.argument("course")
@click.option("--forms", type=click.IntRange(1, 24), default=4)
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), default=1)
@click.option("--date", "on", callback=read_day)
@click.option("--out", type=FOLDER, default=Path("dist/trainer"))
def paper(
    root: Path, banks: Path | None, course: str, forms: int, seed: int, on: date | None, out: Path
) -> int:
    options, day, progress = Options(root=root, banks=banks), on or date.today(), TerminalProgress()
    try:
        printed = print_test(options, course, count=forms, seed=seed, on=day, out=out, progress=progress)
    except KeyError:
        raise refusal("paper.no-course", course=course) from None
    except TooFewLeft:
        complain(*pair("paper.too-few", course=course, day=written_day(day)))
        return FAILED
    except NoTest:
        raise refusal("paper.no-test", course=course) from None
    for sheet in printed:
        click.echo(words("paper.printed", path=sheet.path, pages=sheet.pages))
    return 0
