"""Lists written by somebody who had not seen the reader are read as they were sent, or asked about."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from roster_lists import places, units

from generator.programme.vietnamese import folded
from generator.rosters.checking import propose
from generator.rosters.notices import Topic
from generator.rosters.proposal import Proposal
from generator.rosters.reading import read

FOLDER = Path(__file__).parent / "as_sent"
LISTS = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))["list"]
AGREED = dict.fromkeys(get_args(Topic), True)
Person = tuple[str, str]


def proposed(sent: dict[str, Any]) -> Proposal:
    """What comes of a list once the office agrees to all that was inferred."""
    answers = AGREED
    book = read((FOLDER / sent["file"]).read_bytes(), sent["sent_as"], answers)
    return propose(book, units(), answers=answers)


def people(proposal: Proposal) -> list[Person]:
    names = {seat.id: seat.name for seat in places().seats}
    return sorted((row.entry.full_name, names[row.entry.unit]) for row in proposal.rows)


def truth(sent: dict[str, Any]) -> list[Person]:
    return sorted((name, unit) for name, _, unit in sent["people"])


@pytest.mark.parametrize("sent", LISTS, ids=[sent["file"] for sent in LISTS])
def test_nothing_wrong_is_frozen(sent: dict[str, Any]) -> None:
    """A list is read as it is, or something is to be put right first."""
    found = proposed(sent)
    assert people(found) == truth(sent) or found.problems


@pytest.mark.parametrize("sent", LISTS, ids=[sent["file"] for sent in LISTS])
def test_what_is_read_keeps_its_post(sent: dict[str, Any]) -> None:
    posts = {}
    for name, post, unit in sent["people"]:
        posts.setdefault(name, []).append(post)
    for row in proposed(sent).rows:
        assert any(_says(row.entry.position, post) for post in posts.get(row.entry.full_name, [])), row


def _says(read_post: str, post: str) -> bool:
    """Whether a post that was read has the words of the true one; marks and dashes apart."""
    return set(re.findall(r"\w+", folded(post))) <= set(re.findall(r"\w+", folded(read_post)))
