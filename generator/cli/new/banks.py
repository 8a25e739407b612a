"""A question put into the file of its bank, which keeps its layout, its comments and its bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...programme.loading import Loading
from ...programme.loading.reading import Memo, read_yaml
from ...programme.loading.tree import Tree
from ...programme.model.question import Bank
from .whole_files import write_whole

QUESTIONS = "content/questions"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class BankFiles:
    """The banks of a programme, under `content/questions` and in a folder kept `apart`."""

    root: Path
    loading: Loading
    apart: Path | None = None

    @property
    def banks(self) -> tuple[Bank, ...]:
        programme = self.loading.programme
        return tuple(programme.banks.values()) if programme else ()

    @property
    def unread(self) -> Iterator[str]:
        """Yields the files of banks that could not be read, or that bear another bank's id."""
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
            if found := tuple(bank for bank in self.banks if known_as(bank) == name):
                return found
        return ()

    def may_hold(self, file: str, *, bank: str, question: str) -> bool:
        """Whether an unread file, by the words in it, may be the bank or have the question."""
        text = self.loading.files[file][0].text
        in_it = rf"^id:[ \t]*[\"']?{re.escape(bank)}\b|^[ \t]+[\"']?{re.escape(question)}[\"']?[ \t]*:"
        is_called_so = bank in {self._name_in_folder(file), PurePosixPath(file).stem}
        return is_called_so or bool(re.search(in_it, text, re.MULTILINE))

    def add(self, bank: Bank, name: str, block: str) -> int:
        """Adds the question behind the last one; returns its line, or 0 where the layout is unusual."""
        path = self.root / bank.source
        raw = path.read_bytes()
        found = _with_block(raw.removeprefix(BOM).decode("utf-8"), self.loading.files[bank.source][1], block)
        if found is None:
            return 0
        text, line = found
        mark = BOM if raw.startswith(BOM) else b""

        def is_as_meant(beside: Path) -> bool:
            return _has_gained(bank, name, beside)

        return line if write_whole(path, mark + text.encode("utf-8"), accept=is_as_meant) else 0

    def _name_in_folder(self, file: str) -> str:
        """Returns `can-bo/kiem-tra` for the bank's file in either folder; nothing for any other file."""
        for folder in (self.root / QUESTIONS, self.apart):
            if folder is not None and (inside := _inside(self.root / file, folder)):
                return inside.with_suffix("").as_posix()
        return ""


def _inside(path: Path, folder: Path) -> Path | None:
    """Returns the path from the folder on; nothing where it lies elsewhere, or on another drive."""
    try:
        inside = Path(os.path.relpath(path, folder))
    except ValueError:
        return None
    return None if ".." in inside.parts else inside


def _has_gained(bank: Bank, name: str, beside: Path) -> bool:
    """Whether the file holds what the bank held, and the question besides."""
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
    after = _end(lines, keys[-1].line, _next_key(tree, opened.line), column)
    added = [_indented(line, column, _step(tree, keys[-1].line, column)) for line in block.splitlines()]
    if _is_apart(lines, keys[-1].line) and len(keys) > 1:
        added.insert(0, "")
    end = "\r" if lines[0].endswith("\r") else ""
    before, behind = lines[:after], lines[after:] or [""]
    if end and not before[-1].endswith(end):
        before[-1] += end
    line = after + 1 + (not added[0])
    return "\n".join([*before, *(one + end for one in added), *behind]), line


def _next_key(tree: Tree, line: int) -> int | None:
    """Returns the line of the key behind `questions`, where there is one."""
    return min(
        (mark.line for path, mark in tree.keys.items() if len(path) == 1 and mark.line > line), default=None
    )


def _end(lines: list[str], last_key: int, next_key: int | None, column: int) -> int:
    """Returns how many lines stand before the end of the last question, what is set in behind it included."""
    end = last_key
    for number in range(last_key, (next_key or len(lines) + 1) - 1):
        line = lines[number].rstrip()
        if line and (not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) >= column):
            end = number + 1
    return end


def _step(tree: Tree, last_key: int, column: int) -> int:
    """Returns by how many blanks the file sets in what belongs to a question."""
    inner = [mark for path, mark in tree.keys.items() if len(path) == 3 and path[0] == "questions"]
    return next((mark.column - 1 - column for mark in inner if mark.line > last_key), 2)


def _is_apart(lines: list[str], key: int) -> bool:
    """Whether a blank line stands before the question of that line, or before its comments."""
    above = key - 2
    while above >= 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return above >= 0 and not lines[above].strip()


def _indented(line: str, column: int, step: int) -> str:
    """Returns a line of the pattern, set in by twos from its first level on, as the file does it."""
    bare = line.lstrip(" ")
    level = (len(line) - len(bare)) // 2
    return " " * (column + max(level - 1, 0) * step) + bare if bare else ""
