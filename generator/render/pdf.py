"""Sheets as PDF files: printed once and cached by content, finished so that equal input gives equal bytes."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from . import browser_print, chromium
from . import thumbnail as pictures
from .browser_print import SCRIPTS, BrowserPdf, page_count
from .chromium import FACES, draw_sheets, font_file, run_async
from .printable import Duplex, Overflow, Printed, Sheet

METADATA = Path(__file__).parents[1] / "templates" / "paper" / "metadata.xmp"

#: Millimetres that a press cuts from each side of its paper, and those of them that colour reaches into.
CUT_AWAY, BLEED = 13.0, 3.0
#: Points of a millimetre.
POINTS = 72 / 25.4

_DUPLEX: Mapping[Duplex, Name] = {
    "none": Name.Simplex,
    "long-edge": Name.DuplexFlipLongEdge,
    "short-edge": Name.DuplexFlipShortEdge,
}

# Skia writes one operator a line; a marked section starts with BDC or BMC and ends with EMC.
_BEGIN = re.compile(rb"B[DM]C\n")
_END = b"\nEMC\n"
_PAINT = re.compile(rb"^(?:BT|[FSsBbf]\*?|.* (?:Do|sh))$", re.MULTILINE)
_NODE = re.compile(rb"\(node(\d{8})\)")


def finished_pdf(
    raw: bytes,
    *,
    title: str,
    author: str,
    subject: str,
    lang: str,
    dated: date,
    key: str,
    duplex: Duplex,
    is_exact: bool = False,
    is_cut: bool = False,
    links: Mapping[str, str] | None = None,
    headings: Sequence[str] = (),
) -> bytes:
    """Returns the browser's PDF ready to hand out; `key` is its lasting identity.

    `is_exact` asks viewers not to scale the page; `is_cut` tells a press where it is cut; `links` gives the
    words of each link by its target, `#id` inside the document, and `headings` those of every heading.
    """
    with pikepdf.open(io.BytesIO(_renumbered(raw))) as pdf:
        _set_metadata(pdf, title=title, author=author, subject=subject, lang=lang, dated=dated)
        _set_preferences(pdf, duplex, is_exact)
        _spell_bookmarks(pdf, headings)
        _group_figures(pdf)
        for page in pdf.pages:
            _mark_artifacts(pdf, page)
            _describe_links(page, links or {})
            if is_cut:
                page.trimbox, page.bleedbox = _within(page, CUT_AWAY), _within(page, CUT_AWAY - BLEED)
        return _saved_bytes(pdf, key)


def _within(page: pikepdf.Page, millimetres: float) -> Array:
    """Returns the page's box without so many millimetres on each side.

    The browser rounds a page up to whole pixels, from its upper left corner; what stays is whole millimetres.
    """
    left, bottom, right, top = (float(side) for side in page.mediabox)
    inset = millimetres * POINTS
    across, down = (round(size / POINTS) * POINTS - 2 * inset for size in (right - left, top - bottom))
    box = (left + inset, top - inset - down, left + inset + across, top - inset)
    return Array([round(side, 3) for side in box])


def _renumbered(raw: bytes) -> bytes:
    """Returns the PDF with its node ids counted from 1; the browser counts on from sheet to sheet."""
    numbers = {node: b"(node%08d)" % n for n, node in enumerate(sorted(set(_NODE.findall(raw))), 1)}
    return _NODE.sub(lambda node: numbers[node[1]], raw)


def _set_metadata(pdf: Pdf, *, title: str, author: str, subject: str, lang: str, dated: date) -> None:
    info = pdf.docinfo
    producer = str(info.get(Name.Producer, "Chromium"))
    info[Name.Title], info[Name.Author], info[Name.Subject] = title, author, subject
    info[Name.Creator] = "taphuan"
    info[Name.CreationDate] = info[Name.ModDate] = f"D:{dated:%Y%m%d}000000Z"
    fields = {"title": title, "author": author, "subject": subject, "lang": lang}
    packet = Template(METADATA.read_text(encoding="utf-8")).substitute(
        {name: escape(value) for name, value in fields.items()},
        producer=escape(producer),
        dated=dated.isoformat(),
    )
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Lang = String(lang)


def _set_preferences(pdf: Pdf, duplex: Duplex, is_exact: bool) -> None:
    preferences = Dictionary(Type=Name.ViewerPreferences, DisplayDocTitle=True, Duplex=_DUPLEX[duplex])
    if is_exact:
        preferences.PrintScaling = Name("/None")
    pdf.Root.ViewerPreferences = preferences


def _spell_bookmarks(pdf: Pdf, headings: Sequence[str]) -> None:
    """Restores the words of each bookmark: the browser drops the space where a heading wraps."""
    whole = {"".join(heading.split()): heading for heading in headings}
    for bookmark in _bookmarks(pdf.Root.get(Name.Outlines)):
        title = str(bookmark.Title)
        bookmark.Title = whole.get("".join(title.split()), title)


def _bookmarks(parent: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    child = parent.get(Name.First) if parent is not None else None
    while child is not None:
        yield child
        yield from _bookmarks(child)
        child = child.get(Name.Next)


def _group_figures(pdf: Pdf) -> None:
    """Calls a figure of several parts a section: its pictures have words of their own, the whole needs none.

    The browser tags every `<figure>` as a picture, which a reader of screens takes for one without words.
    """
    for node in pdf.objects:
        is_wordless = isinstance(node, Dictionary) and node.get("/S") == "/Figure" and "/Alt" not in node
        if is_wordless and any(isinstance(part, Dictionary) and "/S" in part for part in _parts(node)):
            node.S = Name.Sect


def _parts(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yields the parts of a node of the tags: nodes, and numbers of what is drawn."""
    parts = node.get("/K")
    yield from parts if isinstance(parts, pikepdf.Array) else () if parts is None else (parts,)


