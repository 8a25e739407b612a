"""Each promise of the documents names a test that is there; each requirement of a standard is answered."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from programmes import REPOSITORY

DOCUMENTS = sorted(REPOSITORY.glob("docs/*.md"))
SECURITY = REPOSITORY / "docs/security.md"
NAMED = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+|V\d+) \| ([12]|\d+ \+ \d+) \|(.*)\|$", re.MULTILINE)
#: How many requirements of level 1, and of level 2 besides, each chapter of ASVS 5.0.0 has.
CHAPTERS = {
    **{"V1": (8, 19), "V2": (4, 7), "V3": (8, 11), "V4": (2, 8), "V5": (4, 5), "V6": (13, 22)},
    **{"V7": (6, 12), "V8": (4, 3), "V9": (4, 3), "V10": (5, 24), "V11": (3, 11), "V12": (3, 6)},
    **{"V13": (1, 12), "V14": (2, 7), "V15": (3, 10), "V16": (0, 16), "V17": (0, 7)},
}
#: The tables by their headings, and what the summary calls each.
ANSWERS = {"Met": "met", "Partly": "partly", "Not met": "not met", "Not applicable": "n/a"}
TABLE = re.compile(r"^### ([^\n]+)\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
MOST_NOT_MET = 5


class Requirement(NamedTuple):
    """A row of a table of ASVS; a chapter that does not apply is one row for all of its requirements."""

    id: str
    levels: tuple[int, int]
    words: str
    shown: str
    answer: str

    @property
    def chapter(self) -> str:
        return self.id if self.id.startswith("V") else f"V{self.id.partition('.')[0]}"


@cache
def requirements() -> tuple[Requirement, ...]:
    return tuple(_rows(SECURITY.read_text(encoding="utf-8")))


def _rows(text: str) -> Iterator[Requirement]:
    for heading, table in TABLE.findall(text):
        for id, level, rest in ROW.findall(table):
            first, second = map(int, level.split(" + ")) if "+" in level else (level == "1", level == "2")
            words, shown = (cell.strip() for cell in rest.split("|"))
            yield Requirement(id, (int(first), int(second)), words, shown, ANSWERS[heading])


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of a file's tests."""
    module = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(
        node.name for node in module.body if isinstance(node, kinds) and node.name.startswith("test_")
    )


# --- every document ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_test_that_a_document_names_is_there(path: Path) -> None:
    for file, name in NAMED.findall(path.read_text(encoding="utf-8")):
        assert (REPOSITORY / file).is_file(), file
        assert not name or name in names_in(file), f"{file}::{name}"


# --- the records ------------------------------------------------------------------------------


def test_each_invariant_of_the_records_names_its_tests() -> None:
    text = (REPOSITORY / "docs/records.md").read_text(encoding="utf-8")
    invariants = re.findall(r"^(\d+)\. ", _part(text, "Invariants"), re.MULTILINE)
    promises = dict(re.findall(r"^\| (\d+) \|(.*)\|$", _part(text, "Which test shows"), re.MULTILINE))
    assert invariants == list(promises)
    assert [number for number, row in promises.items() if not NAMED.search(row)] == []


def test_each_other_promise_of_the_records_names_its_test() -> None:
    text = _part((REPOSITORY / "docs/records.md").read_text(encoding="utf-8"), "Which test shows")
    rows = re.findall(r"^\| (?![-:]+ )(?!promise |invariant )(.+?) \|(.*)\|$", text, re.MULTILINE)
    assert len(rows) > 60
    assert [promise for promise, named in rows if not NAMED.search(named)] == []


def _part(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}")[2].partition("\n## ")[0]


# --- the standard -----------------------------------------------------------------------------


def test_every_requirement_of_both_levels_is_answered_once() -> None:
    ids = [requirement.id for requirement in requirements()]
    assert [id for id, times in Counter(ids).items() if times > 1] == []
    counted = {
        chapter: tuple(
            sum(requirement.levels[at] for requirement in requirements() if requirement.chapter == chapter)
            for at in (0, 1)
        )
        for chapter in CHAPTERS
    }
    assert counted == CHAPTERS
    assert len(requirements()) == len(ROW.findall(SECURITY.read_text(encoding="utf-8")))


def test_what_is_met_names_a_test_or_a_document() -> None:
    """What no test can show, since it is that something is nowhere, says that it was read."""
    shown = re.compile(rf"{NAMED.pattern}|docs/[\w.]+\.md|by reading")
    assert [
        requirement.id
        for requirement in requirements()
        if requirement.answer == "met" and not shown.search(requirement.shown)
    ] == []


def test_what_is_not_wholly_met_says_why() -> None:
    said = {
        requirement.id: re.sub(r"`[^`]+`[,.]?", "", requirement.shown).split()
        for requirement in requirements()
    }
    assert [
        requirement.id
        for requirement in requirements()
        if requirement.answer != "met" and len(said[requirement.id]) < 3
    ] == []


def test_few_are_not_met() -> None:
    assert (
        len([requirement.id for requirement in requirements() if requirement.answer == "not met"])
        <= MOST_NOT_MET
    )


def test_the_summary_counts_the_rows() -> None:
    text = SECURITY.read_text(encoding="utf-8")
    written = dict(re.findall(r"^\| (met|partly|not met|n/a) \| (\d+ \| \d+) \|$", text, re.MULTILINE))
    assert written == {
        answer: " | ".join(
            str(sum(requirement.levels[at] for requirement in requirements() if requirement.answer == answer))
            for at in (0, 1)
        )
        for answer in ANSWERS.values()
    }
