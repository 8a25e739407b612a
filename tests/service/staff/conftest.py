"""Staff at work: accounts of any role and unit, signed in, and people of two communes to look after."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import ORIGIN, Browser, serve
from clocks import Clock
from fastapi import FastAPI
from postgres_server import PostgresServer, postgres_server
from site_styles import copy_site_styles
from sqlalchemy import select
from staff_operations import COURSE, Place
from staff_users import (
    NAMES,
    OPERATOR,
    PASSWORD,
    Invited,
    SignedIn,
    StaffUser,
    UnitPersons,
    past_the_pages,
)

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people, schema, staff_entries
from taphuan.records.access.accounts import Role, all_accounts
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.training import certificates, classes, corrections
from taphuan.records.training.classes import Attended
from taphuan.records.training.course_versions import Rule
from taphuan.service import Settings
from taphuan.service.app import create_app
from taphuan.service.staff import ROUTERS


@pytest.fixture
def app(programme, store, settings, hashing, stopwatch) -> FastAPI:  # type: ignore[no-untyped-def]
    return create_app(
        programme, store, settings=settings, hashing=hashing, stopwatch=stopwatch, routers=ROUTERS
    )


@pytest.fixture
def invented() -> bool:
    """Whether the roster is a made-up one."""
    return False


@pytest.fixture
def persons_by_unit(store: Store, programme: Programme, invented: bool) -> dict[str, UnitPersons]:
    """Both communes, with a frozen roster."""
    now = store.now()

    def settle(connection):  # type: ignore[no-untyped-def]
        people.place_units(connection, people.programme_units(programme.units), by=OPERATOR, now=now)
        found = {}
        for unit, names in NAMES.items():
            new = [NewPerson(full_name=name, position="Công chức", unit=unit) for name in names.values()]
            added = people.add_persons(connection, new, by=OPERATOR, now=now)
            found[unit] = UnitPersons(unit=unit, ids=dict(zip(names, added, strict=True)))
        members = [RosterMember(person=id, unit=one.unit) for one in found.values() for id in one.all]
        people.freeze_roster(
            connection,
            members,
            level="commune",
            as_of=now.date(),
            decision_ref="12/QĐ",
            source_sha256="0" * 64,
            synthetic=invented,
            by=OPERATOR,
            now=now,
        )
        return found

    return store.write(settle)


@pytest.fixture
def invited(
    app: FastAPI,
    settings: Settings,
    portal: BlockingPortal,
    store: Store,
    hashing: Hashing,
    persons_by_unit: dict[str, UnitPersons],
) -> Iterator[Invited]:
    """Makes a new account of a role and a unit: its name, its one-time link, and a browser of its own."""
    staff, numbers = StaffSignIn(store, hashing), itertools.count(1)
    with ExitStack() as stack:

        def invite(role: Role, unit: str) -> tuple[str, str, Browser]:
            name = f"{role} {unit} {next(numbers)}"
            token = staff.invite(name, role, unit, by=OPERATOR)
            return name, token, stack.enter_context(serve(app, portal, settings.staff_address or ORIGIN))

        yield invite


@pytest.fixture
def by_password(invited: Invited, store: Store, clock: Clock) -> SignedIn:
    """Has a new account of a role and a unit set its password by the page; no code was given."""

    def sign_in(role: Role, unit: str) -> StaffUser:
        name, token, browser = invited(role, unit)
        answer = browser.send("/can-bo/loi-moi/", code=token, password=PASSWORD, again=PASSWORD)
        assert answer.headers["location"] == "/can-bo/", answer.text
        with store.read() as connection:
            id = next(account.id for account in all_accounts(connection) if account.name == name)
        return StaffUser(browser, store, clock, id)

    return sign_in


@pytest.fixture
def signed_in(app: FastAPI, invited: Invited, clock: Clock) -> SignedIn:
    """Signs in a new account of a role and a unit with password and code; the code is no longer fresh.

    It goes past the pages, which most tests are not about; `by_password` and `bind` go by them.
    """

    def sign_in(role: Role, unit: str) -> StaffUser:
        _, token, browser = invited(role, unit)
        user = past_the_pages(app.state.service, browser, clock, token)
        user.proved(minutes=16)
        return user

    return sign_in


@pytest.fixture
def styled_site(tmp_path: Path) -> Path:
    """The stylesheets that a built site has, so that pages look as they do in it."""
    return copy_site_styles(tmp_path / "site")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server that tests may stop, as long as they start it again."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def trained(store: Store) -> Callable[..., None]:
    """Has persons complete the course by a document, on a day."""

    def record(*persons: str, day: date = date(2026, 2, 1)) -> None:
        for person in persons:
            store.write(
                lambda within, person=person: corrections.record_document(
                    within,
                    person,
                    COURSE,
                    document="1/QĐ",
                    day=day,
                    event_id=str(uuid4()),
                    by=OPERATOR,
                    now=store.now(),
                )
            )

    return record


@pytest.fixture
def places(store: Store, persons_by_unit: dict[str, UnitPersons]) -> dict[str, Place]:
    """In each commune a class was held, one person's attendance is typed, another's holds a slip."""
    rule = Rule(pass_share=80, attempts=3, minutes=60)

    def settle(connection):  # type: ignore[no-untyped-def]
        now, found = store.now(), {}
        for unit, whose in persons_by_unit.items():
            first, second = whose.all[:2]
            held = [
                staff_entries.enter(
                    connection,
                    classes.ClassSession,
                    unit=unit,
                    held_on=now.date(),
                    minutes=60,
                    trainer="Ai đó",
                    course=COURSE,
                    headcount=9,
                    sheet_ref=sheet,
                    by=OPERATOR,
                    now=now,
                )
                for sheet in (None, "PK-1", None)
            ]
            fair = staff_entries.enter(
                connection,
                staff_entries.CommunicationActivity,
                unit=unit,
                held_on=now.date(),
                place_kind="chợ phiên",
                audience="nguoi-dan",
                headcount=9,
                by=OPERATOR,
                now=now,
            )
            typed = Attended(event_id=str(uuid4()), person=first)
            classes.record_attendance(connection, held[0].id, [typed], rule=rule, by=OPERATOR, now=now)
            signed = Attended(event_id=str(uuid4()), person=second)
            classes.record_attendance(connection, held[1].id, [signed], rule=rule, by=OPERATOR, now=now)
            serial = certificates.issue(connection, second, COURSE, now=now).serial
            plan = staff_entries.enter(
                connection,
                staff_entries.IssuedPlan,
                unit=unit,
                number="1/KH-UBND",
                issued_on=now.date(),
                first_year=2026,
                last_year=2026,
                by=OPERATOR,
                now=now,
            )
            planned = staff_entries.enter(
                connection,
                staff_entries.PlannedClass,
                unit=unit,
                course=COURSE,
                held_on=now.date(),
                begins="13:30",
                by=OPERATOR,
                now=now,
            )
            name = connection.execute(select(schema.person.c.full_name).filter_by(id=first)).scalar()
            found[unit] = Place(
                unit=unit,
                person=first,
                other=second,
                name=name,
                event=typed.event_id,
                session=held[1].id,
                empty=held[2].id,
                activity=fair.id,
                serial=serial,
                plan=plan.id,
                planned=planned.id,
            )
        return found

    return store.write(settle)
