"""File kinds, the limits for unpacking and reading, and checks of archives before they are unpacked."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Literal
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .grid import FILE, Notice, Spot

#: Enough for 50,000 people with six cells; memory takes some 300 bytes a cell, and as many for its person.
MOST_CELLS = 300_000
#: Characters of up to four bytes; 50,000 people have five million.
MOST_TEXT = 10_000_000


class ListTooLarge(ValueError):
    """More than a list of people has. Carries the notice."""

    def __init__(self, code: str, most: int | None = None, spot: Spot = FILE) -> None:
        super().__init__(code)
        self.notice = Notice(
            code=code, spot=spot, values={} if most is None else {"most": f"{most:,}".replace(",", ".")}
        )


@dataclass(kw_only=True)
class Contents:
    """Counts what was read of a file so far."""

    cells: int = 0
    text: int = 0

    def take(self, texts: Collection[str]) -> None:
        """Adds the texts of cells. Raises ListTooLarge."""
        self.cells += len(texts)
        self.text += sum(map(len, texts))
        if self.cells > MOST_CELLS:
            raise ListTooLarge("too-many-cells", MOST_CELLS)
        if self.text > MOST_TEXT:
            raise ListTooLarge("too-much-text", MOST_TEXT)


PIECE = 256 * 1024
#: A row of sixty cells of 32,767 characters, the most that Excel has, would be six megabytes; none is.
MOST_HELD = 4 * 1024 * 1024
#: Excel's own widest row, 16,384 formatted cells, has 50,000 tags and attributes.
MOST_MARKS = 200_000
#: Each name of a tag or an attribute stays in memory until its part is read; a format has some hundred.
MOST_NAMES = 2_000


class ArchivePart:
    """One part being read. Raises ListTooLarge where it holds more than any list needs."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self._held = self._marks = 0

    def read(self, size: int | None = -1) -> bytes:
        """Returns the next bytes; all that remain, in pieces too, where no size is given."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(PIECE), b""))
        piece = self._opened.read(size)
        self._held += len(piece)
        self._marks += piece.count(b"<") + piece.count(b"=")
        if self._held > MOST_HELD or self._marks > MOST_MARKS:
            raise ListTooLarge("part-too-big")
        return piece

    def dropped(self) -> None:
        """Says that nothing of what was read so far is kept as XML."""
        self._held = self._marks = 0

    def close(self) -> None:
        self._opened.close()

    def __enter__(self) -> ArchivePart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Parts(ZipFile):
    """An archive that hands out its parts in pieces; only a small part can be read whole."""

    def open(self, name: str | ZipInfo, mode: Any = "r", *given: Any, **named: Any) -> Any:
        return ArchivePart(super().open(name, mode, *given, **named))


def walk_elements(part: ArchivePart) -> Iterator[tuple[str, list[Element]]]:
    """Yields each `start` and `end` of an element with the way to it from the root. Raises ListTooLarge."""
    path: list[Element] = []
    names: set[str] = set()
    for event, element in iterparse(part, ("start", "end")):
        if event == "start":
            path.append(element)
            names.add(element.tag)
            names.update(element.keys())
            if len(names) > MOST_NAMES:
                raise ListTooLarge("part-too-big")
        yield event, path
        if event == "end":
            path.pop()


def elements_at(part: ArchivePart, depth: int) -> Iterator[tuple[str, Element]]:
    """Yields the elements at a depth, the root's being 1, each with the tag of its parent.

    Each is dropped once the next is asked for. Raises ListTooLarge.
    """
    for event, path in walk_elements(part):
        if event == "start":
            continue
        if len(path) == depth:
            yield path[-2].tag if depth > 1 else "", path[-1]
        if 1 < len(path) <= depth:
            path[-2].clear()
            part.dropped()


MEGABYTE = 1024 * 1024
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * MEGABYTE
MOST_RATIO = 200
#: Small entries may be packed at any ratio.
RATIO_COUNTS_FROM = 64 * 1024
#: 50,000 rows of ten cells have some two million tags; a million take two seconds to parse.
MOST_TAGS = 4_000_000
LONGEST_NAME = 250

DIRECTORY_ENTRY = b"PK\x01\x02"
ENCRYPTED = 0x1
DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: One character less than the longest of them, which may lie across the border of two pieces.
ACROSS = len(b"<!DOCTYPE") - 1
#: The first bytes of UTF-16, UTF-32 and EBCDIC, where a DOCTYPE would not be seen.
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0", b"Lo\xa7\x94")
ASCII_LIKE = {b"utf-8", b"utf8", b"us-ascii"}


def archive_fault(content: bytes) -> Notice | None:
    """Returns the first reason not to unpack, or None. Looks at sizes and names before any unpacking.

    Raises what `zipfile` raises where the archive is broken.
    """
    if content.count(DIRECTORY_ENTRY) > MOST_ENTRIES:
        return Notice(code="archive-too-many", values={"most": str(MOST_ENTRIES)})
    with ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        return next(_directory_faults(entries), None) or next(_content_faults(archive, entries), None)


def _directory_faults(entries: list[ZipInfo]) -> Iterator[Notice]:
    """Yields what the directory alone tells."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if not _is_plain(name, entry) or name.casefold() in seen:
            yield Notice(code="archive-name")
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield Notice(code="archive-link")
        if entry.flag_bits & ENCRYPTED:
            yield Notice(code="locked-workbook")
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            yield Notice(code="broken-workbook")
        seen.add(name.casefold())
    yield from _size_faults(entries)


