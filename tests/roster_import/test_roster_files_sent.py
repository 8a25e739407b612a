"""Files as they were really sent, and as other programs write them: who is read, what is asked and said."""

from __future__ import annotations

import pytest
from roster_files_of_programs import of_programs
from roster_files_sent import Sent, sent
from roster_lists import in_short, places, proposal

from taphuan.roster_import.proposal import TOPICS, Proposal

FILES = [*sent(), *of_programs()]
NAMES = {seat.id: seat.name for seat in places().seats}


def agreed(file: Sent) -> Proposal:
    """What comes of a file once the office agrees to all that was inferred."""
    return proposal(file.content, name=file.name, answers=dict.fromkeys(TOPICS, True))


def test_the_newcomers_files_are_all_here() -> None:
    assert len({file.name for file in sent()}) == 23


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_people_are_those_of_the_file(file: Sent) -> None:
    read = [(row.entry.full_name, row.entry.position, NAMES[row.entry.unit]) for row in agreed(file).rows]
    assert read == list(file.people)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_all_that_is_said_has_its_place_and_its_words(file: Sent) -> None:
    said = agreed(file).findings
    assert in_short(said) == list(file.said)
    for finding, words in zip(said, file.said.values(), strict=True):
        assert words in f"{finding.message}; {finding.fix}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_more_is_asked_than_has_to_be(file: Sent) -> None:
    asked = proposal(file.content, name=file.name)
    assert tuple(each.topic for each in asked.assumptions) == file.asked
    assert asked.can_be_frozen == (not file.asked and not any("(" not in each for each in file.said))
