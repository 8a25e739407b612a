"""The questions that `taphuan new` asks; adds a question to its bank and keeps its other bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..programme.kinds import KINDS
from ..programme.kinds.base import Pattern
from ..programme.loader import LoadResult
from ..programme.loader.memo import Memo
from ..programme.loader.programme_folder import read_yaml
from ..programme.loader.yaml_tree import Tree
from ..programme.model.course import Draw
from ..programme.model.programme import Programme
from ..programme.model.question import KINDS as QUESTIONS
from ..programme.model.question import Bank
from ..programme.model.values import SLUG
from ..programme.problems import nearest_name
from ..programme.vietnamese import slug
from ..render.templates import render
from .atomic_files import write_whole
from .words import refusal, words

QUESTION = Pattern(
    about=words("new.question.about"),
    id_words=words("new.question.id"),
    example="can-bo-cap-xa/kiem-tra/cau-moi",
)
#: What can be made, by the word that asks for it. A question goes into its bank.
PATTERNS = {kind.name: kind.pattern for kind in KINDS if kind.pattern} | {"question": QUESTION}
SUFFIXES = (".yml", ".yaml", ".md")
QUESTION_KINDS = tuple(QUESTIONS)


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file that was made or added to, what was done, and what its author does next."""

    path: Path
    done: str
    next_steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A wish for something new. `banks` is a folder of banks kept apart."""

    kind: str
    id: str
    question_kind: str | None = None
    audience: str | None = None
    banks: Path | None = None


def bare_id(wish: Wish) -> str:
    """Returns the id without the folder and the ending that a path has around it."""
    id = wish.id.strip().replace("\\", "/").removeprefix("./")
    apart = (wish.banks.as_posix(),) if wish.banks else ()
    for folder in (*(kind.folder for kind in KINDS), *apart):
        id = id.removeprefix(f"{folder}/")
    parts = [part.strip() for part in id.strip("/").split("/")]
    return "/".join(part.removesuffix(next(filter(part.endswith, SUFFIXES), "")) for part in parts)


def require_id(wish: Wish, parts: tuple[str, ...], count: int) -> None:
    """Raises OperatorError for what is no id, with the one that may have been meant."""
    if len(parts) == count and all(SLUG.match(part) for part in parts):
        return
    meant = tuple(slug(part) for part in parts)
    if len(meant) == count and all(meant):
        raise refusal("new.near-id", id=wish.id, near="/".join(meant))
    pattern = PATTERNS[wish.kind]
    raise refusal("new.no-id", id=wish.id, form=pattern.id_words, example=pattern.example)


def require_free(path: Path, known: str | None = None) -> None:
    if known is not None or path.exists():
        raise refusal("new.taken", path=known or path)


QUESTIONS_FOLDER = "content/questions"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class BankFiles:
    """The banks of a programme, under `content/questions` and in a folder kept `apart`."""

    root: Path
    loading: LoadResult
    apart: Path | None = None

    @property
    def banks(self) -> tuple[Bank, ...]:
        programme = self.loading.programme
        return tuple(programme.banks.values()) if programme else ()

    @property
    def unread(self) -> Iterator[str]:
        """The files of banks that could not be read, or that bear another bank's id."""
        read = {bank.source for bank in self.banks}
        for file in self.loading.files:
            if file not in read and self._name_in_folder(file):
                yield file

    def named(self, name: str) -> tuple[Bank, ...]:
        """Returns the bank of that id, else of that path, else those whose file is called so."""
        for known_as in (
            lambda bank: bank.id,
            lambda bank: self._name_in_folder(bank.source),
            lambda bank: PurePosixPath(bank.source).stem,
        ):
            if banks := tuple(bank for bank in self.banks if known_as(bank) == name):
                return banks
        return ()

    def may_hold(self, file: str, *, bank: str, question: str) -> bool:
        """Returns whether an unread file, by the words in it, may be the bank or have the question."""
        text = self.loading.files[file][0].text
        in_it = rf"^id:[ \t]*[\"']?{re.escape(bank)}\b|^[ \t]+[\"']?{re.escape(question)}[\"']?[ \t]*:"
        is_called_so = bank in {self._name_in_folder(file), PurePosixPath(file).stem}
        return is_called_so or bool(re.search(in_it, text, re.MULTILINE))

    def add(self, bank: Bank, name: str, block: str) -> int:
        """Adds the question behind the last one; returns its line, or 0 where the layout is unusual."""
        path = self.root / bank.source
        raw = path.read_bytes()
        tree = self.loading.files[bank.source][1]
        text_and_line = _with_block(raw.removeprefix(BOM).decode("utf-8"), tree, block)
        if text_and_line is None:
            return 0
        text, line = text_and_line
        mark = BOM if raw.startswith(BOM) else b""

        def is_as_meant(beside: Path) -> bool:
            return _holds_question(bank, name, beside)

        return line if write_whole(path, mark + text.encode("utf-8"), accept=is_as_meant) else 0

    def _name_in_folder(self, file: str) -> str:
        """Returns `can-bo/kiem-tra` for the bank's file in either folder; nothing for any other file."""
        for folder in (self.root / QUESTIONS_FOLDER, self.apart):
            if folder is not None and (inside := _inside(self.root / file, folder)):
                return inside.with_suffix("").as_posix()
        return ""