def _is_plain(name: str, entry: ZipInfo) -> bool:
    """Returns whether a name is relative without a way up; `orig_filename` keeps what follows a NUL."""
    parts = name.split("/")
    return (
        0 < len(name) <= LONGEST_NAME
        and "\0" not in entry.orig_filename
        and "\\" not in entry.orig_filename
        and ":" not in name
        and not name.startswith("/")
        and not any(part in {"..", "."} for part in parts)
    )


def _size_faults(entries: list[ZipInfo]) -> Iterator[Notice]:
    """Yields faults of the declared sizes, which may be lies: `unpacked_pieces` stops there."""
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        yield Notice(code="archive-too-big", values={"most": str(MOST_UNPACKED // MEGABYTE)})
    for entry in entries:
        if entry.file_size > max(RATIO_COUNTS_FROM, entry.compress_size * MOST_RATIO):
            yield Notice(code="archive-ratio", values={"most": str(MOST_RATIO)})


def _content_faults(archive: ZipFile, entries: list[ZipInfo]) -> Iterator[Notice]:
    """Yields faults that only the content tells; each entry is read to its end, to check its checksum.

    Tags are counted in every part, since the name does not say which parts are read as XML.
    """
    tags = 0
    for entry in entries:
        before = b""
        for number, piece in enumerate(unpacked_pieces(archive, entry)):
            tags += piece.count(b"<")
            if tags > MOST_TAGS:
                yield Notice(code="archive-too-big", values={"most": str(MOST_UNPACKED // MEGABYTE)})
            if DOCTYPE.search(before + piece):
                yield Notice(code="archive-doctype")
            if not number and not _is_ascii_like(piece):
                yield Notice(code="archive-encoding")
            before = piece[-ACROSS:]


def unpacked_pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """Yields what an entry unpacks to, never more of it in memory than a piece.

    `ZipFile.read` would unpack a part whole and cut it to its declared size afterwards. Raises BadZipFile
    where a part is not what the directory says.
    """
    left = entry.file_size
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            left -= len(piece)
            yield piece
    if left:
        raise BadZipFile(entry.filename)


def _is_ascii_like(start: bytes) -> bool:
    """Returns whether a part begins like ASCII; a declaration further down is none."""
    declared = DECLARATION.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()[:200])
    return not start.startswith(OTHER_ENCODINGS) and (not declared or declared[1].lower() in ASCII_LIKE)


ZIP_START = b"PK\x03\x04"
#: Office files of before 2007, and newer ones with a password.
COMPOUND_START = b"\xd0\xcf\x11\xe0"
#: Entries of a compound file that tell what it is; the first is its own, later ones may be of embedded files.
COMPOUND_ENTRIES = {
    "EncryptedPackage": "locked-workbook",
    "WordDocument": "old-word-file",
    "Workbook": "old-excel-file",
    "Book": "old-excel-file",
}
PICTURES = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:hei|mif|avif)",
    re.DOTALL,
)
MARKS = b"\xef\xbb\xbf \r\n\t"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
#: OpenDocument types by their name: the ending of their files, and the one to save them as.
OPEN_ENDINGS = {b"spreadsheet": (".ods", ".xlsx"), b"text": (".odt", ".docx")}
CONTENT_TYPES = "[Content_Types].xml"
WORD_MAIN = re.compile(r"word.*\.(?:document|template)(?:\.macroEnabled\w*)?\.main\+xml$")
PRESENTATION_MAIN = re.compile(r"(?:presentationml|powerpoint).*\.main\+xml$")

PackageKind = Literal["word", "excel"]


def file_refusal(content: bytes) -> Notice | None:
    """Returns why a file that is no archive cannot be read as a list; None where it may be a CSV."""
    start = content[:100].lstrip(MARKS)
    if content.startswith(COMPOUND_START):
        return Notice(code=_compound_refusal(content))
    if start.startswith(b"%PDF"):
        return Notice(code="picture-file", values={"kind": "PDF"})
    if PICTURES.match(content):
        return Notice(code="picture-file", values={"kind": "ảnh"})
    if start.startswith(b"{\\rtf"):
        return Notice(code="rich-text-file")
    return Notice(code="not-a-list") if content.lstrip(MARKS).startswith(b"<") else None


def _compound_refusal(content: bytes) -> str:
    codes = {
        at: code
        for name, code in COMPOUND_ENTRIES.items()
        if (at := content.find(f"\0{name}\0".encode("utf-16-le")[1:])) >= 0
    }
    return codes[min(codes)] if codes else "old-office-file"


def open_document_refusal(content: bytes) -> Notice | None:
    """Returns what to do with an archive that is a file of LibreOffice; None for any other."""
    with ZipFile(io.BytesIO(content)) as archive:
        if "mimetype" not in archive.namelist():
            return None
        with archive.open("mimetype") as part:
            kind = part.read(100)
    if not kind.startswith(OPEN_DOCUMENT):
        return None
    written = kind.removeprefix(OPEN_DOCUMENT).strip()
    ending, wanted = OPEN_ENDINGS.get(written, (".odp", ".docx"))
    return Notice(code="open-document", values={"ending": ending, "wanted": wanted})


def office_package(content: bytes) -> tuple[PackageKind, str] | Notice:
    """Returns the type an Office file says it is, and its main part's name; a notice for other types.

    Raises what the reading of XML raises.
    """
    with Parts(io.BytesIO(content)) as parts, parts.open(CONTENT_TYPES) as part:
        for _, element in elements_at(part, 2):
            kind = element.get("ContentType", "")
            if WORD_MAIN.search(kind):
                return "word", element.get("PartName", "").removeprefix("/") or "word/document.xml"
            if "sheet.binary" in kind:
                return Notice(code="binary-workbook")
            if PRESENTATION_MAIN.search(kind):
                return Notice(code="not-a-list")
    return "excel", ""
