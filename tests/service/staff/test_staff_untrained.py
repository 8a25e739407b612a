"""Who is not yet trained: exactly whom the figure lacks, by name to those who may, to print and to take."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from asgi_browser import Clock
from httpx import Response
from sqlalchemy import select
from staff_users import NAMES, OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons
from test_staff_classes import enter, right_sheet
from test_staff_roster_members import text

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people, schema, staff_entries
from taphuan.records.access.accounts import Role
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.training import classes, corrections
from taphuan.records.training.classes import Attended
from taphuan.records.training.course_versions import Rule
from taphuan.roster_import import file_reader
from taphuan.roster_import.importer import propose
from taphuan.service.staff.people import person_pages

COURSE = "nuoc-sach"
LIST = "chua-tap-huan/"
ROW = re.compile(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>')
UNIT = re.compile(
    r'unit__name"[^>]*>(?:<strong>)?([^<]+)</.*?unit__count"><strong>([\d.]+)</strong>/([\d.]+) người'
)
TILE = re.compile(r"<strong>([^<]+)</strong><span class=\"tile__figure\">(\d+)/(\d+) ")


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


# --- whom the figure lacks --------------------------------------------------------------------


def tiles(user: StaffUser, period: str = "") -> dict[str, tuple[int, int]]:
    """Of each commune how many the page of targets counts as trained, of how many."""
    page = user.get(f"chi-tieu/{period}").text
    return {html.unescape(name): (int(done), int(size)) for name, done, size in TILE.findall(page)}


def agree(user: StaffUser, period: str = "") -> None:
    """Whom the list has and whom the figures count are the whole roster, in each unit."""
    left = units(user.get(LIST + period))
    for name, (done, size) in tiles(user, period).items():
        assert left.get(name, (0, size)) == (size - done, size)


def test_the_list_and_the_figures_are_the_roster_whatever_became_of_its_persons(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None]
) -> None:
    user, ours, theirs, now = (
        signed_in("office", PROVINCE),
        persons_by_unit[OURS].ids,
        persons_by_unit[THEIRS].ids,
        store.now(),
    )
    agree(user)
    assert sorted(names(user.get(LIST))) == sorted(name for one in NAMES.values() for name in one.values())
    trained(ours["hoa"], theirs["pao"])
    agree(user)
    moved = NewPerson(full_name="Vàng A Mình", position="Công chức", unit=THEIRS)
    gone = NewPerson(full_name="Giàng Thị Đua", position="Công chức", unit=OURS)
    store.write(lambda within: people.change_person(within, ours["minh"], moved, by=OPERATOR, now=now))
    store.write(
        lambda within: people.change_person(within, ours["dua"], gone, active=False, by=OPERATOR, now=now)
    )
    store.write(lambda within: people.erase_person(within, ours["dua-2"], by=OPERATOR, now=now))
    agree(user)
    page = user.get(f"{LIST}?dv={OURS}")
    assert names(page) == [
        "Giàng Thị Đua không còn trong danh sách mới",
        "Vàng A Mình nay ở Phường Giếng Làng",
        "(đã xóa tên)",
    ]
    store.write(
        lambda within: people.merge_persons(within, theirs["sua"], into=ours["hoa"], by=OPERATOR, now=now)
    )
    agree(user)
    assert units(user.get(LIST)) == {"Xã Suối Trong": (3, 4)}


def test_a_list_of_a_period_that_is_over_is_that_of_its_figure(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None], clock: Clock
) -> None:
    clock.forward(days=150)
    user = signed_in("office", PROVINCE)
    trained(persons_by_unit[OURS].ids["hoa"], day=date(2026, 6, 1))
    trained(persons_by_unit[OURS].ids["minh"], day=date(2026, 7, 20))
    agree(user, "?ky=2026H1")
    agree(user, "?ky=2026H2")
    before = user.get(f"{LIST}?ky=2026H1&dv={OURS}")
    assert "Vàng A Mình" in names(before)
    assert "Vàng A Mình" not in names(user.get(f"{LIST}?dv={OURS}"))
    assert "hết ngày 30/6/2026" in before.text
    assert dict((name, so_far) for name, _, so_far in rows(before))["Vàng A Mình"] == (
        "đã hoàn thành ngày 20/7/2026"
    )


@pytest.mark.parametrize("invented", [True])
def test_made_up_people_are_marked_on_the_page_on_paper_and_in_the_file(
    signed_in: SignedIn, programme: Programme, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    agree(user)
    for path in (LIST, f"{LIST}in/"):
        assert "DỮ LIỆU MẪU" in user.get(path).text
    book = file_reader.read_file(taken(user).content, "danh-sach.xlsx")
    assert propose(book, programme.units).is_synthetic


# --- how far somebody is ----------------------------------------------------------------------


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


def test_what_is_there_is_told_in_words_and_can_be_asked_for(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, ours = signed_in("office", PROVINCE), persons_by_unit[OURS].ids
    attend(store, ours["hoa"], 10, "PK-1")
    attend(store, ours["minh"], 10, None)
    store.write(
        lambda within: corrections.waive(
            within, ours["dua"], COURSE, event_id=str(uuid4()), by=OPERATOR, now=store.now()
        )
    )
    told = {name: so_far for name, _, so_far in rows(user.get(f"{LIST}?dv={OURS}"))}
    whole = programme.class_minutes(programme.courses[COURSE])
    assert told == {
        "Lò Thị Hoa": f"đã dự lớp 10/{whole} phút",
        "Vàng A Mình": "dự lớp ngày 01/3/2026, chờ đối chiếu",
        "Giàng Thị Đua": "được miễn từ 02/3/2026, không tính là đã tập huấn",
        "Giàng Thị Dừa": "chưa bắt đầu",
    }
    asked = {stage: names(user.get(f"{LIST}?dv={OURS}&hoc={stage}")) for stage in ("chua", "dang", "mien")}
    assert asked == {
        "chua": ["Giàng Thị Dừa"],
        "dang": ["Lò Thị Hoa", "Vàng A Mình"],
        "mien": ["Giàng Thị Đua"],
    }
    assert units(user.get(f"{LIST}?hoc=mien")) == {"Xã Suối Trong": (4, 4)}
    agree(user)


def test_tests_are_told_with_what_waits_and_how_many_attempts_are_left(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, ours = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    enter(user, ours["hoa"], {}, sheet="HS-1", blank="yes")
    enter(user, ours["dua"], right_sheet(programme))
    told = {name: so_far for name, _, so_far in rows(user.get(LIST))}
    test = programme.courses[COURSE].test
    assert test is not None
    assert told["Lò Thị Hoa"] == f"bài kiểm tra đúng 0/6 câu, còn {test.attempts - 1} lần"
    assert told["Giàng Thị Đua"] == "bài làm trên giấy đúng 6/6 câu, chờ đối chiếu"


# --- who sees whom ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["trainer", "unit-head", "office"])
def test_names_are_shown_within_reach_only(
    role: Role, signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in(role, OURS)
    for path in (LIST, f"{LIST}in/"):
        page = user.get(path)
        assert sorted(names(page)) == sorted(NAMES[OURS].values())
        assert all(name not in page.text for name in NAMES[THEIRS].values())
    for path in (f"{LIST}?dv={THEIRS}", f"{LIST}in/?dv={THEIRS}", f"{LIST}?dv=x", f"{LIST}?ct=x"):
        assert user.get(path).status_code == 404


def test_somebody_who_moved_away_is_named_without_what_they_are_now(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    """The figure of the old unit still counts them; the new unit's affairs are its own."""
    moved = NewPerson(full_name="Vàng A Mình", position="Phó Chủ tịch", unit=THEIRS)
    id = persons_by_unit[OURS].ids["minh"]
    store.write(lambda within: people.change_person(within, id, moved, by=OPERATOR, now=store.now()))
    page = signed_in("unit-head", OURS).get(LIST)
    assert "Vàng A Mình nay ở Phường Giếng Làng" in names(page)
    assert "Phó Chủ tịch" not in page.text
    assert f"nguoi/{id}/" not in page.text
    assert "Vàng A Mình" not in signed_in("unit-head", THEIRS).get(LIST).text
    assert f"nguoi/{id}/" in signed_in("office", PROVINCE).get(LIST).text


