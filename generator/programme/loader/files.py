"""Files of the content as text: found by `Folder`, read by `read_plain`; unread ones are reported."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath

from ..kinds import KINDS
from ..model.values import UNSEEN
from ..problems import Place, Problem
from ..vietnamese import TYPED_WORD, count_misspelt, find_misread, slug

#: Junctions, Windows folders that lead to another one; `os.path.isjunction` came with Python 3.12.
JUNCTION = 0xA0000003


class NotPlain(OSError):
    """Raised where a link, a folder, a device or a pipe stands in place of a file."""


class Folder:
    """A folder and all below it, scanned once; one `named` on the command line may be a link."""

    def __init__(self, path: Path, *, named: bool = False) -> None:
        self.path, self.named = path, named

    @cached_property
    def entries(self) -> tuple[tuple[Path, os.stat_result], ...]:
        """Everything in it, by name, without what lies behind links."""
        return tuple(_below(self.path)) if self.named or _is_folder(self.path) else ()

    @cached_property
    def files(self) -> frozenset[Path]:
        return frozenset(path for path, status in self.entries if stat.S_ISREG(status.st_mode))

    @cached_property
    def others(self) -> tuple[tuple[Path, bool], ...]:
        """Everything that is a link or no plain file, each with whether it is a link."""
        if not self.named and os.path.lexists(self.path) and not _is_folder(self.path):
            return ((self.path, _leads_elsewhere(os.lstat(self.path))),)
        return tuple(
            (path, _leads_elsewhere(status)) for path, status in self.entries if not _is_plain(status)
        )

    def matching(self, pattern: str, within: Path) -> list[Path]:
        """Returns the files that match `*.yml` in `within`, or `**/*.md` in it and below, sorted.

        Hidden files are left out: editors and USB sticks leave them beside the real ones. Upper and lower
        case of an ending differ on every system, as they do on the server.
        """
        name, is_deep = PurePosixPath(pattern).name, "/" in pattern
        return sorted(
            path
            for path, status in self.entries
            if _is_plain(status)
            and fnmatchcase(path.name, name)
            and (path.is_relative_to(within) if is_deep else path.parent == within)
            and not path.name.startswith((".", "~$"))
        )


def _is_folder(path: Path) -> bool:
    """Tells whether it is a folder itself, not a link to one."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and not _leads_elsewhere(status)


def _is_plain(status: os.stat_result) -> bool:
    is_known = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return is_known and not _leads_elsewhere(status)


def _leads_elsewhere(status: os.stat_result) -> bool:
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == JUNCTION