def _inside(path: Path, folder: Path) -> Path | None:
    """Returns the path from the folder on; None where it lies elsewhere, or on another drive."""
    try:
        inside = Path(os.path.relpath(path, folder))
    except ValueError:
        return None
    return None if ".." in inside.parts else inside


def _holds_question(bank: Bank, name: str, beside: Path) -> bool:
    """Returns whether the file holds what the bank held, and the question besides."""
    read = read_yaml(beside, bank.source, Bank, Memo()).value
    if read is None or name not in read.questions:
        return False
    others = {id: asked for id, asked in read.questions.items() if id != name}
    return others == dict(bank.questions) and (read.id, read.use, read.title) == (
        bank.id,
        bank.use,
        bank.title,
    )


def _with_block(text: str, tree: Tree, block: str) -> tuple[str, int] | None:
    """Returns the text with the block behind the last question, and its line; None for `{…}` on few lines."""
    keys = [mark for path, mark in tree.keys.items() if len(path) == 2 and path[0] == "questions"]
    opened = tree.keys.get(("questions",))
    if not keys or not opened or len({mark.line for mark in keys} | {opened.line}) <= len(keys):
        return None
    lines, column = text.split("\n"), keys[-1].column - 1
    after = _end_of_question(lines, keys[-1].line, _next_key(tree, opened.line), column)
    added = [
        _indented(line, column, _indentation(tree, keys[-1].line, column)) for line in block.splitlines()
    ]
    if _is_apart(lines, keys[-1].line) and len(keys) > 1:
        added.insert(0, "")
    end = "\r" if lines[0].endswith("\r") else ""
    before, behind = lines[:after], lines[after:] or [""]
    if end and not before[-1].endswith(end):
        before[-1] += end
    line = after + 1 + (not added[0])
    return "\n".join([*before, *(added_line + end for added_line in added), *behind]), line


def _next_key(tree: Tree, line: int) -> int | None:
    """Returns the line of the key behind `questions`, where there is one."""
    return min(
        (mark.line for path, mark in tree.keys.items() if len(path) == 1 and mark.line > line), default=None
    )


def _end_of_question(lines: list[str], last_key: int, next_key: int | None, column: int) -> int:
    """Returns how many lines stand before the end of the last question, what is set in behind it included."""
    end = last_key
    for number in range(last_key, (next_key or len(lines) + 1) - 1):
        line = lines[number].rstrip()
        if line and (not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) >= column):
            end = number + 1
    return end


def _indentation(tree: Tree, last_key: int, column: int) -> int:
    """Returns by how many blanks the file sets in what belongs to a question."""
    inner = [mark for path, mark in tree.keys.items() if len(path) == 3 and path[0] == "questions"]
    return next((mark.column - 1 - column for mark in inner if mark.line > last_key), 2)


def _is_apart(lines: list[str], key: int) -> bool:
    """Returns whether a blank line stands before the question of that line, or before its comments."""
    above = key - 2
    while above >= 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return above >= 0 and not lines[above].strip()


def _indented(line: str, column: int, step: int) -> str:
    """Returns a line of the pattern, set in by twos from its first level on, as the file does it."""
    bare = line.lstrip(" ")
    level = (len(line) - len(bare)) // 2
    return " " * (column + max(level - 1, 0) * step) + bare if bare else ""


