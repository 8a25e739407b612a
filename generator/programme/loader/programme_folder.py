"""A folder of content read into one `Programme`, with every finding; unchanged files are not read again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from ...errors import Finding, NotAProgramme
from ..checks import check_programme
from ..checks.validity import unreviewed
from ..kinds import KINDS, DocumentKind
from ..model.campaign import PICTURES, Picture
from ..model.contact import Contacts
from ..model.course import Course, Lesson
from ..model.first_response import CONFIDENTIALITY, FIRST_HOURS, Confidentiality, FirstHours
from ..model.penal_act import ACTS, LookUp
from ..model.plan import DECISIONS, Charter, Decision
from ..model.programme import Programme
from ..model.question import Bank
from ..model.registers import Audience, Register, Terms, Units
from ..model.values import NOTHING, SLUG, FrozenMap, NamedDocument, ReadOnly, Slug
from ..photo import MOST_BYTES, PHOTO_KINDS, ImageFault, photo_fault, too_many_bytes
from ..problems import Place, Problem
from ..svg import read_drawing
from .files import BIGGEST_MARKDOWN, CONTENT_KINDS, Folder, Source, read_plain, read_source, unread_files
from .findings import Files, findings_of
from .memo import Memo, ReadFile, kept_memo
from .validation import validate
from .yaml_tree import Tree, parse_yaml, split_front_matter


def read_yaml(path: Path, file: str, kind: Any, memo: Memo) -> ReadFile[Any]:
    return memo.read(path, lambda: _parsed_yaml(path, file, kind))


def read_markdown(path: Path, file: str, kind: Any, memo: Memo, **given: object) -> ReadFile[Any]:
    return memo.read(path, lambda: _markdown(path, file, kind, given))


def _parsed_yaml(path: Path, file: str, kind: Any) -> ReadFile[Any]:
    source, problems = read_source(path, file)
    tree = parse_yaml(source.text, file)
    if tree.data is None and source.text.strip() and not tree.problems:
        problems.append(Problem(code="empty-file", place=Place(file=file)))
    return _validated(source, tree, kind, problems)


def _markdown(path: Path, file: str, kind: Any, given: Mapping[str, object]) -> ReadFile[Any]:
    source, problems = read_source(path, file, most=BIGGEST_MARKDOWN)
    parted = split_front_matter(source)
    given = {**given, "body": parted.body, "body_line": parted.body_line}
    return _validated(source, parted.tree, kind, problems, **given)


def _validated(
    source: Source, tree: Tree, kind: Any, problems: list[Problem], **given: object
) -> ReadFile[Any]:
    if tree.data is None:
        return ReadFile(source=source, tree=tree, value=None, problems=(*problems, *tree.problems))
    value, value_problems = validate(kind, tree, source.file, **given)
    return ReadFile(
        source=source, tree=tree, value=value, problems=(*problems, *tree.problems, *value_problems)
    )


DRAWING = ".svg"


def read_image(path: Path, file: str, memo: Memo) -> ReadFile[str] | None:
    """Returns the text of a drawing or "" for a photograph, with its problems; None for other files."""
    end = PurePosixPath(file).suffix.lower()
    if end == DRAWING:
        return memo.read(path, lambda: _drawing(path, file))
    return memo.read(path, lambda: _photo(path, file, end)) if end in PHOTO_KINDS else None


def _drawing(path: Path, file: str) -> ReadFile[str]:
    source, problems = read_source(path, file, longest=None)
    if not source.text.strip():
        return ReadFile(source=source, tree=Tree(), value=None, problems=tuple(problems))
    read = read_drawing(source.text)
    problems += (_image_problem(fault, file) for fault in read.faults)
    return ReadFile(source=source, tree=Tree(), value=read.text or None, problems=tuple(problems))


def _photo(path: Path, file: str, end: str) -> ReadFile[str]:
    try:
        raw = read_plain(path, MOST_BYTES)
        fault = too_many_bytes(path.lstat().st_size) if raw is None else photo_fault(raw, end)
    except OSError:
        fault = ImageFault(code="unreadable-file")
    problems = (_image_problem(fault, file),) if fault else ()
    return ReadFile(source=Source(file, ""), tree=Tree(), value=None, problems=problems)


def _image_problem(fault: ImageFault, file: str) -> Problem:
    place = Place(file=file, line=fault.line, column=fault.column, phrase=fault.phrase)
    return Problem(
        code=fault.code, place=place, values=fault.values, suggestion=fault.values.get("wanted", "")
    )


T = TypeVar("T")

#: `.yml`, and `.yaml` as some write it.
YAML = "*.y*ml"
#: An author's files lie in these; whatever else is in the programme's folder is not looked at.
FOLDERS = ("content", "curricula", "overrides")
CHARTER = "content/programme/programme.yml"
CORE: dict[str, Any] = {
    "charter": Charter,
    "units": Units,
    "audiences": FrozenMap[Slug, Audience],
    "register": Register,
    "terms": Terms,
    "contacts": Contacts,
}
CORE_FILES = {"charter": "programme", "register": "references"}


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """The result of loading: `programme` is None only where a core file could not be read."""

    programme: Programme | None
    findings: tuple[Finding, ...]
    files: Files = field(default_factory=dict, repr=False)

    def worded(self, problems: Iterable[Problem]) -> tuple[Finding, ...]:
        """Returns problems that only a later step could find, in words and with their place."""
        return findings_of(problems, self.files)

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


@dataclass
class _ProgrammeParts:
    """Collects what has been read so far."""

    root: Path
    memo: Memo
    files: Files = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def take(self, kind: str, read: ReadFile[T]) -> T | None:
        self.files[read.source.file] = (read.source, read.tree)
        self.problems += read.problems
        if read.value is None:
            self.broken.add(kind)
        return read.value

    def name(self, path: Path) -> str:
        """Returns the path from the root; the whole path where it lies on another drive."""
        try:
            return Path(os.path.relpath(path, self.root)).as_posix()
        except ValueError:
            return path.as_posix()

    @cached_property
    def folders(self) -> Mapping[str, Folder]:
        return {name: Folder(self.root / name) for name in FOLDERS}

    @cached_property
    def names(self) -> Mapping[str, Path]:
        """Every plain file by its path from the root."""
        return {self.name(path): path for folder in self.folders.values() for path in folder.files}

    def made_of(self) -> tuple[tuple[str, bytes | None], ...]:
        """Returns every file with the digest of what was read of it, b"" where only its name counts."""
        names = sorted({*self.names, *self.files})
        return tuple(
            (name, self.memo.digest(self.root / name) if name in self.files else b"") for name in names
        )

    def matching(self, folder: str, pattern: str) -> list[Path]:
        return self.folders[folder.partition("/")[0]].matching(pattern, self.root / folder)


def load(
    root: Path, *, memo: Memo | None = None, banks: Path | None = None, require_review: bool = False
) -> LoadResult:
    """Returns the programme under `root` with its findings.

    `banks` is a further folder of question banks, kept apart. With `require_review`, whatever nobody has
    approved is a finding too. Raises NotAProgramme where there is no `content/programme/programme.yml`.
    """
    if not (root / CHARTER).is_file():
        raise NotAProgramme.of("programme.none", root=root, file=CHARTER)
    memo = memo or Memo()
    parts = _ProgrammeParts(root, memo)
    apart = Folder(banks, named=True) if banks else None
    _take_others(parts, [*parts.folders.values(), *([apart] if apart else [])])
    programme = _programme(parts, apart)
    _take_unread(parts)
    problems = parts.problems
    if programme:
        of_content = memo.again(parts.made_of(), lambda: tuple(check_programme(programme, memo.sound)))
        problems = [*problems, *(each for each in of_content if parts.broken.isdisjoint(each.about.split()))]
        problems += unreviewed(programme) if require_review else ()
    return LoadResult(programme=programme, findings=findings_of(problems, parts.files), files=parts.files)


def load_kept(
    root: Path, *, banks: Path | None = None, require_review: bool = False, anew: bool = False
) -> LoadResult:
    """Loads with what the last command kept beside the programme, unless `anew`, and keeps it in turn."""
    memo = Memo() if anew else kept_memo(root)
    loading = load(root, memo=memo, banks=banks, require_review=require_review)
    memo.keep(root)
    return loading


def _take_others(parts: _ProgrammeParts, folders: Iterable[Folder]) -> None:
    """Reports links and special files; what may lie behind one is then not reported as missing."""
    for path, is_link in (other for folder in folders for other in folder.others):
        code = "linked-file" if is_link else "no-plain-file"
        parts.problems.append(Problem(code=code, place=Place(file=parts.name(path))))
        parts.broken.update(CONTENT_KINDS.values())


def _take_unread(parts: _ProgrammeParts) -> None:
    """Reports files that nothing reads; what one may hold is then not reported as missing."""
    known = {*parts.files, *(problem.place.file for problem in parts.problems)}
    for problem in unread_files(parts.names, known):
        parts.problems.append(problem)
        if problem.code == "unread-file":
            parts.broken.add(CONTENT_KINDS[problem.values["folder"]])


def _programme(parts: _ProgrammeParts, banks: Folder | None) -> Programme | None:
    core: dict[str, Any] = {name: _core(parts, name, kind) for name, kind in CORE.items()}
    pictures = _pictures(parts)
    contents: dict[str, Any] = {
        "decisions": _decisions(parts),
        "look_up": _mapping(parts, "look-up", ACTS, LookUp) or None,
        "confidentiality": _mapping(parts, "limits", CONFIDENTIALITY, Confidentiality) or None,
        "first_hours": _mapping(parts, "first-hours", FIRST_HOURS, FirstHours) or None,
        "pictures": pictures,
        "drawings": ReadOnly(dict(_drawings(parts, pictures))),
        "documents": ReadOnly({kind.model: _by_id(parts, kind, _read(parts, kind, banks)) for kind in KINDS}),
        "files": frozenset(file for file in _taken_names(parts) if file.startswith("content/")),
    }
    if any(value is None for value in core.values()):
        return None
    programme = Programme(root=parts.root, **core, **contents)
    return programme.having(Course, _in_audience_order(programme.courses, programme.audiences))


def _in_audience_order(
    courses: Mapping[str, Course], audiences: Mapping[str, Audience]
) -> Mapping[str, Course]:
    """Returns courses in the order of their audiences' cards on the home page, those without a card last."""

    def place_on_home_page(course: Course) -> tuple[bool, int]:
        audience = audiences.get(course.audience)
        number = audience.home_position if audience else None
        return number is None, number or 0

    return ReadOnly({course.id: course for course in sorted(courses.values(), key=place_on_home_page)})


