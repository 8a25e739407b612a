"""The page of who is not yet trained, read by tests."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import uuid4

from httpx import Response
from staff_users import OPERATOR, OURS, StaffUser
from test_staff_roster_members import text

from taphuan.records import Store, staff_entries
from taphuan.records.training import classes
from taphuan.records.training.classes import Attended
from taphuan.records.training.course_versions import Rule

COURSE = "nuoc-sach"


LIST = "chua-tap-huan/"


ROW = re.compile(r'<tr><th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>')


UNIT = re.compile(
    r'unit__name"[^>]*>(?:<strong>)?([^<]+)</.*?unit__count"><strong>([\d.]+)</strong>/([\d.]+) người'
)


def rows(page: Response) -> list[tuple[str, str, str]]:
    """Name, position and how far, as they stand in the tables."""
    assert page.status_code == 200, page.text[-1500:]
    found = ROW.findall(page.text.replace("\n", ""))
    return [(text(name), text(position), text(so_far)) for name, position, so_far in found]


def names(page: Response) -> list[str]:
    return [name for name, _, _ in rows(page)]


def units(page: Response) -> dict[str, tuple[int, int]]:
    """Of each unit how many are left, of how many."""
    found = UNIT.findall(page.text.replace("\n", ""))
    return {html.unescape(name): (number(left), number(size)) for name, left, size in found}


def number(written: str) -> int:
    return int(written.replace(".", ""))


def attend(store: Store, person: str, minutes: int, sheet: str | None) -> None:
    def writing(within):  # type: ignore[no-untyped-def]
        given = {"unit": OURS, "held_on": date(2026, 3, 1), "minutes": minutes, "trainer": "Ai đó"}
        heads = {"course": COURSE, "headcount": 9, "sheet_ref": sheet}
        held = staff_entries.enter(
            within, classes.ClassSession, **given, **heads, by=OPERATOR, now=store.now()
        )  # type: ignore[arg-type]
        one = Attended(event_id=str(uuid4()), person=person)
        rule = Rule(pass_share=80, attempts=3, minutes=900)
        classes.record_attendance(within, held.id, [one], rule=rule, by=OPERATOR, now=store.now())

    store.write(writing)


def taken(user: StaffUser, **asked: str) -> Response:
    user.prove()
    answer = user.post(f"{LIST}tai/", LIST, **asked)
    assert answer.status_code == 200, answer.text[-1500:]
    return answer
