"""Who is not yet trained: exactly whom the figure lacks, by name to those who may."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from class_pages import enter, right_sheet
from clocks import Clock
from staff_users import NAMES, OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons
from test_staff_roster_members import text
from untrained_pages import COURSE, LIST, attend, names, rows, taken, units

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.accounts import Role
from taphuan.records.people import NewPerson
from taphuan.records.training import corrections
from taphuan.roster_import import file_reader
from taphuan.roster_import.importer import propose

#: A unit in the tables of the page of targets: who is counted as trained, and how many are left.
UNIT = re.compile(
    r'<tr><th scope="row">([^<]+)</th><td class="number">(?:(\d+)/\d+|chưa ghi nhận ai)</td>'
    r'<td class="number">[^<]+</td><td class="number">(?:<a [^>]+>)?(\d+)'
)


# --- whom the figure lacks --------------------------------------------------------------------


def figures(user: StaffUser, period: str = "") -> dict[str, tuple[int, int]]:
    """Of each unit how many the page of targets counts as not yet trained, of how many."""
    page = user.get(f"chi-tieu/{period}").text
    parts = {html.unescape(name): (int(left), int(done or 0)) for name, done, left in UNIT.findall(page)}
    return {name: (left, done + left) for name, (left, done) in parts.items()}


def agree(user: StaffUser, period: str = "") -> None:
    """Whom the list has and whom the figures count are the whole roster, in each unit."""
    left = units(user.get(LIST + period))
    counted = figures(user, period)
    assert counted.keys() >= left.keys()
    assert left
    for name, (missing, size) in counted.items():
        assert left.get(name, (0, size)) == (missing, size)


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
    monkeypatch.setattr("taphuan.targets.measure.all_rosters", lambda connection: ())
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


def test_the_heading_counts_those_who_are_listed_and_says_below_which_they_are(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    for query, count, told in (
        ("", 6, "Tính đến"),
        (f"?dv={OURS}", 4, "Riêng Xã Suối Trong."),
        (f"?dv={OURS}&hoc=chua", 4, "Riêng Xã Suối Trong. Chưa bắt đầu."),
    ):
        page = user.get(f"{LIST}{query}")
        assert len(names(page)) == count
        assert f"<h1>{count} người chưa tập huấn</h1>" in page.text
        assert told in text(page.text)
    assert "<h1>Người chưa tập huấn</h1>" in user.get(f"{LIST}?hoc=mien").text


def test_units_stand_by_who_is_left_or_by_the_alphabet(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None]
) -> None:
    user = signed_in("office", PROVINCE)
    assert list(units(user.get(LIST))) == ["Xã Suối Trong", "Phường Giếng Làng"]
    assert list(units(user.get(f"{LIST}?xep=ten"))) == ["Phường Giếng Làng", "Xã Suối Trong"]
