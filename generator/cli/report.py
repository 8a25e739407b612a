"""The verb that writes a report of a period: three files, each whole or not there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import click
from sqlalchemy import Connection

from ..programme.loader.memo import CACHE_FOLDER
from ..programme.vietnamese import LOCAL_ZONE
from ..records.audit_trail import utc_now
from ..records.store import read_ledger
from ..render.chromium import find_browser
from ..render.pdf import print_sheets
from ..render.raster import png_of
from ..reports import Report, build_report, printable_report, write_docx, write_xlsx
from ..targets import Figures, NotAPeriod, Period, load_figures
from .atomic_files import explain_unwritten, write_new
from .commands import verb
from .ledger import programme_of, require_same_province
from .options import FOLDER, database_option, root_option
from .usage import wrong_usage
from .words import words

#: Signs between the year and its half, and a half that comes first: `2026-h2`, `H2/2026`.
PARTING, HALF_FIRST = re.compile(r"[\s/._-]"), re.compile(r"(H[12])(20[0-9]{2})")


def read_period(context: click.Context, option: click.Parameter, given: str) -> Period:
    """Returns the period, however its year and half are parted. Raises WrongUsage."""
    plain = PARTING.sub("", given).upper()
    try:
        return Period.parse(HALF_FIRST.sub(r"\2\1", plain))
    except NotAPeriod:
        raise wrong_usage("report.period", given=given) from None


@verb("report")
@root_option
@database_option
@click.option("--period", required=True, callback=read_period)
@click.option("--out", type=FOLDER, default=Path("dist/reports"))
def report_verb(root: Path, database: str, period: Period, out: Path) -> None:
    programme = programme_of(root)

    def gathered(connection: Connection) -> Figures:
        require_same_province(connection, programme, database)
        today = utc_now().astimezone(LOCAL_ZONE).date()
        return load_figures(connection, today=today, apart=programme.courses_apart)

    settled = read_ledger(database, gathered)
    if settled.head.startswith("0+"):
        click.echo(words("report.empty"), err=True)
    for path in _written_files(build_report(programme, settled, period), out, root):
        click.echo(str(path))


def _written_files(whole: Report, out: Path, root: Path) -> Iterator[Path]:
    """Yields a report written three ways. Files of an earlier one may have been filled in, and stay."""
    browser, elsewhere = str(find_browser(os.environ, shutil.which)), words("report.elsewhere")
    with explain_unwritten(out, fix=elsewhere):
        out.mkdir(parents=True, exist_ok=True)
        name = _free_name(out, whole.id)
    if name != whole.id:
        click.echo(words("report.kept", name=name), err=True)
    for ending, content in (("docx", write_docx(whole, png_of)), ("xlsx", write_xlsx(whole))):
        path = out / f"{name}.{ending}"
        with explain_unwritten(path, fix=elsewhere):
            write_new(path, content)
        yield path
    drawn = replace(printable_report(whole), id=name)
    with explain_unwritten(out / f"{name}.pdf", fix=elsewhere):
        printed = print_sheets([drawn], out=out, cache=root / CACHE_FOLDER / "pdf", executable=browser)
    yield from (sheet.path for sheet in printed)


def _free_name(folder: Path, name: str) -> str:
    """Returns the name, or with the first number after it that no file has."""
    taken = {path.stem for path in folder.iterdir()}
    names = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in names if each not in taken)
