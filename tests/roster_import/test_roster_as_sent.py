"""Lists written by somebody who had not seen the reader are read as they were sent, or asked about."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from roster_lists import places, units

from taphuan.programme.vietnamese import folded
from taphuan.roster_import.file_reader import read_file
from taphuan.roster_import.grid import Topic
from taphuan.roster_import.importer import propose
from taphuan.roster_import.proposal import Proposal

FOLDER = Path(__file__).parent / "as_sent"
LISTS = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))["list"]
FILES = [sent["file"] for sent in LISTS]
AGREED = dict.fromkeys(get_args(Topic), True)
SENT_BACK = {
    "prose-letter.docx",
    "online-form.tsv",
    "unit-in-brackets.xlsx",
    "all-in-one-column.xlsx",
    "columns-reversed.xlsx",
    "same-names.xlsx",
    "summary-below.xlsx",
    "unit-columns.xlsx",
    "border-posts.docx",
    "short-names.csv",
}
Person = tuple[str, str]


def proposed(sent: dict[str, Any]) -> Proposal:
    """What comes of a list once the office agrees to all that was inferred."""
    answers = AGREED
    book = read_file((FOLDER / sent["file"]).read_bytes(), sent["sent_as"], answers)
    return propose(book, units(), answers=answers)


def people(proposal: Proposal) -> list[Person]:
    names = {seat.id: seat.name for seat in places().seats}
    return sorted((row.entry.full_name, names[row.entry.unit]) for row in proposal.rows)


def truth(sent: dict[str, Any]) -> list[Person]:
    return sorted((name, unit) for name, _, unit in sent["people"])


@pytest.mark.parametrize("sent", LISTS, ids=FILES)
def test_nothing_wrong_is_frozen(sent: dict[str, Any]) -> None:
    """A list is read as it is, or something is to be put right first."""
    answer = proposed(sent)
    assert people(answer) == truth(sent) or answer.problems


@pytest.mark.parametrize("sent", LISTS, ids=FILES)
def test_what_is_read_keeps_its_post(sent: dict[str, Any]) -> None:
    answer = proposed(sent)
    posts: dict[str, list[str]] = {}
    for name, post, _ in sent["people"]:
        posts.setdefault(name, []).append(post)
    for row in answer.rows if not answer.problems else ():
        assert any(_says(row.entry.position, post) for post in posts[row.entry.full_name]), row


def test_what_is_sent_back_is_known() -> None:
    """People in sentences or in one column, a grid, doubles, a table of counts below."""
    read_whole = [sent["file"] for sent in LISTS if not proposed(sent).problems]
    assert set(FILES) - set(read_whole) == SENT_BACK


def _says(read_post: str, post: str) -> bool:
    """Whether a post that was read has the words of the true one; marks and one abbreviation apart."""
    return _words(post) <= _words(read_post)


def _words(post: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"\bcong an\b|\bcax\b", "ca", folded(post))))