def read_plain(path: Path, most: int) -> bytes | None:
    """Returns a plain file's bytes, or None where there are more than `most`.

    A link put in its place meanwhile is not followed, and a pipe does not block. Raises OSError, NotPlain.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotPlain(path)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotPlain(path)
        raw = file.read(most + 1)
    return raw if len(raw) <= most else None


def _below(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yields all below a folder; one that may not be read counts as empty."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError:
        return
    for name in names:
        path = folder / name
        try:
            status = os.lstat(path)
        except OSError:
            continue
        yield path, status
        if stat.S_ISDIR(status.st_mode) and not _leads_elsewhere(status):
            yield from _below(path)


#: Signs of no width that Word, Zalo and web pages leave within words.
WITHOUT_INK = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\u180e\ufeff]")
#: Joiners are kept where they make one emoji of two.
_PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
JOINER = re.compile(f"(?<![\ufe0f{_PICTURE}])[\u200c\u200d]|[\u200c\u200d](?![{_PICTURE}])")
SOFT_HYPHEN = "\xad"
CYRILLIC = re.compile("[\u0400-\u04ff]")
LOOKS_LIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405",
    "aeopcyxijshdABEKMHOPCTYXIJS",
)
LETTERS = re.compile(r"[\w-]+")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")
#: Letters and digits as wide as Chinese ones, and the wide number sign of a heading.
WIDE = re.compile("[\uff03\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
FROM_WIDE = 0xFEE0
#: Letters and digits drawn bold or slanted, which phones offer; their tone marks stand behind them.
DRAWN = re.compile("(?:[\U0001d400-\U0001d7ff][\u0300-\u036f]*)+")
#: All matches of the patterns above contain one of these, as do the hyphens below.
HIDDEN_SIGNS = re.compile(
    "[\u0400-\u04ff\u061c\u180e\u200b-\u200f\u2010\u2011\u202a-\u202e\u2060-\u2069\ufeff"
    "\uff03-\uff5a\U0001d400-\U0001d7ff]"
)
#: Word's hyphens within an id or a number.
HYPHEN = re.compile("(?<=[a-z0-9])[\u2010\u2011](?=[a-z0-9])")


def as_seen(text: str) -> str:
    """Returns the text as a reader sees it, with the same number of lines."""
    if not text.isascii() and HIDDEN_SIGNS.search(text):
        text = _in_known_signs(text)
    return _without_soft_hyphens(text) if SOFT_HYPHEN in text else text


def _in_known_signs(text: str) -> str:
    """Returns the text without invisible signs, with lookalike signs replaced by ours."""
    text = JOINER.sub("", WITHOUT_INK.sub("", text))
    text = HYPHEN.sub("-", WIDE.sub(lambda wide: chr(ord(wide[0]) - FROM_WIDE), text))
    text = DRAWN.sub(lambda drawn: unicodedata.normalize("NFKC", drawn[0]), text)
    if CYRILLIC.search(text):
        text = LETTERS.sub(lambda word: _in_one_alphabet(word[0]), text)
    return text


def _in_one_alphabet(word: str) -> str:
    """Returns a word of mixed alphabets in Latin letters, if each other letter looks like one."""
    seen = word.translate(LOOKS_LIKE)
    return seen if LATIN.search(word) and not CYRILLIC.search(seen) else word


def _without_soft_hyphens(text: str) -> str:
    """Returns the text without soft hyphens, except in lines of TCVN3, where they are the letter ư."""
    lines = text.split("\n")
    return "\n".join(line if find_misread(line) else line.replace(SOFT_HYPHEN, "") for line in lines)


UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff")
#: How many bytes are enough to tell an encoding.
SAMPLED = 20_000
#: A file of content is written by a person; a larger one is a mistake or an attack.
BIGGEST_FILE = 1_000_000
#: A hundred pages of a book; reading Markdown takes longer than YAML, disproportionately so for long files.
BIGGEST_MARKDOWN = 200_000
#: A paragraph on one line has a thousand characters.
LONGEST_LINE = 20_000


@dataclass(frozen=True)
class Source:
    """A file as text: `file` is the path from the programme's root, with forward slashes; `text` is NFC."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def read_source(
    path: Path, file: str, *, most: int = BIGGEST_FILE, longest: int | None = LONGEST_LINE
) -> tuple[Source, list[Problem]]:
    """Returns the file's text with plain line ends, and what is wrong with it as a file.

    The text is empty where the file has more than `most` bytes or a line of more than `longest` characters.
    """
    try:
        raw = read_plain(path, most)
    except OSError:
        return Source(file, ""), [Problem(code="unreadable-file", place=Place(file=file))]
    if raw is None:
        size = f"{most // 1_000_000} MB" if most >= BIGGEST_FILE else f"{most // 1_000} KB"
        return Source(file, ""), [Problem(code="file-too-big", place=Place(file=file), values={"most": size})]
    source, problems = source_from(raw, file)
    if longest is not None and len(source.text) > longest:
        for number, line in enumerate(source.lines, 1):
            if len(line) > longest:
                return Source(file, ""), [Problem(code="long-line", place=Place(file=file, line=number))]
    return source, problems