def test_without_a_roster_the_page_says_so_and_leads_to_the_rosters(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taphuan.targets.loader.all_rosters", lambda connection: ())
    page = signed_in("office", PROVINCE).get(LIST)
    assert "Chưa có danh sách nào được chốt cho cấp này" in page.text
    assert 'href="/can-bo/danh-sach/"' in page.text
    assert rows(page) == []
    assert "Tải XLSX" not in page.text


def test_where_nobody_is_left_the_page_says_so(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None]
) -> None:
    trained(*persons_by_unit[OURS].all)
    page = signed_in("trainer", OURS).get(LIST)
    assert "Cả 4 người trong danh sách đã tập huấn." in page.text
    assert "người trong danh sách đã tập huấn." not in signed_in("office", PROVINCE).get(LIST).text
    assert "Không có người nào phù hợp" in signed_in("trainer", THEIRS).get(f"{LIST}?hoc=dang").text


def test_no_unit_is_said_to_have_reached_or_missed_anything(signed_in: SignedIn) -> None:
    page = text(signed_in("office", PROVINCE).get(LIST).text)
    assert not re.search(r"\b(?:chưa đạt|không đạt|đã đạt)\b", page, re.IGNORECASE)


# --- from the figure to the names -------------------------------------------------------------


def test_each_figure_of_the_targets_leads_to_its_names(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None]
) -> None:
    trained(persons_by_unit[OURS].ids["hoa"])
    user = signed_in("office", PROVINCE)
    page = user.get("chi-tieu/?ky=2026H1").text
    links = [html.unescape(one) for one in re.findall(r'href="/can-bo/(chua-tap-huan/[^"]*)"', page)]
    assert len(links) == 3
    whole = next(link for link in links if "dv=" not in link)
    assert len(names(user.get(whole))) == 5
    assert "Còn 5 người chưa tập huấn" in page
    for unit, left in ((OURS, 3), (THEIRS, 2)):
        (link,) = (one for one in links if f"dv={unit}" in one)
        assert len(names(user.get(link))) == left
        assert "ky=2026H1" in link


