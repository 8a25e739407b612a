"""The last step of every PDF: names, dates, marks for screen readers, and equal bytes for equal input."""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from generator.render.sheet import Duplex

METADATA = Path(__file__).parents[1] / "templates" / "paper" / "metadata.xmp"

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


def finish(
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
    links: Mapping[str, str] | None = None,
    headings: Sequence[str] = (),
) -> bytes:
    """The browser's PDF made ready to hand out; `key` is its lasting identity.

    `is_exact` asks viewers not to scale the page; `links` gives the words of each link by its
    target, `#id` for one inside the document, and `headings` those of every heading.
    """
    with pikepdf.open(io.BytesIO(_renumbered(raw))) as pdf:
        _name(pdf, title=title, author=author, subject=subject, lang=lang, dated=dated)
        _prefer(pdf, duplex, is_exact)
        _spell_bookmarks(pdf, headings)
        for page in pdf.pages:
            _mark_artifacts(pdf, page)
            _describe_links(page, links or {})
        return _saved(pdf, key)


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def destinations(raw: bytes) -> dict[str, int]:
    """The page number, from 1, of each element that a link of the document points to."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        named = pdf.Root.get(Name.Dests, Dictionary())
        return {name[1:]: numbers[target[0].objgen] for name, target in named.items()}


def _renumbered(raw: bytes) -> bytes:
    """The same PDF with its node ids counted from 1: the browser counts on from page to page."""
    numbers = {node: b"(node%08d)" % n for n, node in enumerate(sorted(set(_NODE.findall(raw))), 1)}
    return _NODE.sub(lambda found: numbers[found[1]], raw)


def _name(pdf: Pdf, *, title: str, author: str, subject: str, lang: str, dated: date) -> None:
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


def _prefer(pdf: Pdf, duplex: Duplex, is_exact: bool) -> None:
    preferences = Dictionary(Type=Name.ViewerPreferences, DisplayDocTitle=True, Duplex=_DUPLEX[duplex])
    if is_exact:
        preferences.PrintScaling = Name("/None")
    pdf.Root.ViewerPreferences = preferences


def _spell_bookmarks(pdf: Pdf, headings: Sequence[str]) -> None:
    """The browser drops the space where a heading wraps; each title gets back its own words."""
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


def _mark_artifacts(pdf: Pdf, page: pikepdf.Page) -> None:
    """Margin boxes and ornaments are drawn outside the tags; say that they are not content."""
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
    """The same operators with those before the first marked section called an artifact."""
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


def _saved(pdf: Pdf, key: str) -> bytes:
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
