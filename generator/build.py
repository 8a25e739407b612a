"""Builds a programme's site and sheets: checked first, written last, swapped in whole."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from .errors import AuthorError, Finding, OperatorError, reason
from .kept_build import KeptBuild, is_compared_whole, made_of, site_digest
from .plugin.mkdocs_build import MkDocsSite
from .programme.kinds import INDEXES, KINDS
from .programme.kinds.blank_form import BlankForm
from .programme.loader import LoadResult, load_kept
from .programme.loader.memo import CACHE_FOLDER
from .programme.model.programme import Programme
from .programme.problems import Place, Problem
from .programme.schema import files_by_schema, schemas
from .quiz import draw, seed_of
from .render.chromium import find_browser
from .render.paper import FIRST_CODE, PRESS_SUFFIX, CodedForm, press_sheets, sheets, test_papers
from .render.pdf import print_sheets
from .render.printable import Download, Printed, Sheet, download_catalogue, index_json
from .render.security_policy import server_headers
from .render.text.prose import Prose

EDITOR_SETTINGS = ".vscode/settings.json"
#: What stands before the files of each schema in the settings of an editor.
SCHEMAS_KEY = re.compile(r'"yaml\.schemas"\s*:\s*')


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of a build; `jobs` sheets are printed at a time; one made `anew` uses nothing kept before."""

    root: Path
    banks: Path | None = None
    prints: bool = True
    jobs: int = 2
    strict: bool = False
    require_review: bool = False
    anew: bool = False


class BuildProgress(Protocol):
    """Is told how far a build has come."""

    def start(self, what: str, total: int) -> None: ...

    def advance(self) -> None: ...

    def finish(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class BuildResult:
    """The result of a build: counts, seconds, bytes on disk, and what it could not do."""

    site: Path
    pages: int
    prints: int
    reprinted: int
    seconds: float
    bytes: int
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]


def load_checked(options: Options) -> LoadResult:
    """Returns the programme with its findings. Raises AuthorError where they forbid a build."""
    loading = load_kept(
        options.root, banks=options.banks, require_review=options.require_review, anew=options.anew
    )
    if loading.programme is None or loading.has_errors or (options.strict and loading.findings):
        raise AuthorError(loading.findings)
    return loading


def build(
    options: Options, progress: BuildProgress, clock: Callable[[], float] = time.monotonic
) -> BuildResult:
    """Builds the site and every sheet. Raises AuthorError, or OperatorError for the machine.

    An earlier `site/` stays as it is until the new one is complete, and is left alone where it is the same.
    """
    started, root = clock(), options.root
    for kept in ("pdf", "templates") if options.anew else ():
        shutil.rmtree(root / CACHE_FOLDER / kept, ignore_errors=True)
    sources = _made_of(options)
    loading = load_checked(options)
    programme, findings = _programme(loading), loading.findings
    _write_schemas(root)
    _write_editor_settings(root / EDITOR_SETTINGS)
    _write_headers(root, server_headers())
    new_site = root / CACHE_FOLDER / "site"
    site = MkDocsSite(root, new_site)

    def result(pages: int, prints: int, reprinted: int) -> BuildResult:
        return BuildResult(
            site=root / "site",
            pages=pages,
            prints=prints,
            reprinted=reprinted,
            seconds=clock() - started,
            bytes=_size(root / "site"),
            findings=findings,
            notices=tuple(_notices(options, site.address)),
        )

    last = None if options.anew else KeptBuild.read(root)
    if last and last.made_of == sources and last.site == site_digest(root / "site"):
        return result(last.pages, last.prints, 0)
    downloads, printed = _printed(options, loading, site.address, progress)
    del loading  # the places of everything in every file, which nothing asks for any more
    progress.start("Dựng trang", _page_count(programme))
    pages = site.build(programme, downloads, page_done=progress.advance)
    progress.finish()
    _deliver(downloads, printed, new_site)
    _swap(new_site, root / "site")
    if is_compared_whole(site) and sources == _made_of(options):
        done = site_digest(root / "site")
        KeptBuild(made_of=sources, site=done, pages=pages, prints=len(printed)).keep(root)
    return result(pages, len(printed), sum(not pdf.is_reused for pdf in printed))


