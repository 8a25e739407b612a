"""Whether an XLSX may be unpacked at all: sizes, names, links and XML that reaches outside."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .notices import Notice
from .parts import PIECE

MEGABYTE = 1024 * 1024
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * MEGABYTE
MOST_RATIO = 200
#: Small entries may be packed as tightly as they like.
RATIO_COUNTS_FROM = 64 * 1024
#: 50,000 rows of ten cells have some two million tags; a million take two seconds to parse.
MOST_TAGS = 4_000_000
LONGEST_NAME = 250

DIRECTORY_ENTRY = b"PK\x01\x02"
ENCRYPTED = 0x1
DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: One sign less than the longest of them, which may lie across the border of two pieces.
ACROSS = len(b"<!DOCTYPE") - 1
#: How UTF-16, UTF-32 and EBCDIC begin, where a DOCTYPE would not be seen.
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0", b"Lo\xa7\x94")
ASCII_LIKE = {b"utf-8", b"utf8", b"us-ascii"}


def fault(content: bytes) -> Notice | None:
    """The first reason not to unpack, or None. Sizes and names are looked at before any unpacking.

    Raises what `zipfile` raises where the archive is broken.
    """
    if content.count(DIRECTORY_ENTRY) > MOST_ENTRIES:
        return Notice(code="archive-too-many", values={"most": str(MOST_ENTRIES)})
    with ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        return next(_listed(entries), None) or next(_unpacked(archive, entries), None)


def _listed(entries: list[ZipInfo]) -> Iterator[Notice]:
    """What the directory alone tells."""
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
    yield from _sizes(entries)


def _is_plain(name: str, entry: ZipInfo) -> bool:
    """A relative name without a way up; `orig_filename` keeps what follows a NUL."""
    parts = name.split("/")
    return (
        0 < len(name) <= LONGEST_NAME
        and "\0" not in entry.orig_filename
        and "\\" not in entry.orig_filename
        and ":" not in name
        and not name.startswith("/")
        and not any(part in {"..", "."} for part in parts)
    )


def _sizes(entries: list[ZipInfo]) -> Iterator[Notice]:
    """Looks at the sizes declared, which may be lies: `pieces` unpacks no more of an entry than its own."""
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        yield Notice(code="archive-too-big", values={"most": str(MOST_UNPACKED // MEGABYTE)})
    for entry in entries:
        if entry.file_size > max(RATIO_COUNTS_FROM, entry.compress_size * MOST_RATIO):
            yield Notice(code="archive-ratio", values={"most": str(MOST_RATIO)})


def _unpacked(archive: ZipFile, entries: list[ZipInfo]) -> Iterator[Notice]:
    """Yields what only the content tells; each entry is read to its end, so that its checksum is checked.

    Tags are counted in every part, since it is not the name that says which of them are read as XML.
    """
    tags = 0
    for entry in entries:
        before = b""
        for number, piece in enumerate(pieces(archive, entry)):
            tags += piece.count(b"<")
            if tags > MOST_TAGS:
                yield Notice(code="archive-too-big", values={"most": str(MOST_UNPACKED // MEGABYTE)})
            if DOCTYPE.search(before + piece):
                yield Notice(code="archive-doctype")
            if not number and not _is_ascii_like(piece):
                yield Notice(code="archive-encoding")
            before = piece[-ACROSS:]


def pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
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
    """Looks at how a part begins; a declaration further down is none."""
    declared = DECLARATION.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()[:200])
    return not start.startswith(OTHER_ENCODINGS) and (not declared or declared[1].lower() in ASCII_LIKE)
