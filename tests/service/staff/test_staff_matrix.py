"""Every role, every operation, in one's own unit and in another: nobody sees or changes what lies outside."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from staff_operations import COURSE, READS, WRITES, Place, proven
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn

from taphuan.records import Store, people, schema
from taphuan.records.access.accounts import OPERATIONS, Role
from taphuan.records.training import corrections
from taphuan.service.staff import ROUTERS

pytestmark = pytest.mark.thorough

ROLES: tuple[Role, ...] = ("trainer", "unit-head", "office")


WRITTEN = (
    *(schema.event, schema.audit, schema.class_session, schema.tables.activity, schema.certificate),
    *(
        schema.tables.figure,
        schema.credential,
        schema.account,
        schema.person,
        schema.roster,
        schema.tables.issued_plan,
        schema.tables.planned_class,
        schema.observation,
    ),
)


def rows(store: Store) -> dict[str, object]:
    """What is in every table that staff write to."""
    with store.read() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in WRITTEN}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("deed", WRITES)
def test_a_write_needs_the_right_and_the_unit(
    role: Role, deed: str, signed_in: SignedIn, places: dict[str, Place], store: Store
) -> None:
    user, one = signed_in(role, OURS), WRITES[deed]
    proven(user)
    before = rows(store)
    outside = one.act(user, places[THEIRS])
    assert outside.status_code in {403, 404, 422}
    assert places[THEIRS].name not in outside.text
    assert rows(store) == before
    answer = one.act(user, places[OURS])
    may = role in OPERATIONS[one.right].roles
    assert (rows(store) != before) == may, (answer.status_code, answer.text[-1500:])
    assert answer.status_code < 400 if may else answer.status_code == 403


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("sight", READS)
def test_a_sight_needs_the_unit(
    role: Role, sight: str, signed_in: SignedIn, places: dict[str, Place]
) -> None:
    user = signed_in(role, OURS)
    assert places[OURS].name in READS[sight](user, places[OURS]).text
    outside = READS[sight](user, places[THEIRS])
    assert f">{places[THEIRS].name}" not in outside.text
    assert outside.status_code in {200, 404}


def test_the_province_reaches_every_unit(signed_in: SignedIn, places: dict[str, Place]) -> None:
    user = signed_in("office", PROVINCE)
    for place in places.values():
        for sight in READS.values():
            assert place.name in sight(user, place).text


@pytest.mark.parametrize("role", ROLES)
def test_figures_and_rosters_are_the_offices(role: Role, signed_in: SignedIn, store: Store) -> None:
    user = signed_in(role, PROVINCE)
    before = rows(store)
    user.get("nguoi/")
    answer = user.post("danh-sach/thu/", "nguoi/", levels="commune", as_of="2026-03-01", decision="1")
    assert answer.status_code == (303 if role == "office" else 403)
    assert user.get("so-lieu/").status_code == (200 if role == "office" else 403)
    assert rows(store) == before


def test_an_office_of_one_unit_freezes_no_roster_and_enters_no_figure(
    signed_in: SignedIn, store: Store
) -> None:
    user = signed_in("office", OURS)
    proven(user)
    before = rows(store)
    for path in ("danh-sach/thu/", "danh-sach/chot/"):
        answer = user.post(path, "nguoi/", levels="commune", as_of="2026-03-01", decision="1")
        assert answer.status_code == 403
    assert user.get("so-lieu/").status_code == 403
    assert 'name="file"' not in user.get("danh-sach/").text
    assert rows(store) == before


def test_what_only_the_office_states_only_the_office_takes_back(
    signed_in: SignedIn, places: dict[str, Place], store: Store
) -> None:
    """A merge may reach into another unit: parting the two would change its figures."""
    ours, theirs, now = places[OURS], places[THEIRS], store.now()
    store.write(
        lambda within: people.merge_persons(within, theirs.person, into=ours.person, by=OPERATOR, now=now)
    )
    waived = str(uuid4())
    store.write(
        lambda within: corrections.waive(within, ours.other, COURSE, event_id=waived, by=OPERATOR, now=now)
    )
    with store.read() as connection:
        merged = connection.execute(select(schema.event.c.event_id).filter_by(kind="person.merged")).scalar()
    before = rows(store)
    head, office = signed_in("unit-head", OURS), signed_in("office", PROVINCE)
    proven(head)
    proven(office)
    for person, event in ((ours.person, merged), (ours.other, waived)):
        path = f"nguoi/{person}/huy/{event}/"
        assert head.post(path, "nguoi/", once=str(uuid4()), reason="nhầm").status_code == 403
        assert rows(store)["event"] == before["event"]
    for person, event in ((ours.person, merged), (ours.other, waived)):
        path = f"nguoi/{person}/huy/{event}/"
        assert office.post(path, "nguoi/", once=str(uuid4()), reason="nhầm").status_code == 303


@pytest.mark.parametrize("deed", [name for name, one in WRITES.items() if OPERATIONS[one.right].totp])
def test_without_a_second_factor_nothing_happens(
    deed: str, signed_in: SignedIn, places: dict[str, Place], store: Store
) -> None:
    user = signed_in("office", PROVINCE)
    before = rows(store)
    answer = WRITES[deed].act(user, places[OURS])
    assert answer.headers["location"].startswith("/can-bo/xac-minh/?ve=/can-bo/")
    assert rows(store) == before


@pytest.mark.slow
def test_looking_at_pages_changes_nothing_and_each_is_kept_nowhere_and_can_be_left(
    signed_in: SignedIn, places: dict[str, Place], store: Store
) -> None:
    user = signed_in("office", PROVINCE)
    proven(user)
    before = everything(store)
    pages = user.reached()
    assert len(pages) > 20
    assert everything(store) == before
    for path, page in pages.items():
        if path.startswith("/can-bo/") and page.status_code == 200:
            assert page.headers["cache-control"] == "no-store", path
            assert 'action="/can-bo/dang-xuat/"' in page.text, path


def everything(store: Store) -> dict[str, object]:
    """What is in every table but that of sessions, which are in use."""
    store.write(lambda connection: None)
    tables = [table for table in schema.METADATA.tables.values() if table is not schema.session]
    with store.read() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in tables}


def test_signed_out_there_is_only_the_way_in(
    signed_in: SignedIn, places: dict[str, Place], store: Store
) -> None:
    user = signed_in("office", PROVINCE)
    user.browser.client.cookies.clear()
    paths = {route.path for router in ROUTERS for route in router.routes if "GET" in route.methods}  # type: ignore[attr-defined]
    for path in paths - {"/can-bo/dang-nhap/", "/can-bo/loi-moi/"}:
        answer = user.browser.get(re.sub(r"\{[a-z]+\}", "x", path))
        assert answer.headers.get("location") == "/can-bo/dang-nhap/", path
    before, ways_in = rows(store), {"/can-bo/dang-nhap/", "/can-bo/loi-moi/"}
    token = user.browser.token("/can-bo/dang-nhap/")
    writes = {route.path for router in ROUTERS for route in router.routes if "POST" in route.methods}  # type: ignore[attr-defined]
    for path in writes - ways_in:
        answer = user.browser.post(re.sub(r"\{[a-z]+\}", "x", path), data={"token": token})
        assert answer.headers.get("location") == "/can-bo/dang-nhap/", path
    assert rows(store) == before


def test_every_write_names_an_actor_and_a_reason(
    signed_in: SignedIn, places: dict[str, Place], store: Store
) -> None:
    user = signed_in("office", PROVINCE)
    proven(user)
    for deed in ("hold a class", "countersign", "waive", "log an activity", "issue a code", "revoke a slip"):
        WRITES[deed].act(user, places[OURS])
    with store.read() as connection:
        said = connection.execute(
            select(schema.audit.c.reason).where(schema.audit.c.actor == user.account)
        ).scalars()
        assert all(reason.strip() for reason in said)
        stated = connection.execute(
            select(func.count()).select_from(schema.event).where(schema.event.c.actor == user.account)
        ).scalar()
        assert stated == 2