def print_only(
    options: Options, ids: tuple[str, ...], out: Path, progress: BuildProgress, *, for_press: bool = False
) -> list[Printed]:
    """Prints the named sheets as PDF into `out`, for a press without a name all it has.

    Raises KeyError with the first unknown id, AuthorError.
    """
    loading = load_checked(options)
    programme = _programme(loading)
    address = MkDocsSite(options.root, options.root / CACHE_FOLDER / "site").address
    drawn = (press_sheets if for_press else sheets)(programme, Prose(programme), site_url=address)
    by_id = {sheet.id.removesuffix(PRESS_SUFFIX): sheet for sheet in drawn}
    for id in ids:
        if id not in by_id:
            raise KeyError(id)
    named = [by_id[id] for id in ids] if ids or not for_press else list(drawn)
    return _print(options, loading, named, out, progress)


def print_test(
    options: Options, course_id: str, *, count: int, seed: int, on: date, out: Path, progress: BuildProgress
) -> list[Printed]:
    """Prints forms 101, 102 … of a course's test and their key as PDF into `out`, for use on a day.

    The same seed and day give the same forms. Raises KeyError where there is no such course, NoTest where it
    has no test, TooFewLeft where too few of its questions are right on that day.
    """
    loading = load_checked(options)
    programme = _programme(loading)
    course = programme.courses[course_id]
    codes = range(FIRST_CODE, FIRST_CODE + count)
    forms = [
        CodedForm(code=code, form=draw(programme, course, seed_of(course_id, str(seed), str(code)), on=on))
        for code in codes
    ]
    papers = test_papers(programme, Prose(programme), course, forms, seed=seed)
    return _print(options, loading, papers, out, progress)


def sheet_ids(options: Options) -> tuple[str, ...]:
    """Returns every id that `print_only` takes. Raises AuthorError."""
    programme = _programme(load_checked(options))
    return tuple(sheet.id for sheet in sheets(programme, Prose(programme)))


# --- steps ----------------------------------------------------------------------------------


def _made_of(options: Options) -> str:
    return made_of(options.root, banks=options.banks, prints=options.prints)


def _programme(loading: LoadResult) -> Programme:
    if loading.programme is None:
        raise AuthorError(loading.findings)
    return loading.programme


def _printed(
    options: Options, loading: LoadResult, address: str, progress: BuildProgress
) -> tuple[tuple[Download, ...], list[Printed]]:
    if not options.prints:
        return (), []
    programme = _programme(loading)
    wanted = sheets(programme, Prose(programme), site_url=address)
    printed = _print(options, loading, wanted, options.root / CACHE_FOLDER / "prints", progress)
    return download_catalogue(wanted, printed), printed


def _print(
    options: Options, loading: LoadResult, wanted: Iterable[Sheet], out: Path, progress: BuildProgress
) -> list[Printed]:
    wanted = list(wanted)
    progress.start("In PDF", len(wanted))
    try:
        printed = print_sheets(
            wanted,
            out=out,
            cache=options.root / CACHE_FOLDER / "pdf",
            executable=str(find_browser(os.environ, shutil.which)),
            jobs=options.jobs,
            progress=lambda _: progress.advance(),
        )
    finally:
        progress.finish()
    if problems := [
        *_overflow_problems(loading, wanted, printed),
        *_length_problems(loading, wanted, printed),
    ]:
        raise AuthorError((*loading.findings, *loading.worded(problems)))
    return printed


def _overflow_problems(
    loading: LoadResult, wanted: Iterable[Sheet], printed: Iterable[Printed]
) -> Iterator[Problem]:
    """Yields a problem for each panel that its text overflows; colour and mono make one."""
    programme, subjects = _programme(loading), {sheet.id: sheet.subject for sheet in wanted}
    campaigns, kinds = programme.campaigns, {sheet.id: sheet.kind for sheet in wanted}
    flows = {flow.subject: flow for flow in programme.flows.values()}
    for overflow in (overflow for pdf in printed for overflow in pdf.overflows):
        subject = subjects[overflow.sheet]
        if flow := flows.get(subject):
            place = Place(file=flow.source, path=(overflow.field,), at_key=True)
            yield Problem(code="job-aid-overflow", place=place, values={"lines": str(overflow.lines)})
            continue
        if kinds[overflow.sheet] == "agency-tasks":
            place = Place(file=programme.charter.source, path=("plan", overflow.field), at_key=True)
            values = {"unit": subject.partition(":")[2], "lines": str(overflow.lines)}
            yield Problem(code="agency-overflow", place=place, values=values)
            continue
        file = campaigns[subject].source if subject in campaigns else subject
        place = Place(file=file, path=tuple(overflow.field.split(".")), at_key=True)
        values = {
            "campaign": subject,
            "panel": overflow.panel,
            "lines": str(overflow.lines),
            "field": overflow.field,
        }
        kind, is_panel = kinds[overflow.sheet] or "", subject in campaigns
        yield Problem(code="panel-overflow" if is_panel else _overflow_code(kind), place=place, values=values)