def source_from(raw: bytes, file: str) -> tuple[Source, list[Problem]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Source(file, ""), [_not_utf_8(raw, file, raw[: error.start].count(b"\n") + 1)]
    if b"\0\n\0" in raw:
        return Source(file, ""), [_not_utf_8(raw, file, 1)]
    text = as_seen(text.replace("\r\n", "\n").replace("\r", "\n"))
    problems = list(_unseen(text, file))
    text = UNSEEN.sub(" ", text)
    if not text.strip():
        problems.append(Problem(code="empty-file", place=Place(file=file)))
    if not unicodedata.is_normalized("NFC", text):
        problems.append(Problem(code="not-nfc", place=Place(file=file, line=_first_decomposed(text))))
        text = unicodedata.normalize("NFC", text)
    return Source(file, text), problems


def _not_utf_8(raw: bytes, file: str, line: int) -> Problem:
    """Returns the problem of bytes that are not UTF-8, naming the encoding or old font they may be in."""
    sample, place = raw[:SAMPLED], Place(file=file, line=line)
    if raw.startswith(UTF_16_STARTS) or b"\0" in sample:
        place = Place(file=file, line=1)
        return Problem(code="not-utf-8", place=place, suggestion="UTF-16 (Notepad gọi là Unicode)")
    text = unicodedata.normalize("NFC", sample.decode("cp1258", "replace"))
    marked = sum(not word.isascii() for word in TYPED_WORD.findall(text))
    if count_misspelt(text) * 2 < marked:
        return Problem(code="not-utf-8", place=place, suggestion="Windows-1258")
    for misread in find_misread(sample.decode("latin-1")):
        if misread.font:
            return Problem(
                code="old-font", place=place, values={"reads": misread.reads, "font": misread.font}
            )
    return Problem(code="not-utf-8", place=place)


def _unseen(text: str, file: str) -> Iterator[Problem]:
    if UNSEEN.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            if unseen := UNSEEN.search(line):
                place = Place(file=file, line=number, column=unseen.start() + 1)
                yield Problem(code="unseen-character", place=place)


def _first_decomposed(text: str) -> int:
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            return number
    return 1


PROGRAMME = "content/programme"
#: The only files that are read there.
NAMES = frozenset(
    f"{name}.yml"
    for name in ("programme", "units", "audiences", "references", "terms", "contacts", "decisions")
)
#: The folders of content, the ending of what is read in each, and how many folders deep.
CONTENT_FOLDERS = {
    **{kind.folder: (".md" if kind.is_markdown else ".yml", kind.depth) for kind in KINDS},
    PROGRAMME: (".yml", 0),
}
#: What other files may seem to lack while a file of the folder is not read.
CONTENT_KINDS = {**{kind.folder: kind.name for kind in KINDS}, PROGRAMME: ""}
#: What Notepad and other editors make of a file's ending.
ENDS_OF_TEXT = {
    ".md": frozenset({".md", ".markdown", ".mdown", ".mkd", ".txt", ".text", ".mdx"}),
    ".yml": frozenset({".yml", ".yaml", ".txt", ".text"}),
}
#: What a system or an editor leaves behind, and the images that texts show.
LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "icon\r", "ehthumbs.db"})
IMAGES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})


def unread_files(files: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    """Yields a problem for each file that may be meant as content but is not among the `known` ones."""
    for folder, (end, deepest) in CONTENT_FOLDERS.items():
        for file in sorted(file for file in files if file.startswith(f"{folder}/")):
            path = PurePosixPath(file)
            is_hidden = any(name.startswith(".") for name in path.parts)
            if file not in known and not is_hidden and not _is_left_behind(path.name):
                yield _unread_problem(file, folder, end, deepest)


def _is_left_behind(name: str) -> bool:
    is_hidden = name.startswith((".", "~$")) or name.endswith("~")
    return is_hidden or name.lower() in LEFT_BEHIND or Path(name).suffix.lower() in IMAGES


def _unread_problem(file: str, folder: str, end: str, deepest: int) -> Problem:
    """Returns the problem of an unread file; it suggests a new name where the ending is that of a text."""
    path, values = PurePosixPath(file), {"folder": folder, "end": end}
    if path.suffix.lower() in ENDS_OF_TEXT[end]:
        folders = path.parent.relative_to(folder).parts[:deepest]
        name = slug(_stem(path.name, ENDS_OF_TEXT[end])) + end
        wanted = str(PurePosixPath(folder, *folders, name))
        if wanted != file and (folder != PROGRAMME or name in NAMES):
            return Problem(code="unread-file", place=Place(file=file), values={**values, "wanted": wanted})
    return Problem(code="file-of-no-use", place=Place(file=file), values=values)


def _stem(name: str, ends: Collection[str]) -> str:
    """Returns the name without its endings, of which Notepad adds a second one."""
    while Path(name).suffix.lower() in ends:
        name = Path(name).stem
    return name