def _core(parts: _ProgrammeParts, name: str, kind: type[T]) -> T | None:
    file = f"content/programme/{CORE_FILES.get(name, name)}.yml"
    if file not in parts.names:
        if file not in _taken_names(parts):
            parts.problems.append(Problem(code="missing-file", place=Place(file=file)))
        return None
    return parts.take(name, read_yaml(parts.names[file], file, kind, parts.memo))


def _read(parts: _ProgrammeParts, kind: DocumentKind[Any], banks: Folder | None) -> Iterator[NamedDocument]:
    """Yields the documents of a kind; those of Markdown have ids by their place."""
    if kind.is_markdown:
        yield from _read_markdown(parts, kind)
        return
    paths = _bank_files(parts, banks) if kind.model is Bank else parts.matching(kind.folder, YAML)
    for path in paths:
        read = read_yaml(path, parts.name(path), kind.model, parts.memo)
        if (document := parts.take(kind.name, read)) is not None:
            yield document


def _read_markdown(parts: _ProgrammeParts, kind: DocumentKind[Any]) -> Iterator[NamedDocument]:
    for path in parts.matching(kind.folder, "**/*.md"):
        file = parts.name(path)
        id = PurePosixPath(file).relative_to(kind.folder).with_suffix("").as_posix()
        if kind.model is Lesson and not (id.count("/") == 1 and all(map(SLUG.match, id.split("/")))):
            parts.problems.append(Problem(code="misplaced-lesson", place=Place(file=file)))
            continue
        read = read_markdown(path, file, kind.model, parts.memo, id=id)
        if (document := parts.take(kind.name, read)) is not None:
            yield document


