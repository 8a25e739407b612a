"""A pasted list, matched with the people there are; a doubt is never settled by the program."""

from __future__ import annotations

from collections import Counter

import pytest

from taphuan.programme.vietnamese import folded
from taphuan.records.people import Person
from taphuan.service.staff.people import attendance
from taphuan.service.staff.people.attendance import MOST, match_names


def someone(id: str, name: str) -> Person:
    return Person(
        id=id, full_name=name, position=None, unit="1", active=True, merged_into=None, erased_at=None
    )


PEOPLE = (someone("1", "Lò Thị Hoa"), someone("2", "Lò Thị Hòa"), someone("3", "Vàng A Mình"))


def told(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.written, one.fate, tuple(person.id for person in one.people))
        for one in match_names(text, PEOPLE)
    ]


def test_marks_tell_two_people_apart() -> None:
    assert told("Lò Thị Hoa") == [("Lò Thị Hoa", "found", ("1",))]
    assert told("lò thị hòa") == [("lò thị hòa", "found", ("2",))]


def test_without_marks_it_may_be_either() -> None:
    assert told("lo thi hoa") == [("lo thi hoa", "several", ("1", "2"))]


def test_numbers_positions_and_cells_beside_a_name_are_passed_over() -> None:
    assert told("1. Vàng A Mình, công chức\n\n2)\tLò Thị Hoa\tkế toán") == [
        ("Vàng A Mình", "found", ("3",)),
        ("Lò Thị Hoa", "found", ("1",)),
    ]


def test_a_name_twice_and_a_stranger_are_told() -> None:
    assert [fate for _, fate, _ in told("Vàng A Mình\nvang a minh\nNguyễn Lạ")] == [
        "found",
        "twice",
        "unknown",
    ]


def test_a_whole_list_folds_each_name_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five hundred lines against a whole province once folded 22 million names, 82 s of a processor."""
    everybody = [someone(str(n), f"Lò Văn {n:05}") for n in range(45_000)]
    text = "\n".join(f"lo van {n:05}" for n in range(MOST))
    work: Counter[str] = Counter()

    def counted(text: str) -> str:
        work["folded"] += 1
        return folded(text)

    monkeypatch.setattr(attendance, "folded", counted)
    assert {line.fate for line in match_names(text, everybody)} == {"found"}
    assert work["folded"] <= len(everybody) + MOST
