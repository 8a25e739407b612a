"""Files among the content that nothing reads: under another end, in another folder, of another program."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from ..problems import Place, Problem
from ..vietnamese import slug

PROGRAMME = "content/programme"
#: The only files that are read there.
NAMES = frozenset(
    f"{name}.yml"
    for name in ("programme", "units", "audiences", "references", "terms", "contacts", "decisions")
)
#: The folders of content, the end of what is read in each, and in how many folders below it.
FOLDERS = {
    "content/lessons": (".md", 1),
    "content/pages": (".md", 9),
    "content/questions": (".yml", 9),
    "content/campaigns": (".yml", 0),
    PROGRAMME: (".yml", 0),
    "curricula": (".yml", 0),
}
#: What is missed elsewhere as long as a file of the folder is not read.
KINDS = {
    "content/lessons": "lesson",
    "content/pages": "page",
    "content/questions": "question",
    "content/campaigns": "campaign",
    "curricula": "course",
    PROGRAMME: "",
}
#: What Notepad and other editors make of the end of a file.
ENDS_OF_TEXT = {
    ".md": frozenset({".md", ".markdown", ".mdown", ".mkd", ".txt", ".text", ".mdx"}),
    ".yml": frozenset({".yml", ".yaml", ".txt", ".text"}),
}
#: What a system or an editor leaves, and what a text shows.
LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "icon\r", "ehthumbs.db"})
IMAGES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})


def unread(files: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    """A finding for each file that somebody may take for content, though it is not among the `known` ones."""
    for folder, (end, deepest) in FOLDERS.items():
        for file in sorted(file for file in files if file.startswith(f"{folder}/")):
            path = PurePosixPath(file)
            is_hidden = any(name.startswith(".") for name in path.parts)
            if file not in known and not is_hidden and not _is_left_behind(path.name):
                yield _problem(file, folder, end, deepest)


def _is_left_behind(name: str) -> bool:
    is_hidden = name.startswith((".", "~$")) or name.endswith("~")
    return is_hidden or name.lower() in LEFT_BEHIND or Path(name).suffix.lower() in IMAGES


def _problem(file: str, folder: str, end: str, deepest: int) -> Problem:
    """Returns the finding for a file: text by its end is only to be named anew, if a name fits it."""
    path, values = PurePosixPath(file), {"folder": folder, "end": end}
    if path.suffix.lower() in ENDS_OF_TEXT[end]:
        folders = path.parent.relative_to(folder).parts[:deepest]
        name = slug(_stem(path.name, ENDS_OF_TEXT[end])) + end
        wanted = str(PurePosixPath(folder, *folders, name))
        if wanted != file and (folder != PROGRAMME or name in NAMES):
            return Problem(code="unread-file", place=Place(file=file), values={**values, "wanted": wanted})
    return Problem(code="file-of-no-use", place=Place(file=file), values=values)


def _stem(name: str, ends: Collection[str]) -> str:
    """The name without its ends, of which Notepad adds a second one."""
    while Path(name).suffix.lower() in ends:
        name = Path(name).stem
    return name
