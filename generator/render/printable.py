"""Printable things: a sheet, its PDF on disk, and the entry in the catalogue of downloads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import Literal

from ..programme import urls
from ..programme.kinds import KINDS
from ..programme.model.campaign import MATERIAL_KINDS

Edition = Literal["colour", "mono", "press"]
Duplex = Literal["none", "long-edge", "short-edge"]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One printed thing as a complete HTML document, with what a reader must know to print it."""

    id: str
    kind: str | None = None
    """A key of KIND_WORDS, none for what the site never offers: reports, test papers, certificates."""
    title: str
    audience: str
    author: str
    subject: str
    """Whose it is: a lesson as `course/lesson`, a course or a campaign by id, `flow:<id>`,
    `agency:<id>`, others by file."""
    dated: date
    """The content's date, which is also the PDF's: a build has no clock."""
    edition: Edition = "colour"
    paper: Literal["A3", "A4"] = "A4"
    landscape: bool = False
    duplex: Duplex = "long-edge"
    is_exact: bool = False
    """True when viewers are asked not to scale it, as folds would miss their marks."""
    html: str
    has_contents: bool = False
    """True when the page numbers of `[data-page-of]` elements are filled in by a second pass."""
    may_be_close: bool = False
    """True when its lines stand closer, by the class `close`, where that saves a page."""

    @property
    def twin(self) -> tuple[str | None, str]:
        """Returns what its other edition has in common with it: kind and subject."""
        return self.kind, self.subject

    @property
    def follows_twin(self) -> bool:
        """True for what is printed in pages that its other edition has found."""
        return self.has_contents or self.may_be_close

    @property
    def is_pictured(self) -> bool:
        """True for what is offered by a picture of its first page, which both editions share."""
        if self.kind in ("blank-form", "pocket-text"):
            return True
        return self.kind is not None and self.kind not in LISTED_KINDS and self.edition == "colour"


@dataclass(frozen=True, kw_only=True)
class Overflow:
    """A `[data-panel]` element, of a fixed size, whose text does not fit, and by how many lines."""

    sheet: str
    panel: str
    lines: int
    field: str
    """The author's field that fills the panel, as the template's `data-field` names it."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A PDF on disk."""

    sheet: str
    path: Path
    pages: int
    bytes: int
    sha256: str
    is_reused: bool
    overflows: tuple[Overflow, ...] = ()
    thumbnail: Path | None = None


#: What readers call each kind of download, in the order in which the downloads show them.
KIND_WORDS = {
    "handbook": "Sổ tay học viên",
    "guide": "Tài liệu tập huấn viên",
    **{kind: material.words for kind, material in MATERIAL_KINDS.items()},
    "job-aid": "Tờ dán nơi làm việc",
    "help-sheet": "Tờ số điện thoại có dải xé",
    "look-up-card": "Thẻ tra",
    "handout": "Bài phát tay",
    **{sheet: words for kind in KINDS for sheet, words in kind.sheets.items()},
    "agency-tasks": "Trang việc của cơ quan",
}
#: Of these there are so many, and so alike, that the downloads list them in tables.
LISTED_KINDS = frozenset({"handout", "agency-tasks"} | {sheet for kind in KINDS for sheet in kind.sheets})
#: Pixels across a picture of a first page that stands upright, or lies: twice what a card shows.
THUMBNAIL_WIDTH, THUMBNAIL_LENGTH = 320, 400
#: How much longer than wide a sheet of the A sizes is.
UPRIGHT = 297 / 210
#: Whom a lesson plan is written for, by its kind.
PLAN_READERS = {"lesson": "Giáo viên", "parents": "Người chủ trì buổi gặp cha mẹ"}
#: In the order in which a list offers them: what most offices print comes first.
EDITION_WORDS = {"mono": "Bản đen trắng", "colour": "Bản màu"}
#: Each way to print in words, and its anchor on the page of downloads.
SIDES = {
    "none": ("1 mặt", "mot-mat"),
    "long-edge": ("2 mặt, lật cạnh dài", "lat-canh-dai"),
    "short-edge": ("2 mặt, lật cạnh ngắn", "lat-canh-ngan"),
}


@dataclass(frozen=True, kw_only=True)
class Download:
    """A printable on the site; `path` from the site's root, `bytes` its size, `subject` whose it is.

    `thumbnail` is the picture of its first page, with a path likewise, where it has one.
    """

    id: str
    kind: str
    title: str
    audience: str
    subject: str
    edition: str
    path: str
    pages: int
    bytes: int
    sha256: str
    paper: str
    landscape: bool
    duplex: str
    thumbnail: str = ""

    @property
    def thumbnail_size(self) -> tuple[int, int]:
        return thumbnail_size(is_landscape=self.landscape)

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]

    @property
    def edition_words(self) -> str:
        return EDITION_WORDS[self.edition]

    @property
    def paper_words(self) -> str:
        return f"{self.paper} ngang" if self.landscape else self.paper

    @property
    def sides(self) -> str:
        return self.duplex if self.pages > 1 else "none"

    @property
    def sides_words(self) -> str:
        """How many sides, and how the sheet is turned, as the print dialogue asks."""
        return SIDES[self.sides][0]

    @property
    def how_to_print(self) -> str:
        """The address, from the site's root, of a drawing that shows it."""
        return f"{urls.DOWNLOADS}#{SIDES[self.sides][1]}"


def thumbnail_size(*, is_landscape: bool) -> tuple[int, int]:
    """Returns width and height of a picture of a first page, in pixels."""
    if is_landscape:
        return (THUMBNAIL_LENGTH, round(THUMBNAIL_LENGTH / UPRIGHT))
    return (THUMBNAIL_WIDTH, round(THUMBNAIL_WIDTH * UPRIGHT))


def download_catalogue(sheets: Iterable[Sheet], printed: Iterable[Printed]) -> tuple[Download, ...]:
    """Returns the downloads in the order of KIND_WORDS, the editions of each in that of EDITION_WORDS.

    What has no kind is left out, so that no test paper gets among them.
    """
    kinds, files = list(KIND_WORDS), {done.sheet: done for done in printed}
    downloads = [
        _download(sheet, sheet.kind, files[sheet.id])
        for sheet in sheets
        if sheet.kind is not None and sheet.id in files
    ]
    ranked = sorted(downloads, key=lambda download: kinds.index(download.kind))
    return tuple(chain.from_iterable(by_edition(ranked)))


def by_edition(catalogue: Iterable[Download]) -> tuple[tuple[Download, ...], ...]:
    """Each sheet once, with its editions: mono, then colour."""
    same = groupby(catalogue, key=lambda download: (download.kind, download.subject, download.title))
    order = list(EDITION_WORDS)
    return tuple(
        tuple(sorted(group, key=lambda download: order.index(download.edition))) for _, group in same
    )


def _download(sheet: Sheet, kind: str, done: Printed) -> Download:
    return Download(
        id=sheet.id,
        kind=kind,
        title=sheet.title,
        audience=sheet.audience,
        subject=sheet.subject,
        edition=sheet.edition,
        path=f"{urls.DOWNLOADS}{done.path.name}",
        pages=done.pages,
        bytes=done.bytes,
        sha256=done.sha256,
        paper=sheet.paper,
        landscape=sheet.landscape,
        duplex=sheet.duplex,
        thumbnail=f"{urls.DOWNLOADS}{sheet.id}.webp" if done.thumbnail else "",
    )


def index_json(catalogue: Iterable[Download]) -> str:
    """`tai-lieu/index.json`: every printable with its place, size and digest."""
    return json.dumps([asdict(download) for download in catalogue], ensure_ascii=False, indent=1) + "\n"
