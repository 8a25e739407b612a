"""Several files as one list: each commune sends its own."""

from __future__ import annotations

import hashlib

import pytest
from roster_lists import ANH, HEADINGS, MAY, units, workbook

from taphuan.roster_import import file_reader, grid
from taphuan.roster_import.file_reader import read_files
from taphuan.roster_import.importer import propose
from taphuan.roster_import.proposal import Proposal
from taphuan.roster_import.template import build_template

HEAD = ",".join(HEADINGS)
ONE, OTHER = f"{HEAD}\n{','.join(ANH)}\n".encode(), f"{HEAD}\n{','.join(MAY)}\n".encode()


def proposal(*files: tuple[str, bytes]) -> Proposal:
    return propose(read_files(files), units())


def said(proposed: Proposal) -> list[tuple[str, str]]:
    return [(finding.code, finding.worksheet) for finding in proposed.findings]


def test_all_people_of_all_files_are_one_list() -> None:
    proposed = proposal(("a.csv", ONE), ("b.xlsx", workbook(MAY)))
    assert [row.entry.full_name for row in proposed.rows] == [ANH[0], MAY[0]]
    assert [row.spot.worksheet.partition(" › ")[0] for row in proposed.rows] == ["a.csv", "b.xlsx"]
    assert said(proposed) == []
    assert proposed.can_be_frozen


def test_one_file_alone_is_read_as_ever() -> None:
    assert read_files([("a.csv", ONE)]) == file_reader.read_file(ONE, "a.csv")


def test_a_broken_file_is_named_and_stops_no_other() -> None:
    proposed = proposal(("a.csv", ONE), ("b.xlsx", b"PK\x03\x04broken"), ("c.csv", OTHER))
    assert len(proposed.rows) == 2
    assert said(proposed) == [("broken-workbook", "b.xlsx")]
    assert not proposed.can_be_frozen


def test_a_file_without_headings_or_people_is_named() -> None:
    proposed = proposal(("a.csv", ONE), ("b.csv", b"x,y\n1,2\n"), ("c.csv", f"{HEAD}\n".encode()))
    assert ("no-headings", "b.csv") in said(proposed)
    assert ("no-people", "c.csv") in said(proposed)


def test_a_finding_leads_to_the_file_also_where_names_are_the_same() -> None:
    wrong = f"{HEAD}\nLý A Lạ,Y sĩ,Xã Không Có\n".encode()
    proposed = proposal(("danh sach.csv", ONE), ("danh sach.csv", wrong))
    assert said(proposed) == [("unknown-unit", "danh sach.csv (2)")]


def test_a_person_in_two_files_is_told_with_both() -> None:
    proposed = proposal(("a.csv", ONE), ("b.csv", ONE + b"\n"))
    (finding,) = proposed.findings
    assert (finding.code, finding.worksheet) == ("person-twice", "b.csv")
    assert "a.csv!" in finding.message


def test_a_file_sent_twice_is_read_once_and_told() -> None:
    proposed = proposal(("a.csv", ONE), ("b.csv", ONE))
    assert len(proposed.rows) == 1
    assert said(proposed) == [("same-file", "b.csv")]
    assert "a.csv" in proposed.findings[0].message


def test_the_digest_is_that_of_the_files_in_whatever_order() -> None:
    digests = sorted(hashlib.sha256(content).hexdigest() for content in (ONE, OTHER))
    whole = hashlib.sha256("".join(digests).encode()).hexdigest()
    assert read_files([("a", ONE), ("b", OTHER)]).sha256 == whole
    assert read_files([("b", OTHER), ("a", ONE)]).sha256 == whole


def test_the_limits_hold_for_all_files_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 10)
    proposed = proposal(("a.csv", ONE), ("b.csv", OTHER))
    assert said(proposed) == [("too-many-cells", "b.csv")]
    assert not proposed.can_be_frozen


def test_the_sheets_of_our_own_template_are_none_to_wonder_about() -> None:
    blank = build_template(units())
    assert "other-sheet" not in [code for code, _ in said(proposal(("a.xlsx", blank), ("b.csv", ONE)))]
