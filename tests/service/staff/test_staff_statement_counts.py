"""A page asks the database as often for many people, entries and lists as for few."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, event
from staff_users import OPERATOR, OURS, SignedIn, UnitPersons

from taphuan.records import Store, people
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.staff_entries import CommunicationActivity, StaffEntry, enter
from taphuan.records.training import classes
from taphuan.records.training.certificates import issue
from taphuan.records.training.classes import Attended, ClassSession
from taphuan.records.training.corrections import record_document
from taphuan.records.training.course_versions import Rule

RULE = Rule(pass_share=80, attempts=3, minutes=180)


@contextmanager
def queries() -> Iterator[list[str]]:
    """What is read from any database meanwhile."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


class Records:
    """Adds what the pages show."""

    def __init__(self, store: Store) -> None:
        self._store, self.now, self.certified = store, store.now(), ""

    def persons(self, count: int) -> tuple[str, ...]:
        new = [
            NewPerson(full_name=f"Lò Thị Số {number}", position=None, unit=OURS) for number in range(count)
        ]
        return self._store.write(lambda within: people.add_persons(within, new, by=OPERATOR, now=self.now))

    def hold(self) -> ClassSession:
        return self._store.write(
            lambda within: enter(
                within,
                ClassSession,
                unit=OURS,
                held_on=self.now.date() - timedelta(days=1),
                minutes=60,
                trainer="Vàng Thị Sinh",
                course="nuoc-sach",
                headcount=99,
                sheet_ref=None,
                by=OPERATOR,
                now=self.now,
            )
        )

    def attend(self, held: ClassSession, count: int) -> None:
        attended = [Attended(event_id=str(uuid4()), person=person) for person in self.persons(count)]
        self._store.write(
            lambda within: classes.record_attendance(
                within, held.id, attended, rule=RULE, by=OPERATOR, now=self.now
            )
        )

    def certify(self, count: int) -> str:
        """Gives a person, the same each time, certificates of so many more courses."""
        self.certified = self.certified or self.persons(1)[0]
        for _ in range(count):
            self._store.write(self._certify)
        return self.certified

    def _certify(self, within: Connection) -> None:
        course = f"khoa-{uuid4()}"
        said = {"document": "12/QĐ", "day": self.now.date(), "event_id": str(uuid4())}
        record_document(within, self.certified, course, **said, by=OPERATOR, now=self.now)
        issue(within, self.certified, course, now=self.now)

    def freeze(self, count: int) -> None:
        members = [RosterMember(person=person, unit=OURS) for person in self.persons(count)]
        self._store.write(
            lambda within: people.freeze_roster(
                within,
                members,
                level="commune",
                as_of=self.now.date(),
                decision_ref="13/QĐ",
                source_sha256="1" * 64,
                by=OPERATOR,
                now=self.now,
            )
        )


def class_page(records: Records, held: ClassSession) -> str:
    records.attend(held, 9)
    return f"lop/{held.id}/"


def waiting_page(records: Records, held: ClassSession) -> str:
    records.attend(held, 9)
    return "doi-chieu/"


def rosters_page(records: Records, held: ClassSession) -> str:
    for _ in range(4):
        records.freeze(9)
    return "danh-sach/"


def person_page(records: Records, held: ClassSession) -> str:
    return f"nguoi/{records.certify(4)}/"


@pytest.mark.parametrize("grow", [class_page, person_page, waiting_page, rosters_page])
def test_a_page_asks_as_often_for_many_as_for_few(
    signed_in: SignedIn,
    store: Store,
    persons_by_unit: dict[str, UnitPersons],
    grow: Callable[[Records, ClassSession], str],
) -> None:
    user, records = signed_in("trainer", OURS), Records(store)
    held = records.hold()
    path = grow(records, held)
    with queries() as few:
        shorter = user.get(path)
    grow(records, held)
    with queries() as many:
        longer = user.get(path)
    assert shorter.status_code == longer.status_code == 200
    assert len(longer.text) > len(shorter.text)
    assert len(many) == len(few) > 0


@pytest.mark.parametrize(
    ("path", "kind", "columns", "heads"),
    [
        (
            "truyen-thong/",
            CommunicationActivity,
            {"place_kind": "chợ phiên", "audience": "nguoi-dan"},
            ", {} lượt",
        ),
        (
            "lop/",
            ClassSession,
            {"minutes": 60, "course": "nuoc-sach", "trainer": "Vàng Thị Sinh"},
            ", {} người dự",
        ),
    ],
)
def test_the_last_hundred_are_listed_and_no_more_are_read(
    path: str,
    kind: type[StaffEntry],
    columns: dict[str, Any],
    heads: str,
    signed_in: SignedIn,
    store: Store,
    persons_by_unit: dict[str, UnitPersons],
) -> None:
    now = store.now()

    def fill(within: Connection) -> None:
        for heads in range(501, 602):
            day = now.date() - timedelta(days=700 - heads)
            enter(within, kind, **columns, unit=OURS, held_on=day, headcount=heads, by=OPERATOR, now=now)

    store.write(fill)
    with queries() as asked:
        page = signed_in("trainer", OURS).get(path).text
    assert heads.format(601) in page
    assert heads.format(502) in page
    assert heads.format(501) not in page
    of_kind = [query for query in asked if f"FROM {kind.table.name}" in query]
    assert of_kind
    assert all("LIMIT" in query for query in of_kind)