def _by_id(
    parts: _ProgrammeParts, kind: DocumentKind[Any], documents: Iterable[NamedDocument]
) -> Mapping[str, NamedDocument]:
    by_id: dict[str, NamedDocument] = {}
    for document in documents:
        first = by_id.setdefault(document.id, document)
        if first is not document:
            place = Place(file=document.source, path=("id",))
            values = {"id": document.id, "other": first.source}
            parts.problems.append(Problem(code="duplicate-id", place=place, values=values))
    return ReadOnly(by_id)


def _bank_files(parts: _ProgrammeParts, banks: Folder | None) -> list[Path]:
    apart = banks.matching(f"**/{YAML}", banks.path) if banks else []
    return [*parts.matching("content/questions", f"**/{YAML}"), *apart]


def _taken_names(parts: _ProgrammeParts) -> frozenset[str]:
    """Returns every name that a file or a link takes, so that none is reported as missing."""
    return frozenset({*parts.names, *(problem.place.file for problem in parts.problems)})


def _decisions(parts: _ProgrammeParts) -> Any:
    return _mapping(parts, "decision", DECISIONS, FrozenMap[Slug, Decision])


def _pictures(parts: _ProgrammeParts) -> Any:
    return _mapping(parts, "picture", f"{PICTURES}/pictures.yml", FrozenMap[Slug, Picture])


def _mapping(parts: _ProgrammeParts, name: str, file: str, kind: Any) -> Any:
    """Returns what a file holds; nothing where there is no such file."""
    if file not in parts.names:
        if file in _taken_names(parts):
            parts.broken.add(name)
        return NOTHING
    return parts.take(name, read_yaml(parts.names[file], file, kind, parts.memo)) or NOTHING


def _drawings(parts: _ProgrammeParts, pictures: Any) -> Iterator[tuple[str, str]]:
    """Yields the text of each drawing by its file; a picture without one is a problem."""
    for file, path in sorted(parts.names.items()):
        if (read := read_image(path, file, parts.memo)) is not None:
            parts.files[file] = (read.source, read.tree)
            parts.problems += read.problems
            if read.value is not None and file.startswith("content/"):
                yield file, read.value
    drawing_files = {file for file in _taken_names(parts) if file.endswith(".svg")}
    for id, picture in pictures.items():
        if f"{PICTURES}/{picture.file}" not in drawing_files:
            place = Place(file=f"{PICTURES}/pictures.yml", path=(id, "file"))
            parts.problems.append(Problem(code="missing-drawing", place=place, values={"file": picture.file}))