def _overflow_code(kind: str) -> str:
    """Returns what is said of a panel of a sheet of this kind that is too full."""
    code = "sheet-overflow"
    if kind == "blank-form":
        code = "side-overflow"
    if kind.startswith("look-up"):
        code = "look-up-overflow"
    if kind.endswith("cards"):
        code = "card-overflow"
    return code


def _length_problems(
    loading: LoadResult, wanted: Iterable[Sheet], printed: Iterable[Printed]
) -> Iterator[Problem]:
    """Yields a problem for each blank form that has more pages than its author allows."""
    forms = {form.source: form for form in _programme(loading).of(BlankForm).values()}
    sheets_by_id = {sheet.id: sheet for sheet in wanted if sheet.kind == "blank-form"}
    for pdf in printed:
        form = forms[sheets_by_id[pdf.sheet].subject] if pdf.sheet in sheets_by_id else None
        if form and pdf.pages > form.pages and not pdf.overflows:
            values = {"pages": str(pdf.pages), "most": str(form.pages)}
            place = Place(file=form.source, path=("sections",), at_key=True)
            yield Problem(code="form-too-long", place=place, values=values)


def _deliver(catalogue: tuple[Download, ...], printed: Iterable[Printed], site: Path) -> None:
    for pdf in printed:
        target = site / "tai-lieu" / pdf.path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pdf.path, target)
        if pdf.thumbnail:
            shutil.copyfile(pdf.thumbnail, target.with_suffix(".webp"))
    if catalogue:
        (site / "tai-lieu/index.json").write_text(index_json(catalogue), encoding="utf-8")


def _swap(new_site: Path, site: Path) -> None:
    """Puts the new site in the old one's place, by two renames.

    Raises OperatorError where the folder is in use, as on Windows while a file in it is open.
    """
    former = new_site.with_name("site-former")
    shutil.rmtree(former, ignore_errors=True)
    try:
        if site.exists():
            site.rename(former)
        _take_place(new_site, site, former)
    except OSError as fault:
        raise OperatorError.of("build.held", site=site, reason=reason(fault)) from None
    shutil.rmtree(former, ignore_errors=True)


def _take_place(new_site: Path, site: Path, former: Path) -> None:
    try:
        new_site.rename(site)
    except OSError:
        if former.exists():
            former.rename(site)
        raise


def _write_headers(root: Path, headers: dict[str, str]) -> None:
    folder = root / "dist/headers"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in headers.items():
        (folder / name).write_text(text, encoding="utf-8")


def _write_schemas(root: Path) -> None:
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def _write_editor_settings(path: Path) -> None:
    """Makes an editor complete each file by its schema, where it has such settings; the rest stays as it is.

    Settings with comments, which plain JSON has not, are left to whoever wrote them.
    """
    try:
        text = path.read_text(encoding="utf-8")
        settings = json.loads(text)
    except (OSError, ValueError):
        return
    schemas_now = settings.get("yaml.schemas") if isinstance(settings, dict) else None
    key = SCHEMAS_KEY.search(text)
    if key is None or schemas_now is None or schemas_now == files_by_schema():
        return
    _, end = json.JSONDecoder().raw_decode(text, key.end())
    value = json.dumps(dict(files_by_schema()), ensure_ascii=False, indent=2).replace("\n", "\n  ")
    path.write_text(text[: key.end()] + value + text[end:], encoding="utf-8")


def _page_count(programme: Programme) -> int:
    documents = sum(len(programme.of(kind.model)) for kind in KINDS if kind.address)
    return documents + len(programme.register.documents) + len(INDEXES) - (programme.look_up is None)


def _notices(options: Options, address: str) -> Iterator[str]:
    if options.prints and not address:
        yield "Chưa đặt site_url trong mkdocs.yml, nên bản in chưa có mã QR và địa chỉ trang."


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
