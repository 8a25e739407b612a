"""What can be downloaded and printed: one entry for each sheet that came out of the press."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby

from ..programme import addresses
from .sheet import Printed, Sheet

KIND_WORDS = {
    "handout": "Bài phát tay",
    "handbook": "Sổ tay học viên",
    "guide": "Tài liệu tập huấn viên",
    "leaflet": "Tờ gấp ba",
    "poster": "Áp phích",
}
EDITION_WORDS = {"colour": "Bản màu", "mono": "Bản đen trắng"}
DUPLEX_WORDS = {
    "none": "In 1 mặt",
    "long-edge": "In 2 mặt, lật theo cạnh dài",
    "short-edge": "In 2 mặt, lật theo cạnh ngắn",
}
ORDER = ("handbook", "guide", "leaflet", "poster", "handout")


@dataclass(frozen=True, kw_only=True)
class Download:
    """A printable on the site; `path` from the site's root, `bytes` its size, `subject` whose it is."""

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

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]

    @property
    def edition_words(self) -> str:
        return EDITION_WORDS[self.edition]

    @property
    def how_to_print(self) -> str:
        """Paper, sides, flip and scale, as the print dialogue asks for them."""
        lying = "ngang" if self.landscape else "dọc"
        sides = DUPLEX_WORDS[self.duplex if self.pages > 1 else "none"]
        return f"Khổ {self.paper} {lying} · {sides} · Tỷ lệ 100%"


def downloads(sheets: Iterable[Sheet], printed: Iterable[Printed]) -> tuple[Download, ...]:
    """The catalogue: handbooks, guides, leaflets and posters first, each colour before mono."""
    by_id = {sheet.id: sheet for sheet in sheets}
    found = [_download(by_id[done.sheet], done) for done in printed]
    place = {id: index for index, id in enumerate(by_id)}
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.kind), place[one.id])))


def printables(catalogue: Iterable[Download]) -> tuple[tuple[Download, ...], ...]:
    """Each sheet once, with its editions: colour, then mono."""
    same = groupby(catalogue, key=lambda one: (one.kind, one.subject, one.title))
    return tuple(tuple(editions) for _, editions in same)


def _download(sheet: Sheet, done: Printed) -> Download:
    return Download(
        id=sheet.id,
        kind=sheet.kind,
        title=sheet.title,
        audience=sheet.audience,
        subject=sheet.subject,
        edition=sheet.edition,
        path=f"{addresses.DOWNLOADS}{done.path.name}",
        pages=done.pages,
        bytes=done.bytes,
        sha256=done.sha256,
        paper=sheet.paper,
        landscape=sheet.landscape,
        duplex=sheet.duplex,
    )


def index_json(catalogue: Iterable[Download]) -> str:
    """`tai-lieu/index.json`: every printable with its place, size and digest."""
    return json.dumps([asdict(one) for one in catalogue], ensure_ascii=False, indent=1) + "\n"