def _mark_artifacts(pdf: Pdf, page: pikepdf.Page) -> None:
    """Marks margin boxes and ornaments, which are drawn outside the tags, as no content."""
    content = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(_with_artifacts(content))


def _with_artifacts(content: bytes) -> bytes:
    depth = 0
    parts = []
    for part in content.split(_END):
        parts.append(part if depth else _with_artifact(part))
        depth += len(_BEGIN.findall(part)) - 1
    return _END.join(parts)


def _with_artifact(part: bytes) -> bytes:
    """Returns the operators with those before the first marked section called an artifact."""
    opening = _BEGIN.search(part)
    unmarked = part.rfind(b"\n", 0, opening.start()) + 1 if opening else len(part)
    if not _PAINT.search(part, 0, unmarked):
        return part
    return b"/Artifact BMC\n" + part[:unmarked].rstrip(b"\n") + _END + part[unmarked:]


def _describe_links(page: pikepdf.Page, links: Mapping[str, str]) -> None:
    for note in page.obj.get(Name.Annots, Array()):
        if note.get(Name.Subtype) == Name.Link:
            target = _target(note)
            note.Contents = String(links.get(target, target.lstrip("#")))


def _target(link: pikepdf.Object) -> str:
    if Name.A in link and Name.URI in link.A:
        return str(link.A.URI)
    return "#" + str(link.get(Name.Dest, "")).lstrip("/")


def _saved_bytes(pdf: Pdf, key: str) -> bytes:
    lasting = hashlib.sha256(key.encode()).digest()[:16]
    pdf.trailer.ID = Array([String(lasting), String(lasting)])
    out = io.BytesIO()
    pdf.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return out.getvalue()