def add_question(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    """Adds the question to its bank.

    Raises OperatorError where its id is taken, or where it is not clear which bank is meant.
    """
    if len(parts) < 2 or not SLUG.match(parts[-1]):
        require_id(wish, parts, max(len(parts), 2))
    home, name = "/".join(parts[:-1]), parts[-1]
    files = BankFiles(root=root, loading=loading, apart=wish.banks)
    _refuse_used(loading, files, home, name)
    banks = files.named(home)
    if len(banks) > 1:
        ids = ", ".join(bank.id for bank in banks)
        raise refusal("new.bank.many", count=len(banks), bank=home, ids=ids)
    if banks:
        return _added_question(root, loading, files, banks[0], name, wish)
    require_id(wish, parts, len(parts))
    return _new_bank(root, files, home, name, wish)


def _refuse_used(loading: LoadResult, files: BankFiles, home: str, name: str) -> None:
    programme = loading.programme
    if programme and name in programme.questions:
        file = programme.questions[name][0].source
        raise refusal("new.bank.used", name=name, file=file)
    for file in files.unread:
        if files.may_hold(file, bank=home, question=name):
            raise refusal("new.bank.unread", file=file, name=name)


def _added_question(
    root: Path, loading: LoadResult, files: BankFiles, bank: Bank, name: str, wish: Wish
) -> NewFile:
    block = render("new/asked.j2", name=name, kind=wish.question_kind or QUESTION_KINDS[0])
    line = files.add(bank, name, block)
    if not line:
        raise refusal("new.bank.unusual", file=bank.source, block=block)
    path = root / bank.source
    steps = (_opening(), *_how_it_is_asked(loading, bank, name))
    return NewFile(path=path, done=words("new.bank.added", name=name, path=path, line=line), next_steps=steps)


def _opening() -> str:
    return words("new.bank.open", write=words("new.write"))


def _how_it_is_asked(loading: LoadResult, bank: Bank, name: str) -> tuple[str, ...]:
    """Returns the ways in which a question of this bank comes to be asked."""
    if bank.use == "self-check":
        return (words("new.bank.self-check", name=name),)
    drawn = list(_draws(loading.programme, bank)) if loading.programme else []
    secrecy = words("new.bank.secret")
    if not drawn:
        return (words("new.bank.to-draw", bank=bank.id), secrecy)
    where = words("new.and").join(dict.fromkeys(file for file, _ in drawn))
    if all(draw.objective for _, draw in drawn):
        ids = ", ".join(dict.fromkeys(str(draw.objective) for _, draw in drawn))
        return (words("new.bank.objective", ids=ids, files=where), secrecy)
    return (words("new.bank.drawn", files=where), secrecy)


def _draws(programme: Programme, bank: Bank) -> list[tuple[str, Draw]]:
    return [
        (course.source, draw)
        for course in programme.courses.values()
        for draw in (course.test.draw if course.test else ())
        if draw.bank == bank.id
    ]


def _new_bank(root: Path, files: BankFiles, home: str, name: str, wish: Wish) -> NewFile:
    id, path = home.replace("/", "-"), root / f"{QUESTIONS_FOLDER}/{home}.yml"
    taken = next((bank for bank in files.banks if bank.id == id), None)
    if taken:
        raise refusal("new.bank.taken", id=id, file=taken.source, name=name)
    require_free(path)
    schema = "../" * (home.count("/") + 2) + "schema"
    text = render(
        "new/question.j2", schema=schema, bank=id, name=name, kind=wish.question_kind or QUESTION_KINDS[0]
    )
    write_whole(path, text.encode("utf-8"))
    return NewFile(
        path=path,
        done=words("new.bank.made", path=path, name=name),
        next_steps=(
            *_meant_bank(files, home, name),
            _opening(),
            words("new.bank.self-check", name=name),
            words("new.bank.use"),
        ),
    )


def _meant_bank(files: BankFiles, home: str, name: str) -> tuple[str, ...]:
    """Returns a word on the bank of a like name, in case that one was meant."""
    names = {bank.id: bank for bank in files.banks} | {
        bank.source.removeprefix(f"{QUESTIONS_FOLDER}/").removesuffix(".yml"): bank for bank in files.banks
    }
    meant = nearest_name(home, names)
    if not meant:
        return ()
    return (words("new.bank.meant", file=names[meant].source, meant=meant, name=name),)