def test_units_stand_by_who_is_left_or_by_the_alphabet(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None]
) -> None:
    user = signed_in("office", PROVINCE)
    assert list(units(user.get(LIST))) == ["Xã Suối Trong", "Phường Giếng Làng"]
    assert list(units(user.get(f"{LIST}?xep=ten"))) == ["Phường Giếng Làng", "Xã Suối Trong"]


# --- to print and to take away ----------------------------------------------------------------


def test_each_unit_is_a_section_to_print_with_day_and_source(signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).get(f"{LIST}in/").text
    assert page.count('<section class="print-unit"') == 2
    assert page.count("In ngày 02/3/2026 từ https://tap-huan.test/can-bo/chua-tap-huan/") == 2


def taken(user: StaffUser, **asked: str) -> Response:
    user.prove()
    answer = user.post(f"{LIST}tai/", LIST, **asked)
    assert answer.status_code == 200, answer.text[-1500:]
    return answer


def test_the_file_has_exactly_whom_the_page_shows(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    attend(store, persons_by_unit[OURS].ids["hoa"], 10, "PK-1")
    user = signed_in("office", PROVINCE)
    for asked in ({}, {"dv": OURS}, {"hoc": "dang"}, {"hoc": "chua", "dv": OURS}):
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        book = file_reader.read_file(taken(user, **asked).content, "danh-sach.xlsx")
        (grid,) = (one for one in book.grids if one.name == "Danh sách")
        told = [tuple(row.cells[column].text for column in (1, 2, 5)) for row in grid.rows[1:]]
        assert told == rows(user.get(f"{LIST}?{query}"))
        proposal = propose(book, programme.units)
        assert [one.entry.full_name for one in proposal.rows] == [name for name, _, _ in told]
        assert proposal.problems == ()


def test_taking_the_file_needs_the_right_and_a_code_and_leaves_a_trace(
    signed_in: SignedIn, store: Store
) -> None:
    trainer, head = signed_in("trainer", OURS), signed_in("unit-head", OURS)
    assert "Tải XLSX" not in trainer.get(LIST).text
    assert trainer.post(f"{LIST}tai/", "nguoi/").status_code == 403
    assert head.post(f"{LIST}tai/", LIST).headers["location"].startswith("/can-bo/xac-minh/")
    assert "Xác minh trước" in head.get(LIST).text
    head.prove()
    assert head.post(f"{LIST}tai/", LIST, dv=THEIRS).status_code == 404
    noted = select(schema.audit.c.actor, schema.audit.c.reason).filter_by(action="roster.exported")
    with store.read() as connection:
        assert connection.execute(noted).all() == []
    taken(head)
    with store.read() as connection:
        assert connection.execute(noted).all() == [(head.account, "tải danh sách 4 người chưa tập huấn")]
    assert "Tải danh sách có tên" in signed_in("office", PROVINCE).get("nhat-ky/").text


def test_where_nobody_is_left_there_is_no_file_but_the_page(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None]
) -> None:
    user = signed_in("unit-head", OURS)
    user.prove()
    trained(*persons_by_unit[OURS].all)
    answer = user.post(f"{LIST}tai/", LIST, hoc="chua")
    assert answer.headers["location"] == f"/can-bo/{LIST}?hoc=chua"