def print_sheets(
    sheets: Sequence[Sheet],
    *,
    out: Path,
    cache: Path,
    executable: str,
    jobs: int = 2,
    progress: Callable[[Printed], None] = lambda _: None,
) -> list[Printed]:
    """Writes every sheet as `<id>.pdf` into `out`, and returns them in the order given.

    Sheets unchanged since they were last printed come from `cache`, without a browser. A sheet that overflows
    is never cached, so that it is measured and reported again. `progress` is called with each sheet once it
    is done. What the downloads show by a picture has it in `cache`, beside its PDF. Raises PrintError,
    MissingBrowser.
    """
    engine = _engine_digest(executable)
    cache_files = {sheet.id: cache / f"{_cache_key(sheet, engine)}.pdf" for sheet in sheets}
    thumbnails = {
        sheet.id: cache_files[sheet.id].with_suffix(".webp") for sheet in sheets if sheet.is_pictured
    }
    done: dict[str, Printed] = {}

    def tell(printed: Printed) -> None:
        done[printed.sheet] = printed
        progress(printed)

    def finish(sheet: Sheet, drawn: BrowserPdf) -> Printed:
        data = _finished_sheet(sheet, drawn)
        if not drawn.overflows:
            _write_file(cache_files[sheet.id], data)
        if drawn.first_page:
            _write_file(thumbnails[sheet.id], pictures.thumbnail(sheet, drawn.first_page))
        picture = thumbnails.get(sheet.id) if drawn.first_page else None
        return _delivered(sheet, data, out, thumbnail=picture, overflows=drawn.overflows)

    kept = {
        sheet.id
        for sheet in sheets
        if cache_files[sheet.id].exists() and (sheet.id not in thumbnails or thumbnails[sheet.id].exists())
    }
    # Editions that take after one another are printed together, so that neither depends on what was kept.
    anew = {sheet.twin for sheet in sheets if sheet.id not in kept and sheet.follows_twin}
    for sheet in sheets:
        if sheet.id in kept and not (sheet.follows_twin and sheet.twin in anew):
            data, picture = cache_files[sheet.id].read_bytes(), thumbnails.get(sheet.id)
            tell(_delivered(sheet, data, out, thumbnail=picture, is_reused=True))
    if fresh := [sheet for sheet in sheets if sheet.id not in done]:
        run_async(draw_sheets(fresh, executable, jobs, finish, tell))
    return [done[sheet.id] for sheet in sheets]


def _engine_digest(executable: str) -> str:
    """Returns a digest of all but the sheet that decides the PDF's bytes."""
    digest = hashlib.sha256(chromium.browser_version(executable).encode())
    for package in ("pikepdf", "playwright", "pillow"):
        digest.update(importlib.metadata.version(package).encode())
    modules = (__file__, browser_print.__file__, chromium.__file__, pictures.__file__)
    for file in (*map(Path, modules), METADATA, *map(font_file, FACES), *sorted(SCRIPTS.glob("*.js"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _cache_key(sheet: Sheet, engine: str) -> str:
    return hashlib.sha256(f"{engine}{sheet!r}".encode()).hexdigest()


def _delivered(
    sheet: Sheet,
    data: bytes,
    out: Path,
    *,
    thumbnail: Path | None,
    overflows: tuple[Overflow, ...] = (),
    is_reused: bool = False,
) -> Printed:
    path = out / f"{sheet.id}.pdf"
    if not path.exists() or path.read_bytes() != data:
        _write_file(path, data)
    return Printed(
        sheet=sheet.id,
        path=path,
        pages=page_count(data),
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        is_reused=is_reused,
        overflows=overflows,
        thumbnail=thumbnail,
    )


def _write_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, so that no reader of the folder meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def _finished_sheet(sheet: Sheet, drawn: BrowserPdf) -> bytes:
    return finished_pdf(
        drawn.raw,
        title=sheet.title,
        author=sheet.author,
        subject=sheet.audience,
        lang="vi",
        dated=sheet.dated,
        key=sheet.id,
        duplex=sheet.duplex,
        is_exact=sheet.is_exact,
        is_cut=sheet.edition == "press",
        links=drawn.links,
        headings=drawn.headings,
    )
