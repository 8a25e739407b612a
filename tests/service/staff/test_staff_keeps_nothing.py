"""No class is recorded of a course that keeps nothing, not even by how many came."""

from __future__ import annotations

import pytest
from staff_users import OURS, SignedIn

from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.records import Store
from taphuan.records.staff_entries import listed
from taphuan.records.training.classes import ClassSession

SILENT = "dong-dang-vien"


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    course = programme.courses[SILENT].model_copy(update={"keeps": "nothing", "test": None})
    return programme.having(Course, ReadOnly({**programme.courses, SILENT: course}))


def test_it_is_not_offered_and_not_taken(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    assert f'value="{SILENT}"' not in user.get("lop/").text
    held = {"unit": OURS, "held_on": "2026-03-01", "minutes": "60", "headcount": "4", "anonymous": "yes"}
    assert user.post("lop/", "lop/", course=SILENT, **held).status_code == 422
    with store.read() as connection:
        assert not listed(connection, ClassSession)
    assert user.post("lop/", "lop/", course="nuoc-sach", **held).status_code == 303