# --- many -------------------------------------------------------------------------------------


def test_a_long_list_counts_and_names_a_unit_at_a_time(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taphuan.service.staff.untrained.MOST_NAMES", 5)
    user = signed_in("office", PROVINCE)
    page = user.get(LIST)
    assert names(page) == []
    assert units(page) == {"Xã Suối Trong": (4, 4), "Phường Giếng Làng": (2, 2)}
    links = re.findall(r'class="unit__name" href="/can-bo/(chua-tap-huan/[^"]*)"', page.text)
    assert [len(names(user.get(html.unescape(link)))) for link in links] == [4, 2]
    assert len(names(user.get(f"{LIST}in/"))) == 6


def test_ten_thousand_people_are_listed_within_seconds(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], clock: Clock
) -> None:
    """Half a second at the worst; the bounds are wide, for a busy machine."""

    def settle(within):  # type: ignore[no-untyped-def]
        now, homes = store.now(), [(OURS, THEIRS)[n % 2] for n in range(10_000)]
        new = [
            NewPerson(full_name=f"Lò Văn Số {n}", position="Công chức", unit=home)
            for n, home in enumerate(homes)
        ]
        ids = people.add_persons(within, new, by=OPERATOR, now=now)
        given = {"level": "commune", "as_of": now.date(), "decision_ref": "13/QĐ", "source_sha256": "1" * 64}
        members = [RosterMember(person=id, unit=home) for id, home in zip(ids, homes, strict=True)]
        people.freeze_roster(within, members, **given, by=OPERATOR, now=now)  # type: ignore[arg-type]

    clock.forward(minutes=1)
    store.write(settle)
    user = signed_in("office", PROVINCE)
    user.get(LIST)
    for path, bound in (("", 2.0), ("?hoc=chua", 4.0), (f"?dv={OURS}", 4.0)):
        before = time.process_time()
        page = user.get(LIST + path)
        assert time.process_time() - before < bound, path
        assert units(page)["Xã Suối Trong"] == (5_000, 5_000)
    assert person_pages.MOST_NAMES < 10_000
