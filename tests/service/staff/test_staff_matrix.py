"""Every role, every operation, in one's own unit and in another: nobody sees or changes what lies outside."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from fixtures_service import PAPER_101
from httpx import Response
from sqlalchemy import func, select, update
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.records import Store, people, schema, staff_entries
from taphuan.records.access.accounts import OPERATIONS, Role
from taphuan.records.training import certificates, classes, corrections
from taphuan.records.training.classes import Attended
from taphuan.records.training.course_versions import Rule
from taphuan.service.staff import ROUTERS

COURSE = "nuoc-sach"
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
    ),
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """What there is in a unit to be worked on."""

    unit: str
    person: str
    other: str
    name: str
    event: str
    session: str
    empty: str
    activity: str
    serial: str
    plan: str


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
            )
        return found

    return store.write(settle)


Act = Callable[[StaffUser, Place], Response]


@dataclass(frozen=True, kw_only=True)
class Deed:
    """An operation: by which right, and how it is asked for. `page` is where its form stands."""

    right: str
    act: Act


def post(path: str, **fields: str) -> Act:
    """Fields and path may name what is in the place; the token comes from a page that everybody has."""

    def act(user: StaffUser, place: Place) -> Response:
        told = {name: value.format(**vars(place)) for name, value in fields.items()}
        answer: Response = user.post(path.format(**vars(place)), "nguoi/", once=str(uuid4()), **told)
        return answer

    return act


WRITES = {
    "hold a class": Deed(
        right="class.hold",
        act=post(
            "lop/",
            course=COURSE,
            unit="{unit}",
            held_on="2026-03-01",
            minutes="60",
            trainer="Tôi",
            headcount="3",
        ),
    ),
    "record attendance": Deed(right="class.hold", act=post("lop/{session}/co-mat/", person="{person}")),
    "enter a paper": Deed(right="paper.enter", act=lambda user, place: paper(user, place)),
    "countersign": Deed(right="countersign", act=post("doi-chieu/{event}/", reason="xem phiếu")),
    "void": Deed(right="void", act=post("nguoi/{person}/huy/{event}/", reason="nhầm")),
    "waive": Deed(right="waive", act=post("nguoi/{person}/mien/", course=COURSE, reason="đã học")),
    "record a document": Deed(
        right="document.record",
        act=post(
            "nguoi/{person}/van-ban/", course=COURSE, document="1/QĐ", day="2026-03-01", reason="văn bản"
        ),
    ),
    "change a person": Deed(
        right="person.change",
        act=post("nguoi/{person}/sua/", full_name="Tên Khác", unit="{unit}", reason="sửa"),
    ),
    "merge": Deed(
        right="merge", act=post("nguoi/{person}/gop/{other}/", stays="{other}", reason="một người")
    ),
    "erase": Deed(right="erase", act=post("nguoi/{person}/xoa-ten/", sure="yes", reason="theo yêu cầu")),
    "issue a code": Deed(right="code.issue", act=post("nguoi/{person}/ma/")),
    "revoke a slip": Deed(
        right="document.record", act=post("phieu-xac-nhan/{serial}/thu-hoi/", reason="nhầm")
    ),
    "issue a slip": Deed(right="progress.read", act=post("nguoi/{other}/phieu/" + COURSE + "/")),
    "log an activity": Deed(
        right="activity.enter",
        act=post(
            "truyen-thong/",
            unit="{unit}",
            held_on="2026-03-01",
            place="chợ phiên",
            audience="nguoi-dan",
            material="none",
            headcount="9",
        ),
    ),
    "take back a class": Deed(right="class.hold", act=post("lop/{empty}/huy/", reason="ghi nhầm")),
    "take back a class with attendees": Deed(right="void", act=post("lop/{session}/huy/", reason="ghi nhầm")),
    "take back an activity": Deed(
        right="activity.enter", act=post("truyen-thong/{activity}/huy/", reason="ghi nhầm")
    ),
    "enter a plan": Deed(
        right="plan.enter",
        act=post("ke-hoach/", unit="{unit}", number="2/KH-UBND", issued_on="2026-03-01", first_year="2026"),
    ),
    "take a plan back": Deed(right="plan.enter", act=post("ke-hoach/{plan}/huy/", reason="nhầm")),
    "take the untrained": Deed(right="export", act=post("chua-tap-huan/tai/", dv="{unit}")),
    "create an account": Deed(
        right="account.invite",
        act=post("tai-khoan/", name="Người Mới", role="trainer", unit="{unit}", reason="cử"),
    ),
}
READS = {
    "a person's page": lambda user, place: user.get(f"nguoi/{place.person}/"),
    "a search by name": lambda user, place: user.post("nguoi/", "nguoi/", name=place.name),
    "what waits": lambda user, place: user.get("doi-chieu/"),
    "the untrained": lambda user, place: user.get("chua-tap-huan/"),
    "the untrained to print": lambda user, place: user.get("chua-tap-huan/in/"),
    "the members of a roster": lambda user, place: user.get(roster_page(user)),
    "a class": lambda user, place: user.get(f"lop/{place.session}/"),
    "a search in class": lambda user, place: user.post(
        f"lop/{place.session}/tim/", "nguoi/", name=place.name
    ),
    "a class with all ticked": lambda user, place: user.post(
        f"lop/{place.session}/chon/", "nguoi/", all="yes"
    ),
    "a list in class": lambda user, place: user.post(f"lop/{place.session}/dan/", "nguoi/", names=place.name),
}


def paper(user: StaffUser, place: Place) -> Response:
    fields = {"course": COURSE, "code": PAPER_101, "sown": "1", "person": place.person, "blank": "yes"}
    answer: Response = user.post(
        "bai-giay/cham/", "nguoi/", once=str(uuid4()), day="2026-03-01", name=place.name, **fields
    )
    return answer


def roster_page(user: StaffUser) -> str:
    """The address of the newest roster's page."""
    return re.findall(r'href="/can-bo/(danh-sach/[0-9a-f-]{36}/)"', user.get("danh-sach/").text)[0]


def rows(store: Store) -> dict[str, object]:
    """What is in every table that staff write to."""
    with store.read() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in WRITTEN}


def proven(user: StaffUser) -> None:
    """As after the second factor, which has a test of its own."""
    table = schema.session
    here = update(table).where(table.c.account == user.account).values(totp_at=user.store.now())
    user.store.write(lambda connection: connection.execute(here) and None)


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
